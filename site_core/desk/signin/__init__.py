"""Logging in, the second step, passwords, in our own look (docs/signing-in.md)."""
