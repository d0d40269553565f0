"""Pages of the admin that are about several kinds of records at once."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.generic import View

from lkintegration.editorial.check_list import confirm, entries


@method_decorator(admin.site.admin_view, name="dispatch")
class CheckListView(View):
    """The list of what is due for a check, each with a button that confirms it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = admin.site.each_context(request) | {
            "title": "Prüfliste",
            "entries": entries(request),
        }
        return TemplateResponse(request, "admin/check_list.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        record = confirm(request, request.POST.get("record", ""))
        if record is None:
            messages.error(
                request, "Diesen Eintrag gibt es nicht, oder Sie dürfen ihn nicht ändern."
            )
        else:
            messages.success(
                request, f"{record}: geprüft. Nächste Prüfung am {record.next_check_on:%d.%m.%Y}."
            )
        return HttpResponseRedirect(request.path)
