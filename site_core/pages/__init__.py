"""What every page shares: the base page, what it tells the public entry, blocks, cards."""
