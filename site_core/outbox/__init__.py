"""Mail as rows of the business transaction, delivered by the worker."""
