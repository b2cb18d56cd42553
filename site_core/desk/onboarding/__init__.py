"""Joining: the public form of an organisation, and the applications a moderator decides."""
