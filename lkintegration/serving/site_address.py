"""Where this site is to be found, for whoever writes an address into an e-mail."""

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port


def address_of_site(request: HttpRequest | None = None) -> str:
    """Return for example "https://integration.example.org", with a host that we name ourselves.

    A request may ask for any host below a name with a dot in front (``ALLOWED_HOSTS``); a secret
    must not go to a place that somebody else has chosen.
    """
    named = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
    own = (named or [host.lstrip(".*") for host in settings.ALLOWED_HOSTS])[0]
    if request is None:
        return f"{'https' if settings.SESSION_COOKIE_SECURE else 'http'}://{own}"
    host = request.get_host()
    return f"{request.scheme}://{host if split_domain_port(host)[0] in named else own}"
