"""One reader per kind of document: it takes the decoded text and returns a Story. Which is whose: formats.py."""
