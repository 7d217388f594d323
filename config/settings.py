"""The only settings: every difference between a laptop and a team's server is an environment variable."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from config import logs, mail, services, vocabulary

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.str("ETAPPE_VAR", str(BASE_DIR / "var"))).resolve()
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # else numpy's threads of several processes wait for each other

# --- What differs between machines ---------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
RUNNING = services.running_urls(VAR)
DATABASE_URL = env.str("DATABASE_URL", RUNNING.get("DATABASE_URL", ""))
REDIS_URL = env.str("REDIS_URL", RUNNING.get("REDIS_URL", ""))
BROKER_PREFIX = env.str("BROKER_PREFIX", "etappe")
LIVE_URL = env.str("LIVE_URL", RUNNING.get("LIVE_URL", "/live"))
SITE_URL = env.str("SITE_URL", RUNNING.get("SITE_URL", "http://127.0.0.1:8000"))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL])
LIVE_ORIGINS = [SITE_URL, *env.list("LIVE_ORIGINS", [])]
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
SECURE = SITE_URL.startswith("https://")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
SECRET_KEY = env.str("SECRET_KEY", "") or services.secret_key(VAR)
OPEN_WORKSPACES = env.bool("OPEN_WORKSPACES", False)
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 600)
SURVEY_POSTS_PER_MINUTE = env.int("SURVEY_POSTS_PER_MINUTE", 600)  # from one address, which a whole train may share
WEBHOOKS_MAY_REACH: list[str] = env.list("WEBHOOKS_MAY_REACH", [])  # host:port; all else must be public
POSTGRES_OPTIONS = {
    "web": "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=15s",
    "worker": "-c statement_timeout=60s -c lock_timeout=2s -c idle_in_transaction_session_timeout=60s",
    "command": "",
}
PROCESS = env.str("ETAPPE_PROCESS", "command", validate=lambda name: name in POSTGRES_OPTIONS)
if (SECURE or PROCESS == "web") and not env.str("SECRET_KEY", ""):
    raise ImproperlyConfigured("Set SECRET_KEY: Etappe signs sessions with it (`manage.py up` makes one by itself).")
if DEBUG and (SECURE or not set(ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]"}):
    raise ImproperlyConfigured("DEBUG shows the insides to everyone: it works on this machine only.")

# --- The house -----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "scorecards",
    "journeys",
    "measures",
    "feedback",
    "touchpoints",
    "personas",
    "workspaces",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "django_htmx",
    "django_structlog",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "workspaces.guard.InputGuard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "workspaces.language.LanguageMiddleware",
    "workspaces.limits.RateLimits",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF, WSGI_APPLICATION = "config.urls", "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
                "workspaces.templatetags.look",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "config.context.page",
            ],
        },
    }
]

# --- Facts live in PostgreSQL --------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        DATABASE_URL or "postgres://nobody@127.0.0.1:1/etappe", conn_max_age=60, conn_health_checks=True
    )
}
DATABASES["default"].setdefault("OPTIONS", {}).update(
    {
        "options": POSTGRES_OPTIONS[PROCESS],
        "connect_timeout": 5,
        # A statement asked again is planned once a connection: planning is half of a small one's time.
        "server_side_binding": True,
        "prepare_threshold": 5,
    }
)
CACHES = {
    # What every process has to know at once: how often somebody tried, which codes have been used. No broker is asked.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "workspaces_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
        "TIMEOUT": 24 * 3600,
    },
    # Pieces of pages that are the same for many, one copy a process.
    "template_fragments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Maps as drawn last, up to half a megabyte each.
    "maps": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "maps",
        "OPTIONS": {"MAX_ENTRIES": 48},
        "TIMEOUT": 24 * 3600,
    },
}

# --- Who is there --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "workspaces.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Scrypt", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "workspaces.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "workspaces.accounts.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {"login": "workspaces.accounts.SignInForm"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = False  # allauth counts in each process by itself; workspaces.limits counts exactly
MFA_TOTP_ISSUER = "Etappe"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # allauth guards against strangers who sign up; here people come by invitation
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that ends at the company's server would need it in form-action
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", "")
OIDC_NAME = env.str("OIDC_NAME", "Company sign-in")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "company",
                "name": OIDC_NAME,
                "client_id": env.str("OIDC_CLIENT_ID", ""),
                "secret": env.str("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}

# --- The front door ------------------------------------------------------------------------------------------------
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-etappe-session" if SECURE else "etappe-session"
CSRF_COOKIE_NAME = "__Host-etappe-csrf" if SECURE else "etappe-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE and env.bool("SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE and TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # workspaces.guard is stricter, by kind of request
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, f"{LIVE_URL}/"] if "://" in LIVE_URL else [SELF],  # and what lies below it
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- Language, time, files -----------------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "etappe-language"
FORMAT_MODULE_PATH = ["config.formats"]
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # no page shows a library's own files
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "config.storage.HashedFiles"
    },
}

# --- Mail, background work, live news ------------------------------------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", "")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", "Etappe <etappe@localhost>")
if EMAIL_URL:
    vars().update(mail.smtp_settings(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "mail")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["workspaces.tokens.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["workspaces.tokens.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["workspaces.api.bodies.GuardedJSON"],
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "workspaces.api.problems.as_problem",
    "DEFAULT_SCHEMA_CLASS": "workspaces.api.schema.Schema",
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,  # `format` is a parameter like any other: of those that know it
    "COERCE_DECIMAL_TO_STRING": False,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "TITLE": "Etappe",
    "DESCRIPTION": "Customer journeys, what customers say at each touchpoint, and how healthy each one is.",
    "VERSION": "1",
    "SERVERS": [{"url": SITE_URL}],
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": vocabulary.CHOICES,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "workspaces.api.schema.tell_problems"],
}

LOGGING = logs.configure(level=env.str("LOG_LEVEL", "INFO"), as_json=env.bool("LOG_JSON", True))
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
