"""The pages of the admin on which texts go out to translators and come back."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from lkintegration.core.languages import BY_CODE
from lkintegration.core.tables import MEDIA_TYPE
from lkintegration.editing.staff_views import StaffView
from lkintegration.translating.exchange import refused_texts
from lkintegration.translating.exchange.document import FileError
from lkintegration.translating.exchange.formats import FORMATS, read
from lkintegration.translating.exchange.forms import ExportForm, ImportForm
from lkintegration.translating.exchange.importing import RefusedError, import_document
from lkintegration.translating.exchange.plan import Plan, Question
from lkintegration.translating.exchange.planning import make_plan
from lkintegration.translating.exchange.units import allowed_languages, collect, count_records
from lkintegration.translating.exchange.uploads import delete_old_uploads
from lkintegration.translating.models import TranslationUpload


class _View(StaffView):
    """A page for those who may translate anything at all."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not allowed_languages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def forms(self, outgoing: ExportForm, incoming: ImportForm) -> HttpResponse:
        """Return the page with these forms; 422 where one of them is not right."""
        has_errors = bool(outgoing.errors or incoming.errors)
        return self.page(
            "admin/exchange.html",
            status=422 if has_errors else 200,
            title="Übersetzen lassen außer Haus",
            has_errors=has_errors,
            outgoing=outgoing,
            incoming=incoming,
        )


class ExchangeView(_View):
    """Both forms."""

    def get(self, request: HttpRequest) -> HttpResponse:
        language = {"sprache": request.GET.get("sprache", "")}
        return self.forms(
            ExportForm(request.user, initial=language),
            ImportForm(request.user, initial=language),
        )


class ExportView(_View):
    """The file for translators. Asking for it changes nothing, so it is a GET form."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = ExportForm(request.user, request.GET)
        if form.is_valid():
            language, form_of = form.cleaned_data["sprache"], FORMATS[form.cleaned_data["format"]]
            wanted = form.kinds(), language, form.cleaned_data["stand"]
            if not count_records(*wanted):
                form.add_error("stand", "Hier gibt es nichts zu übersetzen.")
        if form.errors:
            return self.forms(form, ImportForm(request.user))
        try:
            content = form_of.write(collect(*wanted), language)
        except FileError as error:
            form.add_error("format", str(error))
            return self.forms(form, ImportForm(request.user))
        name = f"texte-{language}-{timezone.localdate():%Y-%m-%d}.{form_of.extension}"
        return _file(content, form_of.media_type, name)


class ImportView(_View):
    """Takes a file in and leads to its preview; no text changes yet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("austausch"))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.user, request.POST, request.FILES)
        if form.is_valid():
            given = form.cleaned_data
            try:
                make_plan(form.document, given["sprache"], request.user, reviewed=given["reviewed"])
            except FileError as error:
                form.add_error("datei", str(error))
        if form.errors:
            return self.forms(ExportForm(request.user), form)
        upload = _store(request, form)
        return HttpResponseRedirect(reverse("austausch-vorschau", args=[upload.pk]))


@transaction.atomic
def _store(request: HttpRequest, form: ImportForm) -> TranslationUpload:
    delete_old_uploads(timezone.now())
    user = cast("User", request.user)
    return TranslationUpload.objects.create(
        user=user,
        language=form.cleaned_data["sprache"],
        reviewed_by=form.cleaned_data["reviewed_by"],
        name=form.cleaned_data["datei"].name[:200],
        content=form.content,
    )


class ImportPreviewView(_View):
    """What a file would change, and the yes or no of the person who sent it."""

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        upload = _uploads(request).filter(pk=key).first()
        if upload is None:
            return _gone(request)
        try:
            plan = _plan_of(upload, request)
        except FileError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("austausch"))
        return self.page(
            "admin/exchange_preview.html",
            title=f"Vorschau: {upload.name}",
            upload=upload,
            language=BY_CODE[upload.language],
            plan=plan,
        )

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        with transaction.atomic():
            upload = _uploads(request).select_for_update().filter(pk=key).first()
            if upload is None:
                return _gone(request)
            if "verwerfen" in request.POST:
                upload.delete()
                messages.info(request, "Die Datei ist verworfen. Nichts wurde geändert.")
                return HttpResponseRedirect(reverse("austausch"))
            return self._import(request, upload)

    def _import(self, request: HttpRequest, upload: TranslationUpload) -> HttpResponse:
        ticked = request.POST.getlist("annehmen")
        try:
            plan = import_document(
                read(bytes(upload.content)),
                upload.language,
                request.user,
                reviewed_by=upload.reviewed_by,
                answers=[question for question in Question if question in ticked],
                digest=request.POST.get("stand") or "fehlt",
            )
        except (RefusedError, FileError):
            messages.error(
                request,
                "Nichts wurde eingelesen: Seit der Vorschau hat sich etwas geändert. "
                "Sehen Sie die Vorschau noch einmal an.",
            )
            return HttpResponseRedirect(request.path)
        if not plan.records:
            messages.warning(
                request, "Nichts wurde geändert. Setzen Sie Haken bei dem, was eingelesen wird."
            )
            return HttpResponseRedirect(request.path)
        done = (
            f"{BY_CODE[upload.language].german}: {plan.changes} Texte in {len(plan.records)} "
            "Einträgen sind eingelesen."
        )
        if plan.refusals:
            messages.success(request, f"{done} Was nicht passt, steht noch hier.")
            return HttpResponseRedirect(request.path)
        upload.delete()
        messages.success(request, done)
        return HttpResponseRedirect(reverse("austausch"))


class RefusedTextsView(_View):
    """The texts of a file that do not fit, as a workbook to mend them in."""

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        upload = _uploads(request).filter(pk=key).first()
        if upload is None:
            return _gone(request)
        try:
            content = refused_texts.write(_plan_of(upload, request).refusals, upload.language)
        except FileError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("austausch-vorschau", args=[key]))
        name = f"passt-nicht-{upload.language}-{timezone.localdate():%Y-%m-%d}.xlsx"
        return _file(content, MEDIA_TYPE, name)


def _plan_of(upload: TranslationUpload, request: HttpRequest) -> Plan:
    """Return what reading the file in would do now. Raises ``FileError``."""
    return make_plan(
        read(bytes(upload.content)),
        upload.language,
        request.user,
        reviewed=bool(upload.reviewed_by),
    )


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, media_type, headers=disposition)


def _uploads(request: HttpRequest) -> QuerySet[TranslationUpload]:
    """Return the files that the user has sent and not dealt with yet."""
    user = cast("User", request.user)
    return TranslationUpload.objects.filter(user=user)


def _gone(request: HttpRequest) -> HttpResponse:
    messages.warning(request, "Diese Datei ist schon eingelesen, verworfen oder zu alt.")
    return HttpResponseRedirect(reverse("austausch"))
