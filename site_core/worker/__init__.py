"""The one process that does what must happen because time passes or something waits."""
