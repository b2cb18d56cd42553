"""Search. Wagtail's own search serves the admin and stays on the database, so that an engine that
is down can never break editing; residents' search is ours (`search/`)."""

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
