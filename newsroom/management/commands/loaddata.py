import zlib
from xml.sax import SAXException
from zipfile import BadZipFile

from django.core.management import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.db import Error
from django.db.models.signals import post_save

from articles.text.body import BodyField
from articles.text.taken_out import in_one_line
from newsroom.logs import OneLineFormatter

try:
    from lzma import LZMAError
except ImportError:  # a Python that was built without it; Django reads no such fixture then
    LZMAError = EOFError

LONGEST = 100  # characters of a name
# A file that is not in UTF-8, no XML, or not packed as its ending says.
NOT_ITS_KIND = (UnicodeError, SAXException, BadZipFile, EOFError, LZMAError, zlib.error, OSError)


def not_read(fixture: str, why: BaseException) -> CommandError:
    words = str(why).strip().partition("\n")[0].rstrip(".")
    name = OneLineFormatter.printable(fixture)
    return CommandError(f"The fixture cannot be read: {words} ({name}). Nothing of it was loaded.")


class Command(loaddata.Command):
    """Django’s own; a line for each text says what it lost when it was stored."""

    def handle(self, *args, **options):
        self.lost = {}
        post_save.connect(self.look_at, weak=False, dispatch_uid="loaddata")
        try:
            super().handle(*args, **options)
        finally:
            post_save.disconnect(dispatch_uid="loaddata")
        if options["verbosity"]:
            for line in self.lost.values():
                self.stdout.write(line)

    def load_label(self, fixture_label):
        try:
            super().load_label(fixture_label)
        except DeserializationError as error:
            why = error.__cause__ or error.__context__ or error
            if isinstance(why, Error):  # the database's trouble, not the fixture's
                raise why from None
            raise not_read(fixture_label, why) from error
        except NOT_ITS_KIND as error:
            raise not_read(fixture_label, error) from error

    def look_at(self, sender, instance, raw=False, **kwargs):
        for field in sender._meta.concrete_fields if raw else ():
            source = getattr(instance, field.attname) if isinstance(field, BodyField) else None
            if isinstance(source, str) and (said := in_one_line(source)):
                name = OneLineFormatter.printable(
                    f"{sender._meta.verbose_name} {instance.pk} “{instance}”"[:LONGEST]
                )
                self.lost[sender, instance.pk] = f"{name}: {OneLineFormatter.printable(said)}"
