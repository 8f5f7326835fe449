from django.core.management import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.db.models.signals import post_save

from articles.body import BodyField
from articles.taken_out import in_one_line
from newsroom.logs import OneLineFormatter

LONGEST = 100  # characters of a name


class Command(loaddata.Command):
    """Django’s own; a line for each text says what it lost when it was stored."""

    def handle(self, *args, **options):
        self.lost = {}
        post_save.connect(self.look_at, weak=False, dispatch_uid="loaddata")
        try:
            super().handle(*args, **options)
        except DeserializationError as error:
            why = error.__cause__ or error.__context__ or error
            raise CommandError(f"The fixture cannot be read: {why}. Nothing of it was loaded.") from error
        finally:
            post_save.disconnect(dispatch_uid="loaddata")
        if options["verbosity"]:
            for line in self.lost.values():
                self.stdout.write(line)

    def look_at(self, sender, instance, raw=False, **kwargs):
        for field in sender._meta.concrete_fields if raw else ():
            source = getattr(instance, field.attname) if isinstance(field, BodyField) else None
            if isinstance(source, str) and (said := in_one_line(source)):
                name = OneLineFormatter.printable(f"{sender._meta.verbose_name} {instance.pk} “{instance}”"[:LONGEST])
                self.lost[sender, instance.pk] = f"{name}: {OneLineFormatter.printable(said)}"
