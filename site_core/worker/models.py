"""Who works, and which loop is whose at the moment. All times are those of the database's clock."""

from django.db import models


class Heartbeat(models.Model):
    """A worker process that lives: it writes the time every few seconds and goes when it ends."""

    worker = models.CharField(primary_key=True, max_length=64)
    host = models.CharField(max_length=64)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class LoopState(models.Model):
    """When a loop is due, who has claimed it until when, and how its last tick went."""

    name = models.CharField(primary_key=True, max_length=64)
    due_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    last_ran_at = models.DateTimeField(null=True)
    last_done = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name
