from django.contrib.auth.management.commands import createsuperuser

from authors import console


class Command(createsuperuser.Command):
    """Django’s own; what it does stands in the logbook."""

    def handle(self, *args, **options):
        with console.logged("createsuperuser"):
            return super().handle(*args, **options)
