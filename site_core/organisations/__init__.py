"""Organisations, their members, and the rights that follow from membership."""
