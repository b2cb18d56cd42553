"""Child processes with database connections of their own, to be killed for real."""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

from django.db import connections

KILLED = -signal.SIGKILL
"""What `end_of` returns for a child that was killed."""


def fork(deed: Callable[[], Any]) -> int:
    """Run `deed` in a child; returns its process number. It ends with 0, or 1 where it failed."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        deed()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def end_of(child: int, seconds: float = 60) -> int:
    """Wait for a child and return its exit code, negative for a signal. Kills what takes long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise TimeoutError(f"The child did not end within {seconds} s")


def kill_self() -> None:
    """End this process as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


def wait_until(true: Callable[[], Any], seconds: float = 30) -> Any:
    """Ask again and again until the answer is true; raises TimeoutError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := true():
            return answer
        time.sleep(0.05)
    raise TimeoutError("It did not come to pass")
