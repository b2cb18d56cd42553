"""Languages of the portal: what is known of each, its catalogues, formats, slugs and order."""
