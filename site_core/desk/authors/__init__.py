"""The desk of those who write: what is theirs, and the light form."""
