"""How staff log in: cookies, sessions, passwords, second factor; a part of ``base``."""

from pathlib import Path

_MUNICIPALITIES = Path(__file__).resolve().parents[2] / "contacts/content/municipalities.csv"

ADMIN_PATH = "/verwaltung/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = ADMIN_PATH
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lkintegration.pages.error_views.csrf_failure"
# Of staff alone; production puts "__Host-" before the names (RFC 6265bis, 4.1.3.2).
COOKIE_PREFIX = ""
MESSAGE_STORAGE = "lkintegration.accounts.notices.NoticeStorage"
SESSION_ENGINE = "lkintegration.accounts.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds without a request; accounts.sessions bounds the whole
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
PAUSE_AFTER_MISTAKE = 0.5  # seconds before a form of the login says so
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds that a link for a new password is good for
AUTHENTICATION_BACKENDS = ["lkintegration.accounts.backends.AccountBackend"]
PASSWORD_HASHERS = [  # the first makes hashes, all of them check
    "lkintegration.accounts.hashers.Argon2Hasher",
    "lkintegration.accounts.hashers.FormerHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "lkintegration.accounts.passwords.ObviousPasswordValidator",
        "OPTIONS": {"places": _MUNICIPALITIES},
    },
]
# Second factor. Guesses are counted with those of passwords (accounts/tries.py).
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
OTP_WEBAUTHN_RP_NAME = "Integration Landkreis Lörrach"
OTP_WEBAUTHN_RP_ID_CALLABLE = "lkintegration.accounts.passkeys.site_host"
OTP_WEBAUTHN_HELPER_CLASS = "lkintegration.accounts.passkeys.SiteHelper"
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
OTP_WEBAUTHN_EXCEPTION_LOGGER_NAME = ""  # what a browser sends stands in the exceptions
SILENCED_SYSTEM_CHECKS = [
    "otp_webauthn.E030",  # a list of origins: the helper takes the page's own
]
