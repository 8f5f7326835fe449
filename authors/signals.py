"""News of accounts that travels up: the floor above writes the logbook."""

from django.contrib.auth import get_user_model
from django.dispatch import Signal
from django.utils import timezone

# Sent inside the transaction that changes an account, with `account`, `by` (who did it), `act` ("make account", "change
# account", "set password", "delete account"), `why` (a sentence) and `gives` (whether somebody got an account, rights
# or a password by it). A receiver that fails undoes the change.
account_changed = Signal()


def remember_the_end(sender, request, user, **kwargs):
    """Somebody said that they are done here: what was opened in that login ends with it."""
    if user is not None:
        get_user_model()._base_manager.filter(pk=user.pk).update(logged_out_at=timezone.now())
