"""Cut-paper pictures drawn by program, for the demo content."""
