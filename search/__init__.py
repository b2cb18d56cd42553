"""The published entry and everything that finds in it."""
