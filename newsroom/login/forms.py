"""The two forms of the desk that ask for a password."""

from math import ceil

from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models import Act, LogLine
from newsroom.login import browsers, record, throttle
from newsroom.login.address import one_household


def in_minutes(seconds: int) -> str:
    minutes = ceil(seconds / 60)
    return "a minute" if minutes == 1 else f"{minutes} minutes"


class LoginForm(AdminAuthenticationForm):
    """Django's, with a count before the hasher. `full`: set when it was not asked."""

    full = None

    def clean(self):
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username is not None and password:
            try:
                self.request.login_place = throttle.acquire(limits_of(self.request, username))
            except throttle.Full as full:
                self.full = full
                record.refused(self.request, username)
                raise ValidationError(
                    f"Too many tries. Wait {in_minutes(full.wait)}, then try again. In a browser in which you have "
                    "logged in before you may go on at once. If you have forgotten your password, ask a chief editor "
                    "for a new one."
                ) from None
        return super().clean()

    def confirm_login_allowed(self, user):
        """The right password of an account that is not let in is a failure like every other."""
        try:
            super().confirm_login_allowed(user)
        except ValidationError:
            credentials = {"username": user.get_username()}
            user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)
            raise


def limits_of(request, username: str) -> dict[str, int]:
    """In a browser that knows the account, its own count alone: neither whoever guesses at the account from outside nor
    whoever guesses from the same office closes it."""
    if number := browsers.known(request, username):
        return {throttle.key_of("browser", number): throttle.PER_BROWSER}
    return {
        throttle.key_of("account", username): throttle.PER_ACCOUNT,
        throttle.key_of("address", one_household(request)): throttle.PER_ADDRESS,
    }


class OwnPasswordForm(AdminPasswordChangeForm):
    """Django's, with a count of its own before the hasher: somebody at a desk that was left open may guess here too.
    The line in the logbook is in the transaction of the change, and the hash is worked out before."""

    full = None

    def clean_old_password(self):
        try:
            place = throttle.acquire(
                {throttle.key_of("old password", self.user.pk): throttle.PER_ACCOUNT}
            )
        except throttle.Full as full:
            self.full = full
            raise ValidationError(
                f"Too many tries. Wait {in_minutes(full.wait)}, then try again."
            ) from None
        old = super().clean_old_password()
        throttle.release(place)
        return old

    def save(self, commit=True):
        account = super().save(commit=False)
        if commit:
            with transaction.atomic():
                account.save(update_fields=["password"])
                LogLine.objects.record(
                    Act.CHANGE_PASSWORD, by=account, why="Every other login of the account ended."
                )
        return account
