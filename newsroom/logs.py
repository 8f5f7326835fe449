"""Log lines that stay one line each: whatever a visitor sends, it cannot forge a second line."""

import logging


class OneLineFormatter(logging.Formatter):
    """JSON-like escapes for control characters and Unicode line ends; a traceback keeps its lines, indented."""

    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record):
        line = super().formatMessage(record)
        return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)

    def formatException(self, exc_info):
        return "    " + super().formatException(exc_info).replace("\n", "\n    ")
