"""Start the web server: `python -m newsroom.serve --bind 127.0.0.1:8000`, which takes gunicorn's own options besides.

Gunicorn reads WEB_CONCURRENCY before it reads our settings, and answers nonsense with a traceback.
"""

import os
import sys
from pathlib import Path

from newsroom import env

CONFIG = Path(__file__).with_name("gunicorn.py")

if __name__ == "__main__":
    env.number("WEB_CONCURRENCY", 2, least=1)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        str(CONFIG),
        *sys.argv[1:],
        "newsroom.wsgi:application",
    ]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter
