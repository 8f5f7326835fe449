"""A pytest plugin that is loaded before the settings are: tests see none of the developer's own environment."""

import os
import tempfile

for name in [name for name in os.environ if name.startswith("NEWSROOM_")]:
    if name not in (
        "NEWSROOM_SHARED",
        "NEWSROOM_CI",
        "NEWSROOM_PROVE",
        "NEWSROOM_FIGURES",
        "NEWSROOM_VNU",
        "NEWSROOM_STATEMENTS",
        "NEWSROOM_STATEMENTS_ONCE",
    ):
        del os.environ[name]

os.environ |= {
    "NEWSROOM_READ_ENV_FILE": "off",
    "NEWSROOM_SECRET_KEY": "for tests only, " + "x" * 50,
    "NEWSROOM_ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "NEWSROOM_SITE_URL": "http://testserver",
    "NEWSROOM_HTTPS": "off",
    "NEWSROOM_MANIFEST": "off",
    "NEWSROOM_API_LIMIT": "0",
    "NEWSROOM_VAR": tempfile.mkdtemp(prefix="newsroom-test-"),
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright runs a loop of its own in the test's thread
}
os.mkdir(os.path.join(os.environ["NEWSROOM_VAR"], "static"))
