"""Who may sign in: the custom user, from the first migration on."""
