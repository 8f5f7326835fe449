"""Print the `.env` with which `make run` serves this machine alone: `python -m newsroom.first_env > .env`."""

import secrets
import sys

TEXT = """\
# Made by `make run` for this machine. Never commit it. What can stand here: docs/settings.md
NEWSROOM_SECRET_KEY={key}
NEWSROOM_DEBUG=off
NEWSROOM_HTTPS=off
NEWSROOM_ALLOWED_HOSTS=127.0.0.1,localhost,[::1]
"""

if __name__ == "__main__":
    sys.stdout.write(TEXT.format(key=secrets.token_urlsafe(50)))
