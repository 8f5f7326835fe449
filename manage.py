#!/usr/bin/env python
"""Everything the newsroom does from a terminal: `python manage.py help`."""

import os
import sys

from newsroom import terminal

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    terminal.run(sys.argv)
