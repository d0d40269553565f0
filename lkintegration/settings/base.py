"""Settings that hold everywhere; dev, test and production add what differs between them."""

from pathlib import Path

import django.conf.locale
from csp.constants import NONCE, NONE, SELF

from lkintegration.core import languages
from lkintegration.serving.security_headers import REFERRER_POLICY
from lkintegration.settings.environment import read_environment
from lkintegration.settings.login import *  # noqa: F403  (a part of these)

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"
# Each module that builds on this one refuses what is wrong with it, all at once.
env = read_environment()

# --- applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose classes it patches
    "lkintegration.desk.admin_app.DeskAdminConfig",  # Django's admin with our first page
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_prose_editor",
    "phonenumber_field",
    "simple_history",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_otp_webauthn",
    "lkintegration.search.engine.index_app.IndexConfig",  # modelsearch
    # Our own, each above those that it imports from (docs/developers.md).
    "lkintegration.core",
    "lkintegration.serving",
    "lkintegration.mailing",
    "lkintegration.editing",
    "lkintegration.accounts",
    "contacts",
    "offers",
    "concept",
    "lkintegration.pages",
    "lkintegration.notices",
    "lkintegration.terms",
    "lkintegration.translating",
    "lkintegration.seed",
    "lkintegration.search",
    "lkintegration.desk",
    "lkintegration.upkeep",
]

MIDDLEWARE = [
    "lkintegration.serving.middleware.SecurityHeadersMiddleware",
    "lkintegration.serving.middleware.ObservedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "lkintegration.serving.middleware.StaticFilesMiddleware",
    "lkintegration.serving.middleware.AdminCSPMiddleware",
    "lkintegration.serving.middleware.AdminGZipMiddleware",
    "lkintegration.pages.middleware.ErrorPagesMiddleware",
    "lkintegration.serving.middleware.GenerationMiddleware",
    # Instead of Django's LocaleMiddleware, which reads a cookie: here the address alone decides.
    "lkintegration.serving.middleware.PathLanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lkintegration.accounts.middleware.StaffSessionMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "lkintegration.accounts.ask_again.SecondFactorMiddleware",
    "lkintegration.serving.middleware.OneSaveMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # tells who changes something
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "lkintegration.urls"
WSGI_APPLICATION = "lkintegration.wsgi.application"
FORCE_SCRIPT_NAME = ""  # the site stands at the root, whatever a header or a server says
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATE_LOADERS = [
    "lkintegration.serving.template_loader.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lkintegration.serving.context_processors.language",
                "lkintegration.pages.context_processors.page",
                "contacts.context_processors.office",
                "offers.context_processors.referral",
            ],
            "builtins": [
                "lkintegration.serving.templatetags.reading",
                "lkintegration.serving.templatetags.formats",
            ],
        },
    }
]

# --- the site as a whole -------------------------------------------------------------------------
# Whether this is a practice site, with invented examples beside the content (settings.practice).
# No variable says so: what operators set can neither make one of a real site nor hide that it is.
PRACTICE = False
EXTRA_CONTENT: list[Path] = []  # folders with content files beside those of the apps

# Every page answers 503 "try again in a few minutes"; for operators, while they work on the site.
MAINTENANCE = env.flag("MAINTENANCE")

# Whether the site is ready only while somebody does its jobs; not on a developer's machine.
JOBS_REQUIRED = False
METRICS_PORT = env.number("METRICS_PORT")
LINK_CHECK = env.flag("LINK_CHECK")

# --- languages ----------------------------------------------------------------------------------
LANGUAGE_CODE = languages.SOURCE
LANGUAGES = [(language.code, language.autonym) for language in languages.LANGUAGES]
LOCALE_PATHS = [BASE_DIR / "locale"]
django.conf.locale.LANG_INFO[languages.EASY] = {
    "bidi": False,
    "code": languages.EASY,
    "name": "Easy German",
    "name_local": "Leichte Sprache",
}
MODELTRANSLATION_DEFAULT_LANGUAGE = languages.SOURCE
MODELTRANSLATION_LANGUAGES = tuple(language.code for language in languages.LANGUAGES)
MODELTRANSLATION_FALLBACK_LANGUAGES = (languages.SOURCE,)
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = languages.verbose_name
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
USE_THOUSAND_SEPARATOR = True
PHONENUMBER_DEFAULT_REGION = "DE"
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"
PHONENUMBER_DB_FORMAT = "E164"

