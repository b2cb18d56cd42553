"""Voikko, the Finnish word analyser: a system library (Debian: `libvoikko1 voikko-fi`)."""

import threading
from typing import Any

# One instance per thread: a shared one answers with empty analyses under load.
_threads = threading.local()


def new_voikko() -> Any | None:
    """A Finnish analyser; None where the library or its dictionary is missing."""
    try:
        from libvoikko import Voikko

        return Voikko("fi")
    except Exception:  # the wrapper raises OSError, VoikkoException or its own, by what is missing
        return None


def voikko() -> Any | None:
    """This thread's analyser, None where there is none."""
    if not hasattr(_threads, "voikko"):
        _threads.voikko = new_voikko()
    return _threads.voikko
