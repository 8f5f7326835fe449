"""One reader per kind of document: it takes a Sample and a time zone and yields Stories. Which is whose: formats.py."""
