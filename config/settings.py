"""Settings, all from the environment; without any variable the product runs as one process on SQLite.

Production (``DEBUG`` off) refuses to start with an unsafe value and says which: see ``config.production``.
"""

from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from django.utils.translation import gettext_lazy as _

from config import back_office, content_security, logs, production

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
# Django's own generic classes can be subscripted by the type checker only; from here on also when they run.
django_stubs_ext.monkeypatch()

# --- the process -----------------------------------------------------------------------------------------------------
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or production.kept_secret(VAR_DIR / "secret-key", allowed=DEBUG)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Seal coupon codes and addresses, the newest first; see community.vault.
DATA_KEYS: list[str] = env.list("DATA_KEYS", default=[])
# The RSA key that signs Open Badges, as PEM; without it one is made at the first badge and kept sealed.
BADGE_KEY = env.str("BADGE_KEY", default="")
PUBLIC_URL = env.str("PUBLIC_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="demo-demo-demo")
#: Below this sum, in whole units, nothing is transferred to an ambassador who goes on; it is carried over.
PAYOUT_MINIMUM = env.int("PAYOUT_MINIMUM", default=10)
#: The account that pays ambassadors, as it stands in the file for the bank; at home an invented one.
PAYOUT_NAME = env.str("PAYOUT_NAME", default="Nordlicht Kaffee GmbH" if DEBUG else "")
PAYOUT_IBAN = env.str("PAYOUT_IBAN", default="DE02120300000000202051" if DEBUG else "")
PAYOUT_BIC = env.str("PAYOUT_BIC", default="")
#: Per cent of VAT that the fee of an ambassador includes who is no small business.
PAY_VAT_RATE = env.int("PAY_VAT_RATE", default=19)
REDIS_URL = env.str("REDIS_URL", default="")
EMBEDDED = not REDIS_URL
# Threads that answer pages in one web process; see config.asgi.
HTTP_THREADS = env.int("HTTP_THREADS", default=8)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

SOCIALACCOUNT_PROVIDERS: dict[str, Any] = env.json("SOCIALACCOUNT_PROVIDERS", default={})

INSTALLED_APPS = [
    "config",
    "modeltranslation",
    "unfold.apps.BasicAppConfig",
    "config.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    *(f"allauth.socialaccount.providers.{name}" for name in SOCIALACCOUNT_PROVIDERS),
    "channels",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "rest_framework",
    "template_partials",
    "community",
    "gamification",
    "chat",
    "ambassadors",
]

MIDDLEWARE = [
    "config.metrics.MeasureMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.shop_pictures.ContentSecurityMiddleware",
    "community.middleware.ViewCountMiddleware",
    "community.middleware.VisitorPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "community.middleware.ChosenLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "community.middleware.SessionActivityMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "community.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "community.context.shell",
            ],
        },
    },
]

# --- database --------------------------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'kundenkreis.sqlite3'}")
}
_database = DATABASES["default"]
_named = _database.get("OPTIONS", {})  # what stands behind the "?", such as sslmode
if _database["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that will write takes its lock at once and waits its turn instead of failing half way.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Without the last one REPLACE takes rows away past the triggers of tables that only grow.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; "
            "PRAGMA recursive_triggers=ON;"
        ),
    } | _named
else:
    _database["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=12), "timeout": 20},
        # To compile a statement takes half a second, and none of a page runs as long.
        "options": "-c jit=off",
    } | _named
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache, sockets, background work ---------------------------------------------------------------------------------
_memory = "django.core.cache.backends.locmem.LocMemCache"
if EMBEDDED:
    CACHES: dict[str, Any] = {
        # Room for every count of the rate limits: what does not fit is thrown out by chance.
        "default": {"BACKEND": _memory, "OPTIONS": {"MAX_ENTRIES": 50_000}},
        "pages": {"BACKEND": _memory, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 1_000}},
    }
    CHANNEL_LAYERS: dict[str, Any] = {
        "default": {
            "BACKEND": "channels.layers.InMemoryChannelLayer",
            "CONFIG": {"capacity": 2000, "group_expiry": 30 * 86_400},
        }
    }
    CELERY_BROKER_URL = "memory://localhost/"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"polling_interval": 0.02}
    # The threads pool stalls on a burst when it prefetches (celery#6941).
    CELERY_WORKER_PREFETCH_MULTIPLIER = 0
