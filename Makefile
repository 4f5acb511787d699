# The commands of this project. Each line also works when typed by hand; `deploy/setup` prepares everything.
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
# Two workers fit the two cores this suite is tuned for. A file stays in one worker, so its fixtures are made once, and
# tests/conftest.py says which goes first. Journeys share nothing, so each goes to the next free browser.
PARALLEL := -n 2 --dist loadfile --no-loadscope-reorder
BROWSERS := -n 2 --dist load
# The suite starts many processes: what was compiled once need not be compiled by each of them.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check types tree bench soak chaos seed messages clean

run: ## Set up and run everything in one process on SQLite
	deploy/setup
	DEBUG=1 $(PYTHON) manage.py serve

test: check ## Set up and run every test: on SQLite alone, then on PostgreSQL and Redis, then in a browser
	$(PYTEST) $(PARALLEL) -m "not journey and not soak" --ignore tests/architecture
	$(PYTHON) -m tests.services -- $(PYTEST) $(PARALLEL) -m "not journey and not soak" --ignore tests/architecture
	$(PYTHON) -m tests.services -- $(PYTEST) $(BROWSERS) -m smoke tests/journeys
	$(PYTEST) $(BROWSERS) tests/journeys

check: ## Only the fast checks: style, types, architecture, migrations, deployment settings
	deploy/setup --test
	$(MAKE) --jobs 2 --output-sync types tree

types:
	DEBUG=1 .venv/bin/mypy

tree:
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	$(PYTEST) tests/architecture

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
	$(PYTEST) -m soak
	$(PYTHON) -m tests.services -- $(PYTEST) -m soak

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
