import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django_application = get_wsgi_application()
CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s\";]*)", re.IGNORECASE)


def application(environ, start_response):
    """Addresses and forms are UTF-8. Django reads the question of an address by the charset of a Content-Type, before
    any middleware: a header would change the answer, and one that names no text ("hex") end in a fault."""
    if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
        environ.pop("CONTENT_TYPE", None)
    elif any(name.lower() != "utf-8" for name in CHARSET.findall(environ.get("CONTENT_TYPE", ""))):
        start_response(
            "400 Bad Request", [("Content-Type", "text/plain"), ("Cache-Control", "no-store")]
        )
        return [b"Send forms in UTF-8.\n"]
    return django_application(environ, start_response)
