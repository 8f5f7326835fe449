"""By what a kind of text is known that is written as text and is no plain text: mail, tables, and the markups.

A plain story may hold any of these signs once: a list with asterisks, "<3", a line with commas, "From:", a first line
that begins with "#". Each function here asks for what plain text does not do, and takes time in proportion to the text.
"""

import csv
import io
import json
import re
from collections import Counter
from itertools import pairwise

from newsroom.interchange.sample import Sample

TAG = re.compile(
    r"<(/?)(?:p|div|h[1-6]|ul|ol|li|br|hr|a|span|strong|em|b|i|u|img|blockquote|table|tr|td|th|figure|figcaption|article"
    r"|section|header|footer|script|style|iframe|font|pre|code|sup|sub)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
HEADER = re.compile(r"([A-Za-z][A-Za-z-]{1,40}|От|Кому|Копия|Тема|Дата|Отправлено):(?=\s|\Z)")
OF_PEOPLE = {"from", "to", "cc", "bcc", "sender", "reply-to", "от", "кому", "копия"}
OF_MAIL = OF_PEOPLE | {"subject", "date", "sent", "тема", "дата", "отправлено"}
OF_PROGRAMS = {
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "delivered-to",
    "dkim-signature",
    "in-reply-to",
    "references",
    "authentication-results",
    "list-id",
    "list-unsubscribe",
    "x-mailer",
}
MBOX = re.compile(r"From \S+@\S+ .*\d{4}\Z")
COLUMNS = {
    "title", "headline", "body", "text", "content", "date", "published", "published_at", "author", "byline", "section",
    "category", "tags", "slug", "url", "link", "id", "summary", "excerpt", "description", "status",
}  # fmt: skip
RECORDS, CELL, HEAD_BYTES = 50, 40, 4096  # rows looked at, characters, bytes
YAML_KEY = re.compile(r"[A-Za-z_][\w -]{0,40}:(?:\s|\Z)")
TOML_KEY = re.compile(r"\[+[\w.-]+\]+|[A-Za-z_][\w.-]{0,40}\s*=")
FRONT_MATTER = 300  # lines
# What nobody writes who writes plain text; one is enough.
MARKDOWN = re.compile(
    r"!?\[[^\[\]\n]{0,300}\]\((?:https?:|mailto:|\.{0,2}/|#)[^()\s]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\)"  # link, picture
    r"|^ {0,3}\[[^\[\]\n]{1,100}\]:\s?(?:https?:|mailto:|\.{0,2}/)\S"  # address of a link, or a note's
    r"|^ {0,3}\|?(?: {0,9}:?-{3,}:? {0,9}\|)+(?: {0,9}:?-{3,}:?)? *$",  # head of a table
    re.MULTILINE,
)
FENCE = re.compile(r"^ {0,3}(?:```|~~~)[\w+-]{0,30} *$", re.MULTILINE)
# What plain text does too, now and then: three of them are markup.
HEADING = re.compile(r"^#{1,6} (?!\d+\b)\S", re.MULTILINE)
BOLD = re.compile(r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,300}(?<=[^\s*])\*\*(?![\w*])")
UNDERLINED = re.compile(r"^[^\s=-][^\n]{0,150}\n(?:={4,}|-{4,}) *$", re.MULTILINE)
ENOUGH = 3
WIKI_LINK, WIKI_BOLD = re.compile(r"\[\[[^\[\]\n]{1,200}\]\]"), re.compile(r"'''[^'\n]{1,200}'''")
WIKI_HEADING = re.compile(r"^(={2,6}) ?[^=\n]{1,150}\1 *$", re.MULTILINE)
BBCODE = re.compile(r"\[/(?:b|i|u|quote|url|img|color|size|caption|gallery|embed|audio|video)\]", re.IGNORECASE)


def is_html(sample: Sample) -> bool:
    """A page, or a piece of one: it begins with a tag and closes one, or half of its lines hold closed tags."""
    if sample.root in ("html", "head", "body"):
        return True
    begins = bool(TAG.match(sample.start)) or sample.start.startswith("<!--")
    closed = [line for line in sample.lines if any(match[1] for match in TAG.finditer(line))]
    return bool(begins and closed) or (len(closed) >= ENOUGH and 2 * len(closed) >= len(sample.lines))


def is_mail(sample: Sample) -> bool:
    """Headers at the top: one that programs write, or two of people of which one has an address, or four."""
    lines = re.split(r"\r\n|\r|\n", sample.head)
    if MBOX.match(lines[0]):
        return True
    names, addressed = [], False
    for line in lines:
        header = HEADER.match(line)
        if header:
            names.append(header[1].casefold())
            addressed = addressed or (names[-1] in OF_PEOPLE and "@" in line)
        elif not (names and line.startswith((" ", "\t"))):
            break
    people, programs = set(names) & OF_MAIL, set(names) & OF_PROGRAMS
    return bool(programs and len(names) > 1) or len(people) >= (2 if addressed else 4)


def is_json(sample: Sample) -> bool:
    """Whole, or begun and broken off."""
    return sample.json is not None or bool(re.match(r'[\[{]\s*(?:[\[{]\s*)?"[^"\n]{1,100}"\s*[:,]', sample.start))


def is_json_lines(sample: Sample) -> bool:
    some = [*sample.lines[:2], *sample.lines[-1:]]
    return len(sample.lines) > 1 and all(is_object(line) for line in some)


def is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def json_keys(value) -> set[str]:
    """The keys of a JSON object, or of the first of a list of objects."""
    if isinstance(value, list):
        value = value[0] if value else None
    return set(value) if isinstance(value, dict) else set()


def is_table(sample: Sample) -> bool:
    return any(is_separated(sample, delimiter) for delimiter in ",;\t|")


def is_separated(sample: Sample, delimiter: str) -> bool:
    """Rows of equally many cells: under a head with names that we know, or cells that no blank parts from the
    delimiter, as it parts words from a comma."""
    rows = []
    try:
        for row in csv.reader(io.StringIO(sample.start[:200_000], newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > RECORDS:
                break
    except csv.Error:  # a cell without end
        pass
    if len(sample.start) > 200_000 and len(rows) <= RECORDS:
        rows = rows[:-1]  # cut in the middle
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return False
    if len({cell.strip().casefold() for cell in rows[0]} & COLUMNS) >= 2:
        return True
    if not any(row[0].strip() for row in rows):  # lines that begin with a tab
        return False
    joints = [pair for row in rows for pair in pairwise(row)]
    if all(before[-1:].isdigit() and after[:1].isdigit() for before, after in joints):  # "rose by 1,5 per cent"
        return all(cell.strip().replace(".", "").isdigit() for row in rows for cell in row)
    cells = [cell for row in rows for cell in row[1:]]
    apart = sum(cell[:1].isspace() for cell in cells)
    short = sum(len(cell) for row in rows for cell in row) <= CELL * len(rows) * len(rows[0])
    return apart * 4 <= len(cells) and (len(rows[0]) > 2 or (short and len(rows) > 2))


def has_front_matter(sample: Sample) -> bool:
    fences = {"---": (("---", "..."), YAML_KEY), "+++": (("+++",), TOML_KEY)}
    lines = [line.rstrip() for line in sample.lines[:FRONT_MATTER]]
    if len(lines) < 3 or lines[0] not in fences:
        return False
    ends, key = fences[lines[0]]
    return bool(key.match(lines[1])) and any(line in ends for line in lines[2:])


def is_markdown(sample: Sample) -> bool:
    text = sample.start.replace("\r\n", "\n").replace("\r", "\n")
    if MARKDOWN.search(text) or count(FENCE, text) > 1:
        return True
    return count(HEADING, text) + count(BOLD, text) + count(UNDERLINED, text) >= ENOUGH


def is_wiki(sample: Sample) -> bool:
    return any(count(sign, sample.start) > 1 for sign in (WIKI_LINK, WIKI_BOLD, WIKI_HEADING))


def is_bbcode(sample: Sample) -> bool:
    return count(BBCODE, sample.start) > 1


def count(sign: re.Pattern, text: str) -> int:
    """How often, up to `ENOUGH`."""
    return sum(1 for _, _ in zip(range(ENOUGH), sign.finditer(text), strict=False))


def is_utf_16(sample: Sample, codec: str) -> bool:
    """Text of that byte order without a mark: every zero byte stands at one side of its pair, and what comes of it are
    letters and signs."""
    raw = sample.raw[: HEAD_BYTES & ~1]
    zeros = Counter(place % 2 for place, byte in enumerate(raw) if byte == 0)
    side = 1 if codec == "utf-16-le" else 0
    if len(sample.raw) % 2 or not zeros[side] or zeros[1 - side]:
        return False
    try:
        text = raw.decode(codec)
    except UnicodeError:
        return False
    return text.isprintable() or all(char.isprintable() or char in "\t\r\n\ufeff" for char in text)
