"""The trainer's desk, the people: who takes part, who waits, who was there."""
