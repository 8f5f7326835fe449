"""Log lines that stay one line each: whatever a visitor sends, it cannot forge a second line."""

import logging

from newsroom.lost_parts import part_that_is_gone

LONGEST_REFUSAL = 300  # characters


class OneLineFormatter(logging.Formatter):
    """JSON-like escapes for control characters and Unicode line ends; a traceback keeps its lines, indented."""

    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record):
        """What a stranger sends and Django refuses (a wrong Host, a cookie that was tampered with) is one short line:
        where in our code it was refused helps nobody, and anyone can ask for thousands of them. So is a part that is
        gone (the database, the disk), which every request then says."""
        exception = (record.exc_info or (None, None))[1]
        trouble = exception and part_that_is_gone(exception)
        if not trouble and not record.name.startswith("django.security"):
            return super().format(record)
        plain = logging.makeLogRecord(record.__dict__ | {"exc_info": None, "exc_text": None})
        reason = f" ({type(exception).__name__}: {exception})" if trouble else ""
        return super().format(plain)[:LONGEST_REFUSAL] + self.printable(reason)[:LONGEST_REFUSAL]

    def formatMessage(self, record):
        return self.printable(super().formatMessage(record))

    @staticmethod
    def printable(line):
        return "".join(
            char if char.isprintable() else char.encode("unicode_escape").decode() for char in line
        )

    def formatException(self, exc_info):
        return "    " + super().formatException(exc_info).replace("\n", "\n    ")
