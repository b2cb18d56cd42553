"""How often one and the same may do something: for forms that anyone may send."""
