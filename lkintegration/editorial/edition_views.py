"""The page of the admin on which an edition of the guiding goals is drafted and published."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import View

from concept.models import Concept, GuidingGoal
from lkintegration.core.languages import BY_CODE, LANGUAGES
from lkintegration.editorial import editions
from lkintegration.editorial.copies import copy_of
from lkintegration.editorial.review import edition_url
from lkintegration.editorial.review_views import Desk, previewed, shown_to

MOST_DIGITS = 4


class AdoptionForm(forms.Form):
    """The day on which the district council adopted an edition."""

    adopted_on = forms.DateField(
        label="Beschluss des Kreistags vom",
        help_text="zum Beispiel 25.03.2026",
        error_messages={
            "required": "Tragen Sie das Datum des Beschlusses ein.",
            "invalid": "Das ist kein Datum.",
        },
    )


def _edition(request: HttpRequest, key: int) -> Concept:
    edition: Concept = shown_to(request, Concept.objects.filter(pk=key).first())
    return edition


@method_decorator(admin.site.admin_view, name="dispatch")
class EditionDeskView(Desk):
    """The goals of one edition in their order, and what becomes of them."""

    buttons = ("reorder", "copy", "send", "give_back", "publish")

    def record(self, request: HttpRequest, **where: Any) -> Concept:
        return _edition(request, where["key"])

    def get(self, request: HttpRequest, key: int) -> HttpResponse:
        edition = _edition(request, key)
        found = copy_of(edition, of_goals=True)
        goals = editions.goals_of(edition)
        add_goal = reverse("admin:concept_guidinggoal_add")
        context = {
            "title": f"Leitziele: {edition}",
            "edition": edition,
            "opts": Concept._meta,
            "goals": goals,
            "drafts": editions.drafts_of(edition),
            "copy": found,
            "problems": editions.problems(edition),
            "rights": editions.rights(request, found),
            "form": AdoptionForm(),
            "add_url": f"{add_goal}?concept={edition.pk}&number={len(goals) + 1}",
            "previews": [
                (entry, reverse("ausgabe-vorschau", args=[key, entry.code])) for entry in LANGUAGES
            ],
        }
        return TemplateResponse(
            request, "admin/edition.html", admin.site.each_context(request) | context
        )

    def reorder(self, request: HttpRequest, edition: Concept) -> None:
        """Number the goals anew."""
        self._writes(request)
        numbers = {
            goal.pk: _number(request.POST.get(f"number-{goal.pk}", str(goal.number)), goal)
            for goal in editions.goals_of(edition)
        }
        editions.reorder(edition, numbers)
        messages.success(request, "Die Reihenfolge ist gesichert.")

    def copy(self, request: HttpRequest, edition: Concept) -> HttpResponse:
        """Begin the next edition with copies of these goals."""
        self._writes(request)
        if not admin.site.get_model_admin(Concept).has_add_permission(request):
            raise PermissionDenied
        successor = editions.copy_edition(edition)
        messages.success(request, f"„{successor}“ ist als Entwurf angelegt.")
        return HttpResponseRedirect(edition_url(successor))

    def send(self, request: HttpRequest, edition: Concept) -> None:
        """Send the goals for review."""
        self._writes(request)
        editions.send(request, edition, request.POST.get("note", ""))
        messages.success(request, "Eingereicht. Eine andere Person kann jetzt veröffentlichen.")

    def give_back(self, request: HttpRequest, edition: Concept) -> None:
        """Give the goals back to who sent them."""
        found = copy_of(edition, of_goals=True)
        if not editions.rights(request, found).publish or found is None:
            raise PermissionDenied
        found.sent_by, found.sent_at = None, None
        found.sent_state, found.note = "", request.POST.get("note", "")
        found.save()
        messages.success(request, "Zurückgegeben.")

    def publish(self, request: HttpRequest, edition: Concept) -> None:
        """Publish the goals with the date of the council's decision."""
        form = AdoptionForm(request.POST)
        if not form.is_valid():
            raise ValidationError([str(e) for errors in form.errors.values() for e in errors])
        number = editions.publish(request, edition, form.cleaned_data["adopted_on"])
        messages.success(request, f"Veröffentlicht: {number} Leitziele.")

    def _writes(self, request: HttpRequest) -> None:
        if not editions.rights(request, None).change:
            raise PermissionDenied


def _number(written: str, goal: GuidingGoal) -> int:
    if written.isascii() and written.isdecimal() and len(written) <= MOST_DIGITS:
        return int(written)
    raise ValidationError(f"„{goal.title}“: Die Nummer muss eine ganze Zahl sein.")


@method_decorator(admin.site.admin_view, name="dispatch")
class EditionPreviewView(View):
    """The page of an edition as it would be once its drafts are published today."""

    def get(self, request: HttpRequest, key: int, language: str) -> HttpResponse:
        edition = _edition(request, key)
        if language not in BY_CODE:
            raise Http404(language)

        def write() -> str:
            editions.show_as_published(edition, timezone.localdate())
            return edition.get_absolute_url()

        return previewed(request, language, write, edition_url(edition))
