"""Figures worth keeping, measured anew at any time (docs/benchmarks.md). Not part of the tests."""
