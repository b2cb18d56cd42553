"""Services and the organisations that give them."""
