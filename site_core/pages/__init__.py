"""What every page type shares: fields, blocks, cards, opening hours, recurrence."""
