"""Counted attempts, without anything that tells who made them."""

from django.db import models


class Attempt(models.Model):
    """How often something was tried within one stretch of time.

    `subject` is a keyed hash: with another action or another SECRET_KEY the same subject has
    another one, so rows tell nothing about a person and cannot be joined.
    """

    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "subject", "ends_at"], name="throttle_attempt_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.count}"
