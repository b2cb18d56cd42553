"""Steps that apps add to the portal's set-up; `site_core.portal.actions` runs them."""

from collections.abc import Callable

SetupStep = Callable[[], None]

STEPS: dict[str, SetupStep] = {}


def setup_step(name: str) -> Callable[[SetupStep], SetupStep]:
    """Register a step that may run as often as liked, after home and index pages exist.

    Raises ValueError for a name registered twice.
    """

    def register(step: SetupStep) -> SetupStep:
        if name in STEPS:
            raise ValueError(f"The set-up step {name!r} is registered already.")
        STEPS[name] = step
        return step

    return register
