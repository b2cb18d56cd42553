"""The name of this process among all workers."""

import os
import secrets
import socket
from functools import cache


def name() -> str:
    """Host, process and four random bytes: a process number may come back, this does not."""
    return _name(os.getpid())


@cache
def _name(pid: int) -> str:
    return f"{socket.gethostname()[:40]}:{pid}:{secrets.token_hex(4)}"
