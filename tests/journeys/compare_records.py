"""Two records of `page_record`, compared: `python -m tests.journeys.compare_records var/before var/after`.

Pages stand in a record as trees that hold the white space that readers see and no other, so each line that differs is a
difference. Everything else (feeds, answers for programs, texts) must be the same byte for byte; where the HTML that a
feed or an answer carries differs in white space alone, that is told apart from other differences. The end is 1 if
anything else differs, or if a record lacks something that the other has.
"""

import difflib
import re
import sys
from pathlib import Path

SHOWN = 20  # lines of each difference
# White space in HTML that stands in a feed, or as a value in JSON: as it is, or as JSON writes ends of lines.
BLANKS = re.compile(r"(?:\s|\\n)+")
# Where HTML may have it: between tags and at their edges, written as HTML or as a text in XML or JSON.
AT_TAGS = re.compile(r" ?(<|>|&lt;|&gt;|\\u003C|\\u003E) ?")


def without_blanks_at_tags(text: str) -> str:
    return AT_TAGS.sub(r"\1", BLANKS.sub(" ", text))


def compare(before: str, after: str) -> str:
    """What differs between two entries of a record: "", "white space", "content"."""
    if before == after:
        return ""
    is_page = "html" in before.partition("\n")[0]
    if not is_page and without_blanks_at_tags(before) == without_blanks_at_tags(after):
        return "white space"
    return "content"


def main(before: Path, after: Path) -> int:
    names = {file.name for file in before.iterdir()}, {file.name for file in after.iterdir()}
    found = {"": [], "white space": [], "content": []}
    for name in sorted(names[0] & names[1]):
        texts = [(folder / name).read_text("utf-8") for folder in (before, after)]
        found[compare(*texts)].append(name)
        if compare(*texts) == "content":
            lines = difflib.unified_diff(
                *(text.splitlines() for text in texts), name, name, n=3, lineterm=""
            )
            print("\n".join([line[:200] for line in lines][:SHOWN]), end="\n\n")
    for name in sorted(names[0] ^ names[1]):
        print(f"only in {before if name in names[0] else after}: {name}")
    for name in found["white space"]:
        print(f"the HTML that it carries has other white space: {name}")
    print(
        f"{len(found[''])} are equal, {len(found['white space'])} differ in white space of the HTML that they carry,"
    )
    print(f"{len(found['content'])} differ, {len(names[0] ^ names[1])} stand in one record only.")
    return int(bool(found["content"] or names[0] ^ names[1]))


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
