# The commands of this project. Each line also works when typed by hand; `deploy/setup` prepares everything.
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
# Tests start many processes: what was compiled once need not be compiled by each of them.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check bench soak chaos seed messages clean

run: ## Set up and run everything in one process on SQLite
	deploy/setup
	DEBUG=1 $(PYTHON) manage.py serve

test: ## Set up and run every test: on SQLite alone, then on PostgreSQL and Redis, then in a browser
	deploy/test

check: ## Only the fast checks: style, types, architecture, migrations, deployment settings
	deploy/check

bench: ## Own speed, as ratios, on both databases
	deploy/setup --test
	$(PYTHON) -m bench
	$(PYTHON) -m tests.services -- $(PYTHON) -m bench
	$(PYTHON) -m bench.relevance
	$(PYTHON) -m tests.services -- $(PYTHON) -m bench.relevance
	$(PYTHON) -m bench.routing
	$(PYTHON) -m tests.services -- $(PYTHON) -m bench.routing

soak: ## The long forms of the crash, race and property tests
	deploy/setup --test
	$(PYTEST) -n 2 --dist worksteal -m soak
	$(PYTHON) -m tests.services -- $(PYTEST) -n 2 --dist worksteal -m soak

chaos: ## Twenty people talk while servers and Redis are killed: the short and the long form, on both databases
	deploy/setup --test
	$(PYTEST) tests/recovery/test_talks.py
	$(PYTHON) -m tests.services -- $(PYTEST) tests/recovery/test_talks.py

seed: ## Load the demo data into the database of this environment
	deploy/setup
	DEBUG=1 $(PYTHON) manage.py migrate --no-input
	DEBUG=1 $(PYTHON) manage.py seed_demo

messages: ## Bring locale/de up to date with the texts in the code; what is new waits there for its German
	deploy/setup --test
	DEBUG=1 $(PYTHON) manage.py makemessages --locale de --add-location file --no-wrap --no-obsolete \
		--ignore .venv --ignore node_modules --ignore tests --ignore bench

clean: ## Remove what the commands above made
	rm -rf .venv node_modules var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