# --- messages from readers ------------------------------------------------------------------------
# Without a mail server nothing is sent: messages wait, and staff see them in the admin.
_mail = env.options("EMAIL_URL")
EMAIL_HOST = _mail.get("EMAIL_HOST") or ""
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")
MESSAGE_MAILBOX = env.text("MESSAGE_MAILBOX")
HISTORY_RETENTION_DAYS = env.number("HISTORY_RETENTION_DAYS")
MESSAGE_RETENTION_DAYS = env.number("MESSAGE_RETENTION_DAYS")
MESSAGES_PER_SENDER = env.number("MESSAGES_PER_SENDER")  # a day, for one connection
PROXY_COUNT = env.number("PROXY_COUNT")  # of our own, in front of the workers
CHECK_INTERVAL_DAYS = env.number("CHECK_INTERVAL_DAYS")

# --- backups --------------------------------------------------------------------------------------
BACKUP_FOLDER = env.text("BACKUP_FOLDER")
BACKUP_RECIPIENTS = env.texts("BACKUP_RECIPIENTS")
BACKUP_RETENTION_DAYS = env.number("BACKUP_RETENTION_DAYS")

# --- machine translation --------------------------------------------------------------------------
DEEPL_AUTH_KEY = env.text("DEEPL_AUTH_KEY")  # empty: none, and no screen speaks of it
DEEPL_URL = env.text("DEEPL_URL")  # empty: the one that belongs to the key
DEEPL_MONTHLY_CHARACTERS = env.number("DEEPL_MONTHLY_CHARACTERS")
DEEPL_TIMEOUT = env.number("DEEPL_TIMEOUT")  # seconds

# --- search ---------------------------------------------------------------------------------------
COUNT_UNANSWERED_QUESTIONS = env.flag("COUNT_UNANSWERED_QUESTIONS")
SEARCH_URL = env.text("SEARCH_URL")  # empty: the index is in the database
MODELSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "lkintegration.search.engine.backends.opensearch",
        "URLS": SEARCH_URL,
        "INDEX_PREFIX": "lkintegration_",
        "TIMEOUT": 2,  # seconds: a reader waits for it
    }
    if SEARCH_URL
    else {
        "BACKEND": "lkintegration.search.engine.backends",
        "SEARCH_CONFIG": "simple",  # words are folded already, in all languages by the same rules
    }
}

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = env.text("STATIC_ROOT") or VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"  # nothing is kept there yet; backups take it along
# The pictures of the editors' guide are pages' and documents' at once (desk/handbook.py).
STATICFILES_DIRS = [BASE_DIR / "static", ("anleitung", BASE_DIR / "docs" / "bilder")]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site needs our files
# Served at the root, where old browsers and iOS look for icons by themselves.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lkintegration.serving.static_files.SiteStorage"},
}

# --- what a request may send ----------------------------------------------------------------------
# Bytes, refused before anything is read. A reader's text takes 12 bytes a letter at most, so that
# the form itself can say how much too long it is; the admin takes files of translators (5 MB).
MOST_BYTES_OF_READERS = 256 * 1024
MOST_BYTES_OF_STAFF = 6 * 1024 * 1024
# In memory only: whoever sends a file that nobody asked for writes nothing on a disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_BYTES_OF_STAFF

# --- security -----------------------------------------------------------------------------------
# Of the admin; all other answers have a shorter one (serving.security_headers). The nonce serves
# the import map of the text editor; it enters the header only where a page asks for it.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURITY_CONTACT = env.text("SECURITY_CONTACT")
SECURITY_TXT_EXPIRES = env.day("SECURITY_TXT_EXPIRES")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = REFERRER_POLICY
