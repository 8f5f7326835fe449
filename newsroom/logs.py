"""Log lines that stay one line each: whatever a visitor sends, it cannot forge a second line."""

import logging

LONGEST_REFUSAL = 300  # characters


class OneLineFormatter(logging.Formatter):
    """JSON-like escapes for control characters and Unicode line ends; a traceback keeps its lines, indented."""

    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record):
        """What a stranger sends and Django refuses (a wrong Host, a cookie that was tampered with) is one short line:
        where in our code it was refused helps nobody, and anyone can ask for thousands of them."""
        if not record.name.startswith("django.security"):
            return super().format(record)
        plain = logging.makeLogRecord(record.__dict__ | {"exc_info": None, "exc_text": None})
        return super().format(plain)[:LONGEST_REFUSAL]

    def formatMessage(self, record):
        line = super().formatMessage(record)
        return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)

    def formatException(self, exc_info):
        return "    " + super().formatException(exc_info).replace("\n", "\n    ")
