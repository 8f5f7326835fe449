"""How long a text may be, in characters as it is stored: said once, for forms, imports, fixtures and what two texts
make together. What fits on one line has its limit at its column.

A longer text is refused with its length, and never cut. Each is far more than anybody writes; work is measured by it
(tests/articles/test_bounds.py).
"""

BODY = 500_000  # of a story's or a page's text, with its tags and entities: three hundred pages of a book
NOTE = 20_000  # how a story was reported, where its facts come from, everything that a chart says
DEK = CAPTION = BIO = 5_000
RECORD = 600  # what was wrong, what is right, and the line that readers see
