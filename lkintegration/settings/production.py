"""Production: refuses to start without its secret, its hosts and its database."""

from lkintegration.settings.base import *  # noqa: F403  (Django's way to layer settings)
from lkintegration.settings.base import SILENCED_SYSTEM_CHECKS
from lkintegration.settings.databases import database
from lkintegration.settings.environment import read_environment
from lkintegration.settings.logs import make_logging

env = read_environment(production=True)
env.refuse_faults()

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.texts("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.texts("ALLOWED_HOSTS")
DATABASES = {"default": database(env.text("DATABASE_URL"))}

# One proxy stands in front (see below); its count decides whose address limits messages.
PROXY_COUNT = env.number("PROXY_COUNT")

# TLS ends at the proxy in front, which tells the original scheme in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT")
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # the container asks itself over plain HTTP
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS")
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS")
JOBS_REQUIRED = True
LINK_CHECK = env.flag("LINK_CHECK")
# Left to operators: whether hosts below this one speak HTTPS (W005) only they know, and the list
# that is built into browsers takes whole domains (W021), never a host of the district's.
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Browsers then take these cookies from this host alone, over TLS alone, for the whole of it: no
# neighbour below the same domain can plant one. Public pages neither set nor read any.
COOKIE_PREFIX = "__Host-"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/"
# ".example.org" stands for the host and all below it; here that is written "*.example.org".
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS
]

LOGGING = make_logging(env.text("LOG_LEVEL"))
