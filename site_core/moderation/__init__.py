"""What may be public: the publication predicate, a page's standing, scheduled publishing, guards."""
