"""Every setting of the newsroom, read from the environment and safe by default.

What can be set, and what it does: docs/settings.md (a test keeps that page and this file in step).
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django_prose_editor.config import EXTENSION_MAPPING, html_tags
from js_asset import static_lazy
from whitenoise.compress import Compressor

from newsroom import env
from newsroom.feeds.agents import AI_AGENTS
from newsroom.foundation import languages

BASE_DIR = Path(__file__).resolve().parent.parent
if env.flag("NEWSROOM_READ_ENV_FILE", True):
    env.read_file(BASE_DIR / ".env")

# --- Safety first -------------------------------------------------------------------------------
DEBUG = env.flag("NEWSROOM_DEBUG", False)
SECRET_KEY = env.secret_key("NEWSROOM_SECRET_KEY", debug=DEBUG)
SECRET_KEY_FALLBACKS = env.former_keys("NEWSROOM_SECRET_KEY_FALLBACKS", debug=DEBUG)
ALLOWED_HOSTS = env.hosts("NEWSROOM_ALLOWED_HOSTS", debug=DEBUG)
NEWSROOM_HTTPS = env.flag("NEWSROOM_HTTPS", not DEBUG)

# --- The outlet ---------------------------------------------------------------------------------
NEWSROOM_NAME = env.text("NEWSROOM_NAME", "Newsroom")
THIS_MACHINE = f"http://127.0.0.1:{env.number('PORT', 8000)}"  # what `make run` serves
NEWSROOM_SITE_URL = env.site_url("NEWSROOM_SITE_URL", THIS_MACHINE, https=NEWSROOM_HTTPS)
NEWSROOM_DESCRIPTION = env.text("NEWSROOM_DESCRIPTION")  # left out, a line made from the name
NEWSROOM_CONTACT = env.text("NEWSROOM_CONTACT")  # where readers write; shown in the footer when set
# a static file of the outlet's own folder, such as brand/logo.svg
NEWSROOM_LOGO = env.text("NEWSROOM_LOGO")
# a square static file of the outlet's own folder, such as brand/icon.png
NEWSROOM_ICON = env.text("NEWSROOM_ICON")
# the last line of every page; left out, the outlet's name
NEWSROOM_FOOTER = env.text("NEWSROOM_FOOTER")
NEWSROOM_SHARE = env.chosen("NEWSROOM_SHARE", ("telegram", "email", "copy", "print", "share"))
# the outlet's own templates/ and static/, asked before ours
NEWSROOM_BRAND = env.own_folder("NEWSROOM_BRAND")
# questions a minute from one address; 0: any number
NEWSROOM_API_LIMIT = env.number("NEWSROOM_API_LIMIT", 300)
NEWSROOM_CORS = env.names("NEWSROOM_CORS")  # origins whose pages may read the API; "*" for all
NEWSROOM_HUB = env.web_address("NEWSROOM_HUB")  # a WebSub hub that our feeds name; left out, none
# a line such as "© Example News"; left out, none is claimed
NEWSROOM_RIGHTS = env.text("NEWSROOM_RIGHTS")
# every opt-out follows from it (docs/machines.md)
NEWSROOM_AI_TRAINING = env.flag("NEWSROOM_AI_TRAINING", False)
# where a licence to train on it can be had
NEWSROOM_AI_POLICY = env.web_address("NEWSROOM_AI_POLICY")
NEWSROOM_AI_AGENTS = env.names("NEWSROOM_AI_AGENTS") or AI_AGENTS
NEWSROOM_TRUST = env.trust_lines("NEWSROOM_TRUST")
# mailto: or https: address for security.txt
NEWSROOM_SECURITY_CONTACT = env.contact("NEWSROOM_SECURITY_CONTACT")
TIME_ZONE = env.zone("NEWSROOM_TIME_ZONE", "Asia/Tashkent")
LANGUAGE_CODE = env.language("NEWSROOM_LANGUAGE", "en", languages.INTERFACE)
NEWSROOM_LANGUAGES = env.editions("NEWSROOM_LANGUAGES", LANGUAGE_CODE, tuple(languages.NAMES))
LANGUAGES = [(code, languages.name_of(code)) for code in languages.INTERFACE]
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["newsroom.formats"]

# --- Where things live --------------------------------------------------------------------------
VAR_DIR = env.writable_folder("NEWSROOM_VAR", BASE_DIR / "var")
DATABASES = {"default": env.database("DATABASE_URL", var=VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = (
    [NEWSROOM_BRAND / "static"] if NEWSROOM_BRAND and (NEWSROOM_BRAND / "static").is_dir() else []
)
# Maps for finding faults in the editor, two files of 2 MB: to pack them took longer than all else.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
NEWSROOM_MANIFEST = env.flag("NEWSROOM_MANIFEST", not DEBUG)  # hashed names; needs collectstatic
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "newsroom.staticfiles.JoinedManifestStorage"
        if NEWSROOM_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- The house ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "newsroom.apps.NewsroomConfig",
    "newsroom.apps.DeskConfig",
    "taggit",  # before articles, whose admin takes taggit's own tags off the desk
    "articles.apps.ArticlesConfig",
    "authors.apps.AuthorsConfig",
    "django_prose_editor",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "newsroom.middleware.health_questions_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.api.other_sites.other_sites_middleware",
    "newsroom.middleware.unchanged_page_middleware",
    "newsroom.middleware.PublicHeadersMiddleware",
    "newsroom.middleware.nothing_else_counts_middleware",
    "newsroom.middleware.database_file_middleware",
    "newsroom.middleware.possible_request_middleware",
    "newsroom.known_methods.known_methods_middleware",
    "newsroom.middleware.desk_language_middleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "newsroom.middleware.DeskSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "newsroom.request_size.RequestSizeMiddleware",  # before the first that reads a form
    "django.middleware.csrf.CsrfViewMiddleware",
    "newsroom.middleware.DeskAuthenticationMiddleware",
    "newsroom.middleware.DeskMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
AUTH_USER_MODEL = "authors.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "newsroom.views.csrf_failure"
TAGGIT_CASE_INSENSITIVE = True
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    # the editor's own: a place to go on behind a photo
    {"js": [], "extensions": {"TrailingNode": html_tags([])}},
    *(
        {"js": [static_lazy(f"articles/desk/editor/{name}.js")], "extensions": extensions}
        for name, extensions in {
            "clean_paste": {"CleanPaste": html_tags([])},
            "boxes": {
                "PullQuote": html_tags(["blockquote"], {"blockquote": ["data-pull-quote"]}),
                "FactBox": html_tags(["aside"], {"aside": ["data-fact-box"]}),
                "OneBoxEach": html_tags([]),
            },
            "find": {"FindReplace": html_tags([])},
            "html": {"HTML": html_tags([])},
            "language": {"StoryLanguage": html_tags([])},
            "link": {"Link": html_tags(["a"], {"a": ["href"]})},
            "list": {"OrderedList": html_tags(["ol"], {"ol": ["start", "type"]})},
            "photo": {
                "PhotoInText": html_tags(["figure", "figcaption"], {"figure": ["data-photo"]})
            },
            "embed": {"Embed": html_tags(["figure"], {"figure": ["data-embed"]})},
            "table": {name: EXTENSION_MAPPING[name] for name in ("Table", "TableHeader")},
            "toolbar": {"Toolbar": html_tags([])},
            "note": {"DeskNote": html_tags(["mark"], {"mark": ["data-note"]})},
        }.items()
    ),
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [NEWSROOM_BRAND / "templates"] if NEWSROOM_BRAND else [],
        "APP_DIRS": True,  # the newsroom stands before the admin in the list above, so that the desk's pages win
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.outlet.chrome",
            ]
        },
    }
]

# nobody publishes what they began or wrote last
NEWSROOM_SECOND_PAIR_OF_EYES = env.flag("NEWSROOM_SECOND_PAIR_OF_EYES", False)
# seconds that anyone may keep a public page
NEWSROOM_PAGE_AGE = env.number("NEWSROOM_PAGE_AGE", 30)
NEWSROOM_EDITION = env.text("NEWSROOM_EDITION")  # under the day in the masthead
# a serif of our own; `collectstatic` puts it into the CSS
NEWSROOM_FONT_PACK = env.flag("NEWSROOM_FONT_PACK", False)
# seconds; after that a withdrawn picture is asked for again
NEWSROOM_PICTURE_AGE = env.number("NEWSROOM_PICTURE_AGE", 300)
# renditions are made by `rebuild_pictures --watch`, not while somebody waits for the upload
NEWSROOM_PICTURES_LATER = env.flag("NEWSROOM_PICTURES_LATER", False)

# --- Limits -------------------------------------------------------------------------------------
# bytes of one form without its files: a body has a million letters
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 200  # the library says itself how many it takes at once
FILE_UPLOAD_PERMISSIONS = 0o644

# --- Headers ------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = NEWSROOM_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = NEWSROOM_HTTPS
SESSION_COOKIE_NAME = "__Host-desk" if NEWSROOM_HTTPS else "desk"
CSRF_COOKIE_NAME = "__Host-csrf" if NEWSROOM_HTTPS else "csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# 30 days: long enough to protect, short enough to undo. Subdomains and preload bind names that
# Newsroom knows nothing about, so both are the outlet's own decision.
SECURE_HSTS_SECONDS = env.number("NEWSROOM_HSTS_SECONDS", 30 * 24 * 3600) if NEWSROOM_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("NEWSROOM_HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env.flag("NEWSROOM_HSTS_PRELOAD", False)
NEWSROOM_PROXIES = env.number("NEWSROOM_PROXIES", 0)  # how many proxies of ours stand in front
NINJA_NUM_PROXIES = NEWSROOM_PROXIES  # whose address counts as the reader's, for the API's limit
if NEWSROOM_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # subdomains and preload: see above

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "newsroom.logs.OneLineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A page that is not there is no event: anyone can ask for thousands of them.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django": {"handlers": [], "level": "WARNING"},
    },
}
