"""A breaker between residents and an engine that may fail. Pure.

While all is well every call goes through. The first failure opens the breaker: calls are turned
away at once, but for one every few seconds that tries the engine with little patience. When such a
trial succeeds the breaker closes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic


@dataclass(frozen=True)
class Admission:
    """Leave to call the engine and wait `seconds` for it.

    era: how often the breaker had turned when it was given, so that the outcome of a call that
    outlasts the turn decides nothing.
    """

    seconds: float
    era: int


@dataclass
class Breaker:
    """The state of one engine as one process sees it; safe between threads.

    patience: seconds a call may take; trial_patience: those of a trial; pause: seconds from one
    trial to the next. The pause is the longer, so that no two trials overlap.
    """

    patience: float
    trial_patience: float = 0.3
    pause: float = 5.0
    clock: Callable[[], float] = monotonic
    _era: int = 0
    _next_trial: float | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether calls are turned away."""
        return self._next_trial is not None

    def admit(self) -> Admission | None:
        """Leave for one call, or None: do without the engine. Tell `succeeded` or `failed`."""
        with self._lock:
            if self._next_trial is None:
                return Admission(self.patience, self._era)
            if self.clock() < self._next_trial:
                return None
            self._next_trial = self.clock() + self.pause
            return Admission(min(self.trial_patience, self.patience), self._era)

    def succeeded(self, admission: Admission) -> bool:
        """Take note that the call was answered; whether that closed the breaker."""
        with self._lock:
            if self._next_trial is None or admission.era != self._era:
                return False
            self._next_trial = None
            self._era += 1
            return True

    def failed(self, admission: Admission) -> bool:
        """Take note that the call failed; whether that opened the breaker."""
        with self._lock:
            if self._next_trial is not None or admission.era != self._era:
                return False
            self._next_trial = self.clock() + self.pause
            self._era += 1
            return True
