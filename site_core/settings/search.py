"""Search (docs/search-engine.md).

Wagtail's own search serves the admin and stays on the database, so that an engine that is down can
never break editing; residents' search is ours (`search/`).
"""

from .environment import env

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

SEARCH_URL = env.str("SEARCH_URL", "")
"""Where Elasticsearch answers; empty, the database answers residents, and nothing is pushed."""
SEARCH_USER = env.str("SEARCH_USER", "")
SEARCH_PASSWORD = env.str("SEARCH_PASSWORD", "")
SEARCH_API_KEY = env.str("SEARCH_API_KEY", "")
"""In place of user and password."""
SEARCH_CA = env.str("SEARCH_CA", "")
"""A file with the certificate that signed the engine's, where no public authority did."""
SEARCH_INDEX = env.str("SEARCH_INDEX", "portal")
"""What the names of our indices begin with; two portals on one engine need two."""
SEARCH_TIMEOUT = env.float("SEARCH_TIMEOUT", 2)
"""Seconds a resident's search waits for the engine before the database answers."""
