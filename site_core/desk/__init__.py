"""What people do behind the log-in, in our own look: authors', members' and moderators' desks."""
