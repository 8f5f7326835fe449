"""Set up a newsroom to look at: tables, the two seed reports, the demo edition, one login."""

import secrets

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand

from articles.models import Article, Origin
from authors import console
from authors.models import User
from newsroom.demo.edition import publish_edition

USERNAME = "chief"


class Command(BaseCommand):
    help = (
        "Set up a newsroom to look at. Running it again changes nothing and keeps what you wrote."
    )
    requires_system_checks = []  # pyright: ignore[reportAssignmentType] - the stub knows only Django’s “__all__”

    def handle(self, *args, **options):
        call_command("migrate", verbosity=0, skip_checks=True)
        uids = Article.objects.filter(origin=Origin.FIXTURE).count()
        if not uids:
            call_command("loaddata", "seed_documents", verbosity=0, skip_checks=True)
        chief, password = self.chief_editor()
        made = publish_edition(by=chief)
        self.stdout.write(
            f"{made} stories of the demo edition made, {2 if not uids else 0} seed reports loaded."
        )
        if password:
            self.stdout.write(
                f"\n  Login for the desk (/admin/), shown only this once:\n\n    {USERNAME}\n    {password}\n"
            )

    def chief_editor(self) -> tuple[User, str | None]:
        """The Chief editor's account, and its password if it was made just now."""
        chief = User.objects.filter(username=USERNAME).first()
        if chief:
            return chief, None
        password = secrets.token_urlsafe(12)
        with console.logged("demo"):
            chief = User.objects.create_user(USERNAME, password=password, is_staff=True)
            chief.groups.add(Group.objects.get(name="Chief editor"))
        return chief, password
