"""The trainer's desk: courses, their groups, sessions and questions, and who takes part."""
