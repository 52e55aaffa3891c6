# Every command of the project. `make` alone lists them.
.DEFAULT_GOAL := help
PORT ?= 8000
UV_VERSION := 0.13.9
TOOLS := .tools
UV := $(TOOLS)/bin/uv
VENV := .venv
PYTHON := $(VENV)/bin/python
MANAGE := BASE_URL=http://127.0.0.1:$(PORT) $(PYTHON) manage.py
# The first Python that is recent enough; the wanted version is in .python-version.
FOUND_PYTHON := $(shell for python in python3.13 python3.14 python3.12 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo $$python && break; done)

.PHONY: help demo serve services services-stop test test-all bench bench-search bench-desk bench-browser reset install messages requirements format lint clean

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | column -t -s '|'

$(UV):
	@test -n "$(FOUND_PYTHON)" || { echo "Python 3.12 or newer is needed: https://www.python.org/downloads/"; exit 1; }
	@echo "Installing uv $(UV_VERSION) in $(TOOLS)…"
	@$(FOUND_PYTHON) -m venv $(TOOLS)
	@$(TOOLS)/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.installed: $(UV) uv.lock pyproject.toml
	@echo "Installing the locked dependencies in $(VENV)…"
	@$(UV) sync --locked --quiet --python "$$($(FOUND_PYTHON) -c 'import sys; print(sys.executable)')"
	@touch $@

install: $(VENV)/.installed ## Install uv and the locked dependencies

demo: install ## Serve the site with demonstration content at http://127.0.0.1:8000 (PORT= to change)
	@echo "Preparing the database…"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) load_demo
	@echo; echo "Press Ctrl+C to stop."
	@DJANGO_SETTINGS_MODULE=portal.settings.base BASE_URL=http://127.0.0.1:$(PORT) \
		$(VENV)/bin/gunicorn --workers 2 --threads 2 --preload --log-level warning \
		--bind 127.0.0.1:$(PORT) portal.wsgi

serve: install ## Serve the site for a developer: tracebacks, code read anew
	@DJANGO_SETTINGS_MODULE=portal.settings.development BASE_URL=http://127.0.0.1:$(PORT) $(PYTHON) manage.py runserver $(PORT)

services: ## Start PostgreSQL, OpenSearch and Elasticsearch without Docker, and say how to use them
	@services/run start

services-stop: ## Stop these servers; their data is thrown away
	@services/run stop

test: install ## Run the tests; what is missing (browser, servers) is skipped and named
	@$(PYTHON) -m pytest --numprocesses auto --dist loadgroup

test-all: ## Run every suite, installing what it needs; nothing may be skipped
	@.ci/run

bench: install ## Measure imports and pages; figures go to benchmarks/results/
	@$(PYTHON) benchmarks/run.py

bench-search: install ## Measure the search on the site that a run left in BENCH_DIR
	@$(PYTHON) benchmarks/run_search.py

bench-desk: install ## Measure the lists and reports of the admin on the site that a run left in BENCH_DIR
	@$(PYTHON) benchmarks/run_desk.py

bench-browser: install ## Weigh pages of the demonstration in Chromium, have Lighthouse judge them
	@npm ci --prefix tests/tools --ignore-scripts --no-audit --no-fund
	@$(PYTHON) benchmarks/run_browser.py

reset: ## Begin afresh: delete the database, the uploads and the accounts, after asking
	@printf "Delete everything in var/ (database, pictures, accounts)? [y/N] "; read answer; \
		case "$$answer" in y|Y|yes|o|O|oui) rm -rf var && echo "Deleted. 'make demo' begins afresh.";; *) echo "Nothing was deleted.";; esac

CATALOGUE ?= fr
messages: install ## Gather the texts to translate and compile the catalogue, CATALOGUE=de of another language (needs gettext)
	@$(PYTHON) manage.py makemessages -l $(CATALOGUE) --no-wrap --no-obsolete --add-location=file -i .venv -i var -i benchmarks -i tests
	@$(PYTHON) manage.py compilemessages -l $(CATALOGUE)

requirements: install ## Export requirements.txt from uv.lock
	@$(UV) export --locked --quiet --no-dev --no-emit-project --output-file requirements.txt

format: install ## Put the code in form
	@$(VENV)/bin/ruff format . && $(VENV)/bin/ruff check --fix .

lint: install ## Check the form of the code and of the templates
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/djlint --quiet --lint portal home houses articles printing editorial audience privacy exchange

clean: ## Delete the installed environment; the site's data stay
	@rm -rf $(VENV) $(TOOLS)
