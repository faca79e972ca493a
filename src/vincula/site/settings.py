"""Django's settings, all of them derived from common.config: an installation is described by its environment alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import dj_database_url

from vincula.common import config, data_folder

_config = config.load()
_data = _config.data
data_folder.prepare(_data)

SECRET_KEY = config.secret_key()
DEBUG = False
ALLOWED_HOSTS = list(_config.hosts)
ROOT_URLCONF = "vincula.site.urls"
WSGI_APPLICATION = "vincula.site.wsgi.application"

# Public addresses are https (VINCULA_HTTPS): a form that comes from them is ours, and cookies go there only. HSTS is
# left to the proxy: a browser does not forget it when the installation goes back.
CSRF_TRUSTED_ORIGINS = list(_config.origins) if _config.https else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _config.https

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "vincula.common.accounts",
    "vincula.common.audit",
    "vincula.common.jobs",
    "vincula.common.mail",
    "vincula.common.page",
    "vincula.national.ibge",
    "vincula.national.cadop",
    "vincula.national.receita",
    "vincula.national.cadsus",
    "vincula.national.sib",
    "vincula.national.cnes",
    "vincula.national.govbr",
    "vincula.national.support",
    "vincula.national.sgop",
    "vincula.national.onboarding",
    "vincula.national.api",
    "vincula.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "vincula.common.page.middleware.PageHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "vincula.common.page.middleware.WrongMethod",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vincula.common.page.context.page",
            ],
        },
    }
]

_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        # The map is the largest that SQLite makes: it takes addresses, not memory. What is committed is carried from
        # the log into the base every 32 MiB: less often than by default, for the same pages change again and again.
        "PRAGMA cache_size=-65536; PRAGMA mmap_size=2147418112; PRAGMA wal_autocheckpoint=8192;"
    ),
}


def _database(alias: str, file: str, schema: str) -> dict[str, Any]:
    """The main base, and the stores of the audit and of the jobs, apart from it (design, section 3)."""
    if not _config.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(_data / file),
            "OPTIONS": dict(_SQLITE_OPTIONS),
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": str(_data / f"teste-{file}"), "DEPENDENCIES": []},
        }
    settings: dict[str, Any] = dict(dj_database_url.parse(_config.database_url, conn_max_age=60))
    options = dict(settings.get("OPTIONS", {}))
    options["options"] = f"-c search_path={schema}"
    settings["OPTIONS"] = options
    settings["TEST"] = {"NAME": f"teste_{schema}", "DEPENDENCIES": []}
    return settings


DATABASES = {
    "default": _database("default", "vincula.sqlite3", "public"),
    "audit": _database("audit", "auditoria.sqlite3", "auditoria"),
    "jobs": _database("jobs", "tarefas.sqlite3", "tarefas"),
}
DATABASE_ROUTERS = ["vincula.common.stores.StoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.Pessoa"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "vincula.common.accounts.passwords.PortalPasswordValidator"}]
LOGIN_URL = "entrar"
LOGIN_REDIRECT_URL = "inicio"
CSRF_FAILURE_VIEW = "vincula.common.page.errors.csrf_failure"

# Failed logins: five for one person from one address, then a quarter of an hour. No CPF is kept (see lockout.py).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "cpf"
AXES_CLIENT_IP_CALLABLE = "vincula.common.accounts.lockout.counted_place"
AXES_USERNAME_CALLABLE = "vincula.common.accounts.lockout.counted_name"
AXES_LOCKOUT_CALLABLE = "vincula.common.accounts.views.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "cpf", "next", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# A wrong password is in the audit, and the visitor is told; the library would print each, in English, for nobody.
LOGGING = {"version": 1, "disable_existing_loggers": False, "loggers": {"axes": {"level": "ERROR"}}}

LANGUAGE_CODE = "pt-br"
TIME_ZONE = "America/Sao_Paulo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# An SBX of 100,000 procedures has some 120 MB: it goes to a file at once, in the data folder, not to memory.
FILE_UPLOAD_HANDLERS = ["vincula.national.sib.uploads.LimitedUpload"]
FILE_UPLOAD_TEMP_DIR = str(_config.folder("sib", "chegada"))
FILE_UPLOAD_PERMISSIONS = 0o600

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
