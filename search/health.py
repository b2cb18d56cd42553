"""What the search tells `manage.py check_worker`."""

from site_core.worker.health import health_check

from .analysis.finnish import INSTALL_HINT, finnish_rung
from .sync.status import lateness


@health_check
def finnish_is_taken_apart() -> list[str]:
    """Voikko reads Finnish here; the dictionary in its stead finds half as well."""
    rung = finnish_rung()
    if rung == "voikko":
        return []
    return [f"Finnish is read by {rung}, not Voikko, and found badly: {INSTALL_HINT}."]


@health_check
def engine_is_in_step() -> list[str]:
    """What is published reaches the search engine."""
    late = lateness()
    return [f"{late} manage.py search_status tells more."] if late else []
