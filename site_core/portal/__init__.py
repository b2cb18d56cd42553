"""What shows entries of every kind: home, index pages, reading a page, errors, set-up."""
