"""Pages of the admin on which drafts are looked at, sent for review and published."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import override

from lkintegration.core.dates import written_moment
from lkintegration.core.languages import LANGUAGES, SOURCE, Language
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.typed_fields import FORM_FIELDS
from lkintegration.core.visibility import hindrances
from lkintegration.editing.draft_admin import COPY
from lkintegration.editing.filters import PARAMETER
from lkintegration.editing.previews import page_of, preview, show
from lkintegration.editing.publish_at_form import PublishAtForm
from lkintegration.editing.record_review import RecordReview
from lkintegration.editing.record_urls import change_url
from lkintegration.editing.review_lists import LIST, ReviewList, reviews_in
from lkintegration.editing.scheduling import plan
from lkintegration.editing.staff_views import ButtonsView, StaffView, shown_to

EVERYTHING = "Vorbereitet und eingereicht"
PAGE = "seite"  # the parameter that names a page of a list
CONFIRMED = "ja"  # what the button sends on the page that asks


class ReviewListView(StaffView):
    """All drafts, and who has sent what for review; or what of them waits for the user."""

    def get(self, request: HttpRequest) -> HttpResponse:
        name = request.GET.get(LIST, "")
        chosen = ReviewList(name) if name in ReviewList.values else None
        return self.page(
            "admin/review_list.html",
            title=chosen.label if chosen else EVERYTHING,
            chosen=chosen,
            reviews=reviews_in(request, name, request.GET.get(PAGE, "")),
        )


class ReviewView(ButtonsView):
    """The draft of one record: what it changes, how it looks, and who decides."""

    buttons = ("send", "publish", "schedule", "unschedule", "give_back", "discard")

    def find_subject(self, **where: Any) -> RecordReview:
        """Return the review of the record that the address names."""
        return RecordReview(self.request, shown_to(self.request, where["key"].find()))

    def get(self, request: HttpRequest, key: RecordKey) -> HttpResponse:
        review = self.find_subject(key=key)
        changes, problems = [], []
        try:
            if review.draft:
                changes = review.changes()
        except ValidationError as error:
            problems = error.messages
        record = review.record
        draft, rights = review.draft, review.rights
        takes_note = rights.change or rights.publish
        day = {"publish_at": draft and draft.publish_at}
        return self.page(
            "admin/review_desk.html",
            title=f"Vorbereitet: {record}",
            record=record,
            opts=record._meta,
            draft=draft,
            is_outdated=review.is_outdated,
            changes=changes,
            problems=problems,
            rights=rights,
            buttons=list(_buttons(review, problems)),
            takes_note=takes_note,
            day=PublishAtForm(self.typed(), initial=day)["publish_at"],
            is_pending=review.is_pending,
            edit_urls=list(_edit_urls(review)),
            previews=[(entry, reverse("vorschau", args=[key, entry])) for entry in LANGUAGES],
            **(self.with_note() if takes_note else {}),
        )

    def send(self, review: RecordReview) -> None:
        """Send the draft for review."""
        moment = PublishAtForm(self.request.POST).moment
        with transaction.atomic():
            review.send(self.note)
            plan(review, moment, approves=False)
        messages.success(
            self.request, "Eingereicht. Wer veröffentlichen darf, sieht es auf der Startseite."
        )

    def publish(self, review: RecordReview) -> HttpResponse:
        """Let readers see it."""
        if not review.may_give_back:
            raise PermissionDenied
        review.publish()
        messages.success(self.request, f"{review.record}: veröffentlicht.")
        if why_not := ", ".join(map(str, hindrances(review.record))):
            messages.warning(self.request, f"Noch nicht zu sehen: {why_not}.")
        return HttpResponseRedirect(change_url(review.record))

    def schedule(self, review: RecordReview) -> None:
        """Let it go live by itself on its day."""
        if not review.may_give_back:
            raise PermissionDenied
        moment = PublishAtForm(self.request.POST).moment
        if moment is None:
            raise ValidationError("Schreiben Sie unter „veröffentlichen am“, wann es erscheint.")
        plan(review, moment, approves=True)
        messages.success(self.request, f"Das erscheint von selbst: {written_moment(moment)}.")

    def unschedule(self, review: RecordReview) -> None:
        """Let it wait until somebody publishes it."""
        if not (review.rights.change or review.may_give_back):
            raise PermissionDenied
        plan(review, None, approves=False)
        messages.success(self.request, "Es gibt keinen Termin mehr.")

    def give_back(self, review: RecordReview) -> None:
        """Give it back to who wrote it."""
        review.give_back(self.note)
        messages.success(self.request, "Zurückgegeben.")

    def discard(self, review: RecordReview) -> HttpResponse:
        """Throw the draft away; before, ask."""
        if self.request.POST["discard"] != CONFIRMED:
            return self._ask_to_discard(review)
        review.discard()
        messages.success(
            self.request, "Die Arbeitskopie ist verworfen. Die Seite bleibt, wie sie ist."
        )
        return HttpResponseRedirect(change_url(review.record))

    def _ask_to_discard(self, review: RecordReview) -> HttpResponse:
        try:
            changes = review.changes() if review.draft else []
        except ValidationError:  # it no longer fits, and is thrown away for that
            changes = []
        return self.page(
            "admin/discard_draft.html",
            title=f"Arbeitskopie verwerfen: {review.record}",
            record=review.record,
            draft=review.draft,
            changes=changes,
            back=review.url,
            confirmed=CONFIRMED,
        )


class Button(NamedTuple):
    """A button of a form; ``look`` is its class in the style sheet, if it has one."""

    name: str
    label: str
    look: str = ""


def _buttons(review: RecordReview, problems: list[str]) -> Iterator[Button]:
    """Yield what this user may do with the draft."""
    rights = review.rights
    if rights.publish and not problems:
        has_day = bool(review.draft and review.draft.publish_at)
        now, then = ("", "default") if has_day else ("default", "")
        yield Button("publish", "Jetzt veröffentlichen" if has_day else "Veröffentlichen", now)
        yield Button("schedule", "Am Termin veröffentlichen", then)
    if review.may_send:
        yield Button("send", review.send_label, "" if rights.publish else "default")
    if review.is_sent and rights.publish:
        yield Button("give_back", "Zurückgeben")
    if review.draft and review.draft.publish_at and (rights.change or rights.publish):
        yield Button("unschedule", "Termin streichen")
    if review.has_changes and rights.change:
        yield Button("discard", "Arbeitskopie verwerfen", "danger")


def _edit_urls(review: RecordReview) -> Iterator[tuple[str, str]]:
    """Yield the screens on which the work goes on: those of the languages that are drafted."""
    url, changes = change_url(review.record), review.draft.changes if review.draft else {}
    for language in LANGUAGES:
        if language.code in changes or (language.code == SOURCE and not changes):
            query = {PARAMETER: language.code} if language.code != SOURCE else {}
            yield language.german, f"{url}?{urlencode(query | ({COPY: 1} if changes else {}))}"


class PreviewView(StaffView):
    """The page of a record as it would be: with its draft, public or not."""

    def get(self, request: HttpRequest, key: RecordKey, language: Language) -> HttpResponse:
        review = RecordReview(request, shown_to(request, key.find()))

        def write() -> str:
            with override(SOURCE):  # in which the form was filled in, dates and all
                review.apply_draft()
            show(review.record)
            return page_of(review.record)

        return preview_or_reason(request, language, write, review.url)


def preview_or_reason(
    request: HttpRequest, language: Language, write: Callable[[], str], back: str
) -> HttpResponse:
    """Return the preview; where there is none, go back and say why."""
    try:
        return preview(request, language.code, write, back)
    except ValidationError as error:
        reasons = error.messages
    except Http404:
        reasons = ["Es gibt noch keine Seite, die das zeigt."]
    told = format_html_join(" ", "{}", ((reason,) for reason in reasons))
    messages.error(request, format_html("Die Vorschau geht nicht. {}", told))
    return HttpResponseRedirect(back)


class UnderstoodView(StaffView):
    """What a field of a form would understand, for the script that says so while one types."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in FORM_FIELDS:
            raise Http404
        try:
            understood = FORM_FIELDS[kind]().read(request.GET.get("text", ""))
        except ValidationError as error:
            return JsonResponse({"message": " ".join(error.messages)})
        if understood.left_out:
            return JsonResponse({"message": f"{understood.statement}."})
        return JsonResponse({"message": understood.statement, "written": understood.written})
