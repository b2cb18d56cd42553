"""Finding in Elasticsearch: the client, the index, the question and the answer."""
