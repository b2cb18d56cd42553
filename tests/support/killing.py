"""A process that is killed in the midst of a deed.

The child is a fork with connections of its own, so what it had not committed is lost with it, as
when the machine stops.
"""

import os
import sys
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from django.db import connections

from search.entries.projector import EntryProjector
from search.entries.querysets import EntryQuerySet

KILLED = 9
MOMENTS = ("before", "midst", "after")
DEEDS = ("project", "move_paths", "project_subtree", "hide_subtree", "bury", "project_group")


def run_and_die(deed: Callable[[], Any], moment: str) -> int:
    """Run `deed` in a child that dies at `moment` of writing an entry; returns its exit code.

    The moments: `before` the projector writes, `midst` after its first UPDATE, `after` it wrote.
    `KILLED` means that the moment came, 0 that the deed was done without it.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        _in_child(deed, moment)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _in_child(deed: Callable[[], Any], moment: str) -> NoReturn:
    code = 1
    try:
        _lay_trap(moment)
        deed()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _lay_trap(moment: str) -> None:
    if moment == "midst":
        EntryQuerySet.raise_version = _deadly(EntryQuerySet.raise_version, before=False)
        return
    for name in DEEDS:
        deed = getattr(EntryProjector, name)
        setattr(EntryProjector, name, _deadly(deed, before=moment == "before"))


def _deadly(function: Callable[..., Any], *, before: bool) -> Callable[..., Any]:
    def deadly(*args: Any, **kwargs: Any) -> Any:
        if not before:
            function(*args, **kwargs)
        os._exit(KILLED)

    return deadly
