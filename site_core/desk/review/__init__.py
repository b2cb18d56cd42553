"""The desk of those who review: what waits, one page at a time, and what was decided."""