else:
    CACHES = {
        "default": {
            "BACKEND": "config.caches.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        },
        # Each process keeps pages of its own, under the version that all of them share.
        "pages": {"BACKEND": _memory, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 1_000}},
    }
    # Pub/sub: the list-based layer loses messages to slow readers.
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL], "capacity": 2000},
        }
    }
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 300,
        "socket_timeout": 5,
        "socket_connect_timeout": 1,
        "max_retries": 1,
    }
    CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Seconds; see community.middleware. Whoever works on templates wants to see each change.
VISITOR_PAGES_KEPT = env.int("VISITOR_PAGES_KEPT", default=0 if DEBUG else 60)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "end-coupons": {"task": "gamification.tasks.end_coupons", "schedule": 20.0},
    "sweep-deliveries": {"task": "community.tasks.sweep_deliveries", "schedule": 5.0},
    "bring-view-counts": {"task": "community.tasks.bring_view_counts", "schedule": 60.0},
    "climb-ladder": {"task": "community.tasks.climb_ladder", "schedule": 60.0},
    "close-contests": {"task": "community.tasks.close_contests", "schedule": 20.0},
    "publish-news": {"task": "community.tasks.publish_news", "schedule": 10.0},
    "send-mail": {"task": "community.tasks.send_mail", "schedule": 15.0},
    "forget-signatures": {"task": "community.tasks.forget_signatures", "schedule": 3600.0},
    "forget-idempotency-keys": {"task": "community.tasks.forget_idempotency_keys", "schedule": 3600.0},
    "forget-drafts": {"task": "community.tasks.forget_drafts", "schedule": 3600.0},
    "forget-uploads": {"task": "community.tasks.forget_uploads", "schedule": 3600.0},
    "send-letters": {"task": "community.tasks.send_letters", "schedule": 20.0},
    "finish-exports": {"task": "community.tasks.finish_exports", "schedule": 20.0},
    "keep-retention": {"task": "community.tasks.keep_retention", "schedule": 86400.0},
    "judge-trust": {"task": "community.tasks.judge_trust", "schedule": 86400.0},
    "mark-boards": {"task": "gamification.tasks.mark_boards", "schedule": 300.0},
    "take-census": {"task": "gamification.tasks.take_census", "schedule": 86400.0},
    "land-softly": {"task": "gamification.tasks.land_softly", "schedule": 900.0},
    "expire-credits": {"task": "gamification.tasks.expire_credits", "schedule": 3600.0},
    "search-for-arrangements": {"task": "gamification.tasks.search_for_arrangements", "schedule": 86400.0},
    "settle-decisions": {"task": "gamification.tasks.settle_decisions", "schedule": 15.0},
    "look-for-drift": {"task": "gamification.tasks.look_for_drift", "schedule": 86400.0},
    "time-machine": {"task": "gamification.tasks.travel", "schedule": 20.0},
    "move-line": {"task": "chat.tasks.move_line", "schedule": 3.0},
    "tell-who-left": {"task": "chat.tasks.tell_who_left", "schedule": 15.0},
    "answer-what-waits": {"task": "chat.tasks.answer_what_waits", "schedule": 5.0},
    "credit-orders": {"task": "chat.tasks.credit_orders", "schedule": 3600.0},
    "move-tests": {"task": "ambassadors.tasks.move_tests", "schedule": 20.0},
    "announce-tests": {"task": "ambassadors.tasks.announce_tests", "schedule": 20.0},
    "look-for-people": {"task": "ambassadors.tasks.look_for_people", "schedule": 86_400.0},
    "review-tiers": {"task": "ambassadors.tasks.review_tiers", "schedule": 86_400.0},
    "review-training": {"task": "ambassadors.tasks.review_training", "schedule": 86_400.0},
    "issue-statements": {"task": "ambassadors.tasks.issue_statements", "schedule": 3600.0},
    "remind-of-events": {"task": "ambassadors.tasks.remind_of_events", "schedule": 600.0},
    "show-shop-messages": {"task": "chat.tasks.show_shop_messages", "schedule": 20.0},
    "remind-testers": {"task": "ambassadors.tasks.remind_testers", "schedule": 3600.0},
    "forget-addresses": {"task": "ambassadors.tasks.forget_addresses", "schedule": 3600.0},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# --- members and signing in ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "community.Member"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "community:home"
