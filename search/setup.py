"""The search's step of the portal's set-up."""

import logging

from search.analysis.prepare import prepare
from search.entries.listed import PLACE, number_codes
from search.facets import known_codes
from search.sync.rebuilding import renew_terms
from search.urlstate import TERMS
from site_core.pages.setup import setup_step

logger = logging.getLogger(__name__)


@setup_step("search index")
def set_up_search() -> None:
    """Build the dictionaries, number the codes, and read again what an older analysis indexed."""
    try:
        prepare()
    except OSError as error:
        # Only slower: each process then builds them in memory.
        logger.warning("The dictionaries of the search could not be stored: %s", error)
    known = known_codes()
    closed = {**known, "terms": TERMS, PLACE: known["municipality"]}
    number_codes({(facet, code) for facet, codes in closed.items() for code in codes})
    renew_terms()
