"""The record of log-ins and roles: written by signals, so that no road passes by it."""

from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from .models import AccountEvent, User

KEPT = timedelta(days=365)
Kind = AccountEvent.Kind

_acting: ContextVar[Any] = ContextVar("acting", default=None)


def acting_as(user: Any) -> Any:
    """Name who acts from here on; returns what `acted` takes. `user` may be lazy."""
    return _acting.set(user)


def acted(token: Any) -> None:
    """Forget who acted."""
    _acting.reset(token)


def record(
    kind: AccountEvent.Kind, user: User | None, *, by: User | None = None, detail: str = ""
) -> None:
    """Write down what happened to an account. `by` is who acts in this request unless given."""
    AccountEvent.objects.create(
        kind=kind, user=user, by=by or _actor(), detail=detail[:150], at=timezone.now()
    )


def purge(now: datetime | None = None) -> int:
    """Delete events older than a year; returns how many there were."""
    over = (now or timezone.now()) - KEPT
    return AccountEvent.objects.filter(at__lt=over).delete()[0]


def on_logged_in(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    record(Kind.LOGGED_IN, user, by=user)


def on_logged_out(sender: Any, request: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(Kind.LOGGED_OUT, user, by=user)


def on_log_in_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    record(Kind.LOG_IN_FAILED, _named(credentials.get("username")))


def on_locked(sender: Any, username: str | None = None, **kwargs: Any) -> None:
    record(Kind.LOCKED, _named(username))


def on_groups_changed(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """A person was taken into a group or out of it, from either end of the relation."""
    kind = {"post_add": Kind.GROUP_JOINED, "pre_remove": Kind.GROUP_LEFT}.get(action)
    if action == "pre_clear":
        kind = Kind.GROUP_LEFT
        pk_set = set((instance.user_set if reverse else instance.groups).values_list("pk", flat=1))
    if kind is None or not pk_set:
        return
    if reverse:
        for user in User.objects.filter(pk__in=pk_set).order_by("pk"):
            record(kind, user, detail=instance.name)
        return
    for name in Group.objects.filter(pk__in=pk_set).order_by("pk").values_list("name", flat=True):
        record(kind, instance, detail=name)


def on_group_deleted(sender: Any, instance: Group, **kwargs: Any) -> None:
    """Everybody is taken out of a group before it goes: deleting it would send no signal."""
    instance.user_set.clear()


def on_user_saved(sender: Any, instance: User, created: bool, **kwargs: Any) -> None:
    """Administrator or not, open or closed: what changed since the row was read."""
    was_admin, was_open = (False, True) if created else instance.loaded_flags
    is_admin, is_open = instance.loaded_flags = instance.flags()
    if is_admin != was_admin:
        record(Kind.ADMIN_MADE if is_admin else Kind.ADMIN_ENDED, instance)
    if is_open != was_open:
        record(Kind.OPENED if is_open else Kind.CLOSED, instance)


class PasswordChangeRecorder:
    """Password "validator" that only takes note: Django tells it of each changed password."""

    def validate(self, password: str, user: Any = None) -> None:
        """Every password is right as far as this is concerned."""

    def get_help_text(self) -> str:
        return ""

    def password_changed(self, password: str, user: Any = None) -> None:
        """Called by `User.save()` once the new password is stored."""
        if user is not None and user.pk:
            record(Kind.PASSWORD_CHANGED, user)


def _named(username: str | None) -> User | None:
    return get_user_model().objects.filter(username=username).first() if username else None


def _actor() -> User | None:
    user = _acting.get()
    return user if user is not None and user.is_authenticated else None
