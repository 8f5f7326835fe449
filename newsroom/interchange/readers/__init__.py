"""One reader per kind of document. A reader takes the decoded text and returns a Story."""

from newsroom.interchange.readers import plain_text

READERS = {".txt": plain_text.read, ".text": plain_text.read, "": plain_text.read}
