"""What set-up does for the analysis."""

from __future__ import annotations

from . import dictionaries
from .finnish import finnish_rung


def prepare() -> list[str]:
    """Build the dictionaries this machine needs and lacks; answer which. Seconds the first time.

    Finnish, the largest, is needed only where Voikko is missing.

    Raises:
        OSError: the folder of the dictionaries cannot be made or written.
    """
    finnish = ("fi",) if finnish_rung() == "simplemma" else ()
    return dictionaries.build((*finnish, "sv", "se"))
