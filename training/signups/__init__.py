"""Sign-ups for courses: seats as rows, a queue in strict order, mail in the same transaction."""
