"""The published entry: its rows, what kinds there are, and how pages are projected onto it."""
