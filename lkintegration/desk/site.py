"""The admin as our staff have it: how they log in, and a first page that says what waits."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.events import note
from lkintegration.accounts.views import OwnPasswordView, StaffLoginView
from lkintegration.desk.finding import find_keys, may_look
from lkintegration.desk.list_groups import apps_beside, group_lists
from lkintegration.desk.waiting_texts import count_translations, lacks_language
from lkintegration.desk.waiting_work import count_own_work, count_shared_work
from lkintegration.editing.searching_site import SearchingSite
from lkintegration.terms.models import Term


class DeskSite(SearchingSite):
    """Django's admin with our own login, and what waits for the user on the first page."""

    empty_value_display = "–"  # as we write it everywhere

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Return ``view`` behind the log-in. Nothing keeps its answer but the words of scripts.

        Django lets browsers keep the form for a password, which holds what its session is.
        """
        return super().admin_view(view, cacheable and view == self.i18n_javascript)

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """Show the first page: what waits for the user, for all like them, by language."""
        waiting = {
            "own_work": count_own_work(request),
            "shared_work": count_shared_work(request),
            "languages": count_translations(request),
            "lacks_language": lacks_language(request),
            "sees_words": may_look(request, Term),
            "due_at": getattr(request, "factor_due_at", None),  # accounts.ask_again
            "now": timezone.now(),
        }
        lists = {"app_list": group_lists(self.get_app_list(request), request.path)}
        return super().index(request, waiting | lists | (extra_context or {}))

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: Any = None
    ) -> TemplateResponse:
        """Show the group of lists that the app belongs to: the way back from each of them."""
        beside = apps_beside(app_label)
        apps = [app for app in self.get_app_list(request) if app["app_label"] in beside]
        groups = group_lists(apps, request.path)
        shown = {"app_list": groups, "title": ", ".join(group["name"] for group in groups)}
        return super().app_index(request, app_label, shown | (extra_context or {}))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what every screen shows around its own: the lists in our groups, too."""
        context: dict[str, Any] = super().each_context(request)
        return context | {"available_apps": group_lists(context["available_apps"], request.path)}

    def search_records(self, model: type[Model], text: str) -> list[int]:
        """Return what the search of the site finds, drafts too."""
        return find_keys(model, text)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show and take the form of the login; those who are in are led on."""
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        context = self.each_context(request) | {
            "title": "Anmelden",
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
        }
        return StaffLoginView.as_view(extra_context=context | (extra_context or {}))(request)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Log out, and write it down."""
        if request.method == "POST" and request.user.is_authenticated:
            note(EventKind.LOGOUT, request, request.user)
        return super().logout(request, extra_context)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Let people change their own password."""
        context = self.each_context(request) | (extra_context or {})
        return OwnPasswordView.as_view(extra_context=context)(request)
