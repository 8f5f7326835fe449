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
MBOX = re.compile(r"From \S[^\s@]*+@\S++ .*\d{4}\Z")
COLUMNS = {
    "title",
    "headline",
    "body",
    "text",
    "content",
    "date",
    "published",
    "published_at",
    "author",
    "byline",
    "section",
    "category",
    "tags",
    "slug",
    "url",
    "link",
    "id",
    "summary",
    "excerpt",
    "description",
    "status",
}
RECORDS, CELL, HEAD_BYTES = 50, 40, 4096  # rows looked at, characters, bytes
YAML_KEY = re.compile(r"[A-Za-z_][\w -]{0,40}:(?:\s|\Z)")
TOML_KEY = re.compile(r"\[{1,2}[\w.-]+\]{1,2}|[A-Za-z_][\w.-]{0,40}\s*=")
FRONT_MATTER = 300  # lines
# What nobody writes who writes plain text; one is enough.
MARKDOWN = re.compile(
    r"!?\[[^\[\]\n]{0,300}\]\((?:https?:|mailto:|\.{0,2}/|#)[^()\s]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\)"  # link, picture
    r"|!\[[^\[\]\n]{0,300}\]\([^()\s]{0,300}[./][^()\s]{1,300}(?:\s\"[^\"\n]{0,300}\")?\)"  # picture beside the text
    r"|\[[^\[\]\n]{1,300}\]\([\w./-]{1,300}\.(?:md|html?|pdf|png|jpe?g|gif|webp|svg)\)"  # page beside the text
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
BBCODE = re.compile(
    r"\[/(?:b|i|u|quote|url|img|color|size|caption|gallery|embed|audio|video)\]", re.IGNORECASE
)

RST = re.compile(
    r"^ {0,3}\.\. (?:[a-z][a-z0-9-]{1,40}::|_[^:\n]{1,100}:)(?: |$)"  # directive, target
    r"|(?<![\w:]):[a-z]{2,20}:`[^`\n]{1,300}`"  # role
    r"|`[^`<>\n]{1,300} <https?:[^`<>\s]{1,500}>`__?",  # link
    re.MULTILINE,
)
LITERAL = re.compile(r"(?<![`\w])``[^`\s](?:[^`\n]{0,300}[^`\s])?``(?![`\w])")
ORG = re.compile(
    r"^#\+(?:title|author|date|email|options|language|filetags|startup|caption|name|begin_[a-z]{1,30})\b"
    r"|\[\[[^\[\]\n]{1,500}\]\[[^\[\]\n]{1,300}\]\]",
    re.MULTILINE | re.IGNORECASE,
)
ASCIIDOC = re.compile(
    r"\A= \S[^\n]{0,300}\n(?:[^\n]{0,300}\n){0,3}:[a-z][\w-]{1,40}:(?:\s|\Z)"  # title with an attribute
    r"|(?<![\w/])https?://[^\s\[\]]{1,500}\[(?!sic\])[^\W\d_][^\[\]\n]{0,300}\]"  # link; [1] is a note's mark
    r"|^(?:image|include|video|audio)::[^\s\[\]]{1,500}\[[^\[\]\n]{0,300}\] *$"
    r"|^\[(?:source|quote|verse|cols)[,=][^\n]{0,300}$",
    re.MULTILINE,
)
YAML_BLOCK = re.compile(r"[a-z_][\w-]{0,40}:\s+[|>][+-]?\d?\s*\Z")
PLAIN_KEY = re.compile(r"([a-z_][\w-]{0,40}):(?:\s|\Z)")
SQL = re.compile(
    r"(?:INSERT\s{1,9}(?:IGNORE\s{1,9})?INTO\s{1,9}\S{1,200}\s{0,9}(?:\(|VALUES\b|SELECT\b)"
    r"|CREATE\s{1,9}(?:TABLE|DATABASE|INDEX|VIEW)\s{1,9}[^;]{1,300}[(;]"
    r"|DROP\s{1,9}(?:TABLE|DATABASE)\s{1,9}[^;]{1,300};|DELETE\s{1,9}FROM\s{1,9}[\w.`\"]{1,100}(?:\s{1,9}WHERE\b|;)"
    r"|UPDATE\s{1,9}[\w.`\"]{1,100}\s{1,9}SET\s{1,9}[\w.`\"]{1,100}\s{0,9}=)",
    re.IGNORECASE,
)
ENDS_STATEMENT = re.compile(r";[ \t\r]*$", re.MULTILINE)
BEFORE_SQL = re.compile(
    r"--|/\*|(?:SET|USE|BEGIN|START TRANSACTION)\b.{0,300};$|BEGIN$", re.IGNORECASE
)
DIFF = re.compile(
    r"^diff --git \S|^@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@"
    r"|^--- \S[^\n]{0,300}\n\+\+\+ \S[^\n]{0,300}\n@@ ",
    re.MULTILINE,
)
SLACK = re.compile(
    r"<(?:https?://|mailto:)[^|<>\s]{1,500}\|[^|<>\n]{1,300}>|<[@#][A-Z0-9]{8,12}(?:\|[^<>\n]{1,100})?>"
)
# "[04.03.2026, 09:00:05] Ada: …", "3/4/26, 9:00 AM - Ada: …"; a live blog's hours bear no name and no colon.
STAMP = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u00a0\u202f]?[AP]\.?M\.?)?"
CHAT = re.compile(
    rf"^[\u200e\u200f]?(?:\[{STAMP}\]|{STAMP} -) [^:\n]{{1,60}}: |^[^,\n\[]{{1,60}}, \[{STAMP}\]:? *$",
    re.MULTILINE | re.IGNORECASE,
)
CHAT_BEGINS = re.compile(
    rf"[\u200e\u200f]?(?:\[{STAMP}\]|{STAMP} -) |[^,\n\[]{{1,60}}, \[{STAMP}\]", re.IGNORECASE
)


