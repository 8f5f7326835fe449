"""News of accounts that travels up: the floor above writes the logbook."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils import timezone


class AccountAct(models.TextChoices):
    """What is done to an account, and as the logbook's filter says it."""

    MAKE = "make account", "Account made"
    CHANGE = "change account", "Account changed"
    SET_PASSWORD = "set password", "Password set"
    DELETE = "delete account", "Account deleted"


# Sent inside the transaction that changes an account, with `account`, `by` (who did it), `act` (an `AccountAct`), `why`
# (a sentence) and `gives` (whether somebody got an account, rights or a password by it). A receiver that fails undoes
# the change.
account_changed = Signal()


def remember_the_end(sender: object, request: HttpRequest, user: Any, **kwargs) -> None:
    """Somebody said that they are done here: what was opened in that login ends with it."""
    if user is not None:
        get_user_model()._base_manager.filter(pk=user.pk).update(logged_out_at=timezone.now())


def refuse_too_long(
    sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs
) -> None:
    """A fixture passes no form: its texts are measured here, by the limits that forms have. Raises ValueError, which
    `loaddata` shows with the name of the row."""
    if not raw:
        return
    for field in sender._meta.concrete_fields:
        text, written = getattr(instance, field.attname), getattr(field, "written", None)
        if not (written and field.max_length and isinstance(text, str)):
            continue
        if (length := len(written(text))) > field.max_length:
            raise ValueError(
                f"{field.verbose_name}: {length:,} characters; at most {field.max_length:,} fit."
            )
