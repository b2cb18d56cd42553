"""One round: a course, several times as many people as seats, and a trainer who interferes."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from site_core.outbox.models import Message
from tests.factories.training import OfferingFactory
from tests.training.signups.making import faults
from training.courses import Offering
from training.signups import actions
from training.signups.by_hand import Reason, promote_by_hand, sign_up_by_hand
from training.signups.claiming import Outcome
from training.signups.errors import Busy, Lapsed
from training.signups.locks import patiently
from training.signups.messages import PROMOTED
from training.signups.models import Pool, SignUp

from .crowd import Gone, crowd, kill_one

DAY_AFTER = 25 * 3600


@dataclass
class Came:
    """When somebody came and was answered, and with what."""

    began: float
    ended: float
    outcome: Outcome
    signup: SignUp


@dataclass
class Rush:
    """Plans a round from its seed, runs it and looks for what is wrong afterwards."""

    seed: int
    capacity: int
    came: list[Came] = field(default_factory=list)
    tally: Counter = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.plan = random.Random(self.seed)
        self.offering = OfferingFactory(largest_group=3)
        self.reserves = self.capacity >= 7 and self.plan.random() < 0.3
        self.change_capacity(self.capacity)
        self.offering = Offering.objects.select_related("course").get(pk=self.offering.pk)

    def run(self) -> None:
        factor = 3 if self.capacity >= 200 else self.plan.randint(3, 10)
        deeds: list[Callable[[], Any]] = [
            self.life(number) for number in range(self.capacity * factor)
        ]
        low, high = max(1, self.capacity // 2), self.capacity + self.capacity // 2 + 1
        for _time in range(4):
            wanted = self.plan.randint(low, high)
            self.insert(deeds, lambda wanted=wanted: self.change_capacity(wanted))
            self.insert(deeds, lambda: actions.settle_one(self.offering))
            self.insert(deeds, self.promotion())
            self.insert(deeds, self.at_the_counter())
        self.insert(deeds, self.kill)
        for answer in crowd(deeds):
            self.judge(answer)
        self.tally["out of turn"] = len(self.out_of_turn())

    def insert(self, deeds: list[Callable[[], Any]], deed: Callable[[], Any]) -> None:
        deeds.insert(self.plan.randrange(len(deeds) + 1), deed)

    def life(self, number: int) -> Callable[[], Any]:
        """What one person does, decided beforehand: join, perhaps from a hold, confirm, cancel."""
        plan = self.plan
        who = number - 1 if number and plan.random() < 0.05 else number
        size = plan.choices([1, 2, 3], [80, 12, 8])[0]
        if self.capacity < 7:
            size = 1
        role = "client" if self.reserves and plan.random() < 0.3 else ""
        known, holds = plan.random() < 0.4, plan.random() < 0.3
        drops, confirms, cancels = plan.random() < 0.2, plan.random() < 0.7, plan.random() < 0.3

        def live() -> None:
            began, token = time.time(), ""
            if holds and (held := actions.hold(self.offering, size=size, role=role)):
                token = held.token
            if holds and drops:
                return actions.drop_hold(self.offering, token)
            if not token:
                began = time.time()
            answer = actions.claim(
                self.offering,
                email=f"p{who}@example.org",
                language="fi",
                size=size,
                role=role,
                token=token,
                address_confirmed=known,
            )
            self.tally[answer.outcome.value] += 1
            if answer.signup is None:
                return None
            self.came.append(Came(began, time.time(), answer.outcome, answer.signup))
            if confirms and not known:
                actions.confirm(answer.signup)
            if cancels:
                actions.cancel(answer.signup)
            return None

        return live

    def promotion(self) -> Callable[[], Any]:
        """The trainer seats somebody out of turn, perhaps with a place more where it takes one."""
        place, adds = self.plan.randrange(5), self.plan.random() < 0.5

        @patiently
        def promote() -> None:
            waiting = SignUp.objects.queue().filter(offering=self.offering)
            for signup in waiting.select_related("offering__course")[place : place + 1]:
                promote_by_hand(signup, Reason.OTHER, by=None, add_places=adds)

        return promote

    def at_the_counter(self) -> Callable[[], Any]:
        """The trainer writes somebody down, perhaps without an address."""
        email = self.plan.choice(["", f"counter{self.plan.random()}@example.org"])

        def sign_up() -> None:
            sign_up_by_hand(self.offering, ["Aino"], email=email, language="fi", by=None)

        return sign_up

    def change_capacity(self, wanted: int) -> None:
        reserved = {"client": max(1, wanted // 4)} if self.reserves else None
        actions.change_capacity(self.offering, wanted, reserved=reserved)

    def kill(self) -> None:
        for _try in range(100):
            if kill_one():
                self.tally["killed"] += 1
                return
            time.sleep(0.002)

    def judge(self, answer: Any) -> None:
        """Sort what came of a deed: what the round itself does to people is no fault."""
        if isinstance(answer, Gone):
            self.tally["gone"] += 1
        elif isinstance(answer, Busy):
            deadlock = getattr(answer.__cause__.__cause__, "sqlstate", "") == "40P01"
            self.tally["deadlock to a user" if deadlock else "busy"] += 1
        elif isinstance(answer, Lapsed | ValidationError):
            self.tally["refused"] += 1
        elif isinstance(answer, OperationalError):
            self.tally["error to a user"] += 1
        elif isinstance(answer, Exception):
            raise answer

    def wrong(self) -> list[str]:
        """All that is wrong: at rest, and again once everything unconfirmed has lapsed."""
        found = [*faults(self.offering), *self.overtaken()]
        later = timezone.now() + timedelta(seconds=DAY_AFTER)
        actions.settle_one(self.offering, now=later)
        found += [f"later: {fault}" for fault in [*faults(self.offering), *self.overtaken()]]
        return found + [key for key in self.tally if key.endswith("a user")]

    def overtaken(self) -> list[str]:
        """Who got a seat before somebody of the same pool who had been waiting for longer."""
        found = []
        first_mails = self.departures()
        for pool in Pool.objects.filter(offering=self.offering):
            promoted = Message.objects.filter(
                kind=PROMOTED, key__in=self.keys_of_promotion(pool)
            ).order_by("pk")
            order = [self.by_key[mail.key.split(":")[1]].pk for mail in promoted]
            if order != sorted(order):
                found.append("promoted out of order")
            still = SignUp.objects.queue().filter(pool=pool).first()
            if still and order and still.pk < max(order):
                found.append("promoted past somebody")
            mine = [each for each in self.came if each.signup.pool_id == pool.pk]
            queued = [each for each in mine if each.outcome is Outcome.WAITING]
            for seated in (each for each in mine if each.outcome is Outcome.SEATED):
                found += [
                    "seated past somebody"
                    for other in queued
                    if other.ended < seated.began
                    and first_mails.get(str(other.signup.key), float("inf")) > seated.ended
                ]
        return found

    def departures(self) -> dict[str, float]:
        """When everybody's first change of status was told, the earliest it can have been."""
        rows = SignUp.objects.filter(offering=self.offering)
        self.by_key = {str(row.key): row for row in rows}
        mails = Message.objects.filter(kind__startswith="signup_", key__endswith=":2")
        return {
            key.split(":")[1]: written.timestamp()
            for key, written in mails.values_list("key", "created_at")
            if key.split(":")[1] in self.by_key
        }

    def out_of_turn(self) -> set[int]:
        """The keys of those whom the trainer has seated by hand."""
        entries = ModelLogEntry.objects.for_instance(self.offering)
        promoted = entries.filter(action="training.promote_by_hand")
        return {entry.data["signup"] for entry in promoted}

    def keys_of_promotion(self, pool: Pool) -> list[str]:
        by_hand = self.out_of_turn()
        rows = [row for row in self.by_key.values() if row.pk not in by_hand]
        keys = [row.key for row in rows if row.pool_id == pool.pk]
        return [f"{PROMOTED}:{key}:2" for key in keys]


def rounds(count: int) -> list[tuple[int, int]]:
    """Seeds with their capacities: one in twelve is of 200 seats, the others 1, 7 and 20 in turn.

    SQLite, with one writer at a time, has a few small ones.
    """
    if connection.vendor != "postgresql":
        return [(1, 1), (2, 7), (3, 7)]
    return [(seed, 200 if seed % 12 == 5 else (1, 7, 20)[seed % 3]) for seed in range(count)]
