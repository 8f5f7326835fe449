from django.db import models


class Origin(models.TextChoices):
    """Where something came from when no person signs it."""

    DESK = "desk", "The desk"
    IMPORT = "import", "An import"
    FIXTURE = "fixture", "A fixture"
    CONSOLE = "the server’s console", "The server’s console"
    NOT_LOGGED_IN = "not logged in", "Somebody who is not logged in"