LOGOUT_REDIRECT_URL = "community:home"
ACCOUNT_ADAPTER = "community.accounts.AccountAdapter"
ACCOUNT_FORMS = {"signup": "community.forms.accounts.SignupForm"}
ACCOUNT_SIGNUP_FORM_CLASS = "community.forms.signup.SignupFields"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLIC_URL.startswith("https") else "http"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
USERSESSIONS_TRACK_ACTIVITY = True
HEADLESS_CLIENTS = ("app",)
HEADLESS_SERVE_SPECIFICATION = False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

# --- languages and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
MODELTRANSLATION_FALLBACK_LANGUAGES = ("de", "en")
# Ours first, then where other packages lack German or say "Sie".
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "borrowed"]
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# --- files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = env.str("MEDIA_URL", default="/media/")
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # No address leads here.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private", "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.static.ModuleManifestStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
# An address typed without a scheme is meant to be safe: the default from Django 6 on.
FORMS_URLFIELD_ASSUME_HTTPS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

# --- mail ------------------------------------------------------------------------------------------------------------
globals().update(env.email("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Community <community@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Shorter than the lease of a mail (community.services.mailing), whatever the mail server does.
EMAIL_TIMEOUT = 30

# --- safety ----------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = content_security.POLICY
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "community.views.errors.csrf_failure"
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PUBLIC_URL.startswith("https"))
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- API -------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "community.api.authentication.AppToken",
        "community.api.authentication.SiteSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "community.api.problems.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "ENUM_NAME_OVERRIDES": {
        "ConstraintKindEnum": "community.models.ToolkitConstraint.Kind",
        "CouponStateEnum": "gamification.models.Coupon.State",
        "CouponUseStateEnum": "gamification.models.CouponUse.State",
        "EntryKindEnum": "gamification.models.Entry.Kind",
        "NoticeKindEnum": "community.models.Notice.Kind",
        "ApplicationStateEnum": "ambassadors.models.Application.State",
        "FormQuestionKindEnum": "ambassadors.models.form_question.FormQuestion.Kind",
        "ProductTestStateEnum": "ambassadors.models.ProductTest.State",
        "ProductTestAudienceEnum": "ambassadors.models.ProductTest.Audience",
        "TesterStateEnum": "ambassadors.models.Tester.State",
        "EventAudienceEnum": "ambassadors.models.BrandEvent.Audience",
        "RegistrationStateEnum": "ambassadors.models.Registration.State",
        "ConsultationStateEnum": "ambassadors.models.Consultation.State",
        "ThreadStateEnum": "community.models.Thread.State",
    },
    "TITLE": "Kundenkreis",
    "DESCRIPTION": "Ask, answer and be thanked: the community of a brand, for shops, apps and outside tools.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SWAGGER_UI_DIST": "",
}

# --- the rest --------------------------------------------------------------------------------------------------------
UNFOLD = back_office.LOOK
LOGGING = logs.configuration(env.str("LOG_FORMAT", default="text"))
SILENCED_SYSTEM_CHECKS: list[str] = []

if not DEBUG:
    production.refuse_unsafe(globals())
