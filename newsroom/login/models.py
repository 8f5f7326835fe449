from django.db import models


class Tries(models.Model):
    """The moments of the last tries under one key (newsroom/login/throttle.py), for all workers and across restarts.

    `key` is a keyed hash: what somebody types into the wrong field is often their password.
    """

    key = models.CharField(max_length=64, unique=True)
    moments = models.JSONField(default=list)  # seconds since 1970, at most as many as the limit
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self):
        return f"{len(self.moments)} tries until {self.seen_at:%Y-%m-%d %H:%M}"
