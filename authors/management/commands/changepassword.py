from django.contrib.auth.management.commands import changepassword

from authors import console


class Command(changepassword.Command):
    """Django’s own; what it does stands in the logbook."""

    def handle(self, *args, **options):
        with console.logged("changepassword"):
            return super().handle(*args, **options)
