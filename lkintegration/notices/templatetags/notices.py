"""What readers must know for some days, where it belongs."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lkintegration.notices.current_notices import notices_at
from lkintegration.notices.enums import Scope

register = template.Library()


@register.simple_tag
def notices_on_every_page() -> SafeString:
    """Return the notices of the whole site, as a part of the page that has a name."""
    return _shown("components/site_notices.html", Scope.SITE)


@register.simple_tag
def notices_of_service(key: int) -> SafeString:
    """Return the notices of the service with the primary key ``key``."""
    return _shown("components/notices.html", Scope.SERVICE, key)


@register.simple_tag
def notices_of_place(key: int) -> SafeString:
    """Return the notices of the place with the primary key ``key``."""
    return _shown("components/notices.html", Scope.LOCATION, key)


def _shown(template_name: str, scope: Scope, key: int | None = None) -> SafeString:
    found = notices_at(scope, key)
    return render_to_string(template_name, {"notices": found}) if found else SafeString()