def is_html(sample: Sample) -> bool:
    """A page, or a piece of one: it begins with a tag and closes one, or half of its lines hold closed tags."""
    if sample.root in ("html", "head", "body"):
        return True
    begins = bool(TAG.match(sample.start)) or sample.start.startswith("<!--")
    closed = [line for line in sample.lines if any(match[1] for match in TAG.finditer(line))]
    return bool(begins and closed) or (
        len(closed) >= ENOUGH and 2 * len(closed) >= len(sample.lines)
    )


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
    return sample.json is not None or bool(
        re.match(r'[\[{]\s*(?:[\[{]\s*)?"[^"\n]{1,100}"\s*[:,]', sample.start)
    )


def is_json_lines(sample: Sample) -> bool:
    some = [*sample.lines[:2], *sample.lines[-1:]]
    return len(sample.lines) > 1 and all(is_object(line) for line in some)


def is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def json_keys(value: object) -> set[str]:
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
    # "rose by 1,5 per cent"
    if all(before[-1:].isdigit() and after[:1].isdigit() for before, after in joints):
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
    text = in_lines(sample)
    if MARKDOWN.search(text) or count(FENCE, text) > 1:
        return True
    return count(HEADING, text) + count(BOLD, text) + count(UNDERLINED, text) >= ENOUGH


def in_lines(sample: Sample) -> str:
    """The text from its first sign on, each line end one sign."""
    return sample.start.replace("\r\n", "\n").replace("\r", "\n")


def is_rst(sample: Sample) -> bool:
    """An underlined title alone is plain text; with code between double marks beside it, it is none."""
    text = in_lines(sample)
    return bool(RST.search(text)) or bool(UNDERLINED.search(text) and LITERAL.search(text))


def is_org(sample: Sample) -> bool:
    return bool(ORG.search(in_lines(sample)))


def is_asciidoc(sample: Sample) -> bool:
    return bool(ASCIIDOC.search(in_lines(sample)))


def is_yaml(sample: Sample) -> bool:
    """Every line that is not set in is a key in small letters, a dash or a remark: two of the keys are known ones, or
    one has its words in lines below it."""
    lines = [line for line in sample.lines if not line.startswith(("#", " ", "\t"))]
    if lines and lines[0].rstrip() == "---":
        lines = lines[1:]
    entries = [line for line in lines if not line.startswith("- ")]
    keys = [key[1] for line in entries if (key := PLAIN_KEY.match(line))]
    if len(keys) < 2 or len(keys) < len(entries):
        return False
    known = set(keys) & COLUMNS
    return len(known) >= 2 or any(YAML_BLOCK.match(line) for line in lines)


def is_sql(sample: Sample) -> bool:
    """It begins with a statement, behind remarks and settings."""
    lines = sample.head.split("\n")
    first = next(
        (n for n, line in enumerate(lines) if line.strip() and not BEFORE_SQL.match(line.strip())),
        0,
    )
    return bool(SQL.match("\n".join(lines[first:]).lstrip())) and bool(
        ENDS_STATEMENT.search(sample.start)
    )


def is_diff(sample: Sample) -> bool:
    return bool(DIFF.search(in_lines(sample)))


def is_of_slack(sample: Sample) -> bool:
    return bool(SLACK.search(sample.start))


def is_chat(sample: Sample) -> bool:
    """It begins with a moment, and two lines have a moment and a name."""
    return bool(CHAT_BEGINS.match(sample.start)) and count(CHAT, in_lines(sample)) > 1


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
