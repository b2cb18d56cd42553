# `make demo` and `make test` are the two to know; the rest serves them.
PYTHON ?= python3

.PHONY: demo test services services-stop locks

demo:  ## The portal with demo content on http://127.0.0.1:$PORT (8000)
	@$(PYTHON) .ci/demo.py

test:  ## Everything that must hold before work lands
	@bash .ci/test

services:  ## PostgreSQL and Elasticsearch for tests: eval "$$(make -s services)" points to them
	@.ci/services start && .ci/services env

services-stop:
	@.ci/services stop

locks:  ## Lock the newest versions that pyproject.toml allows
	@.ci/locks upgrade
