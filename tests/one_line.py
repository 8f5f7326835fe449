"""A page in one line: what tests look for in a page does not depend on how its template is laid out."""

import re

BLOCKS = """address article aside blockquote body br caption datalist dd details div dl dt fieldset figcaption figure
    footer form h1 h2 h3 head header hr html legend li link main meta nav ol option p pre script section summary table
    tbody td th thead title tr ul"""
AT_BLOCKS = re.compile(rf" ?(</?(?:{'|'.join(BLOCKS.split())})\b[^>]*>) ?")


def in_one_line(page: str) -> str:
    """Without the white space that nobody sees: in tags, and at the edges of blocks; else one space for each run."""
    page = re.sub(r"\s+", " ", page)
    page = re.sub(r"(<[^<>]*?) (/?>)", r"\1\2", page)
    return AT_BLOCKS.sub(r"\1", page)
