"""What readers tell us: faults, wrong facts, whether a page helped; and the answers they get."""
