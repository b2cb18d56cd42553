"""Keeps a search engine in step with the published entries (docs/search-engine.md)."""
