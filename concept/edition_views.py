"""The page of the admin on which an edition of the guiding goals is drafted and published."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from concept.edition_drafts import begin_next, drafts_of, goals_of, reorder
from concept.edition_review import EditionReview, edition_url, next_goal_url, show_as_published
from concept.forms import AdoptionForm
from concept.models import Concept, GuidingGoal
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.languages import LANGUAGES, Language
from lkintegration.editing.staff_views import ButtonsView, StaffView, shown_to
from lkintegration.editing.views import preview_or_reason

MOST_DIGITS = 4


class EditionDeskView(ButtonsView):
    """The goals of one edition in their order, and what becomes of them."""

    buttons = ("reorder", "copy", "send", "give_back", "publish")

    def find_subject(self, **where: Any) -> EditionReview:
        """Return the review of the edition that the address names."""
        return EditionReview(self.request, _edition(self.request, where["key"]))

    def get(self, request: HttpRequest, key: int) -> HttpResponse:
        review = self.find_subject(key=key)
        edition, goals = review.record, goals_of(review.record)
        problems, rights = review.problems(), review.rights
        may_send = review.may_send and not problems
        takes_note = may_send or rights.publish
        return self.page(
            "admin/edition.html",
            title=review.title,
            edition=edition,
            opts=Concept._meta,
            rows=[(goal, rights.change and not _is_published(goal)) for goal in goals],
            drafts=drafts_of(edition),
            draft=review.draft,
            is_outdated=review.is_outdated,
            send_label=review.send_label,
            problems=problems,
            rights=rights,
            may_send=may_send,
            form=AdoptionForm(),
            add_url=next_goal_url(edition),
            previews=[
                (entry, reverse("ausgabe-vorschau", args=[key, entry])) for entry in LANGUAGES
            ],
            **(self.with_note() if takes_note else {}),
        )

    def reorder(self, review: EditionReview) -> None:
        """Number the goals anew."""
        _check_writer(review)
        posted, numbers = self.request.POST, {}
        for goal in goals_of(review.record):
            shown = posted.get(f"shown-{goal.pk}", str(goal.number))
            written = posted.get(f"number-{goal.pk}", shown)
            if written != shown:  # the others stay where somebody else may have put them
                numbers[goal.pk] = _number(written, goal)
        reorder(review.record, numbers)
        messages.success(self.request, "Die Reihenfolge ist gesichert.")

    def copy(self, review: EditionReview) -> HttpResponse:
        """Begin the next edition with copies of these goals."""
        _check_writer(review)
        if not admin.site.get_model_admin(Concept).has_add_permission(self.request):
            raise PermissionDenied
        successor, is_new = begin_next(review.record)
        if is_new:
            messages.success(self.request, f"„{successor}“ ist als Entwurf angelegt.")
        else:
            messages.info(self.request, "Die nächste Ausgabe ist schon angelegt. Hier ist sie.")
        return HttpResponseRedirect(edition_url(successor))

    def send(self, review: EditionReview) -> None:
        """Send the goals for review."""
        review.send(self.note)
        messages.success(
            self.request, "Eingereicht. Eine andere Person kann jetzt veröffentlichen."
        )

    def give_back(self, review: EditionReview) -> None:
        """Give the goals back to who sent them."""
        review.give_back(self.note)
        messages.success(self.request, "Zurückgegeben.")

    def publish(self, review: EditionReview) -> None:
        """Publish the goals with the date of the council's decision."""
        form = AdoptionForm(self.request.POST)
        if not form.is_valid():
            raise ValidationError([str(e) for errors in form.errors.values() for e in errors])
        number = review.publish(adopted_on=form.cleaned_data["adopted_on"])
        messages.success(self.request, f"Veröffentlicht: {number} Leitziele.")


class EditionPreviewView(StaffView):
    """The page of an edition as it would be once its drafts are published today."""

    def get(self, request: HttpRequest, key: int, language: Language) -> HttpResponse:
        edition = _edition(request, key)

        def write() -> str:
            show_as_published(edition, timezone.localdate())
            return edition.get_absolute_url()

        return preview_or_reason(request, language, write, edition_url(edition))


def _edition(request: HttpRequest, key: int) -> Concept:
    edition: Concept = shown_to(request, Concept.objects.filter(pk=key).first())
    return edition


def _is_published(goal: GuidingGoal) -> bool:
    return goal.status == PublicationStatus.PUBLISHED


def _check_writer(review: EditionReview) -> None:
    if not review.rights.change:
        raise PermissionDenied


def _number(written: str, goal: GuidingGoal) -> int:
    if written.isascii() and written.isdecimal() and len(written) <= MOST_DIGITS:
        return int(written)
    raise ValidationError(f"„{goal.title}“: Die Nummer muss eine ganze Zahl sein.")
