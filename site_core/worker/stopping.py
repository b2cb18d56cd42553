"""Whether this process was asked to stop; ticks look between two items."""

import signal
import threading
from types import FrameType

_event = threading.Event()


def asked() -> bool:
    """Whether to stop after the current item."""
    return _event.is_set()


def wait(seconds: float) -> None:
    """Sleep, but wake at once when asked to stop."""
    _event.wait(seconds)


def ask() -> None:
    """Ask this process to stop."""
    _event.set()


def forget() -> None:
    """Begin anew: nobody has asked."""
    _event.clear()


def listen() -> None:
    """Take SIGTERM and SIGINT as the request; a second one ends the process at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        ask()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
