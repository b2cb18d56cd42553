"""What may be public: the predicate, a page's standing, scheduled publishing, guards."""
