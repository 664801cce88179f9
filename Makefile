# Every command that people and CI run. `make help` lists them.
# A machine needs Python 3.11+ and make; Node comes as a Python package, everything else from the lock files.

PY   ?= python3
PORT ?= 8000
DATA ?= ./data

VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(VENV)/.installed
DEV    := $(VENV)/.installed-dev
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet
WEB    := $(BIN)/python hatch_build.py
TESTED := $(BIN)/python -m pytest
BOTH   := tests/store tests/actions tests/inbound tests/twin

ifeq ($(DRUMBEAT_REQUIRE_ALL),1)
STRICT := --require-all
endif

# Checks load the settings, which want a data folder: never that of an installation.
test-py test-core test-e2e test-pg soak lint-py lint-api api-types: export DRUMBEAT_DATA := $(CURDIR)/.pytest_cache/data

.DEFAULT_GOAL := help
.PHONY: help build run test test-web test-e2e test-core test-py test-pg lint lint-py lint-web lint-api bench screenshots soak docs api-types lock format clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---- set up and run

$(RUN): requirements.txt pyproject.toml
	@command -v $(PY) >/dev/null || { echo "$(PY) not found. Install Python 3.11 or newer, or name one: make PY=python3.12"; exit 1; }
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "drumbeat needs Python 3.11 or newer. Name one: make PY=python3.12"; exit 1; }
	@$(PY) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PY) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.txt
	DRUMBEAT_SKIP_SPA=1 $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): $(RUN) requirements-dev.txt
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

build: $(RUN) ## Install the locked dependencies and build the web app; starts nothing
	@$(WEB)

run: build ## Start drumbeat with a living demo workspace: PORT=8000 DATA=./data
	DRUMBEAT_DATA=$(DATA) $(BIN)/drumbeat demo --port $(PORT)

# ---- check

test: test-web test-e2e test-core test-pg test-py ## Run all tests of the web app and of Python; what needs a missing server skips

test-web: build
	$(WEB) install
	$(WEB) run test

test-py: build $(DEV)
	$(TESTED) -n 2 --dist worksteal $(STRICT) --ignore tests/e2e --ignore tests/core $(ARGS)

# The core decides, so every branch of it is taken by a test.
test-core: $(DEV)
	$(TESTED) -n 2 --dist worksteal $(STRICT) tests/core --cov=src/drumbeat/core --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100 $(ARGS)

# In a process of its own: the browser's event loop stays in the thread that the other tests run in.
test-e2e: test-web $(DEV)
	$(TESTED) -n 2 --dist worksteal $(STRICT) tests/e2e $(ARGS)

# The same tests that ran on SQLite, on a PostgreSQL of their own.
test-pg: $(DEV)
	$(BIN)/python -m tests.support.postgres $(TESTED) -n 2 --dist worksteal $(STRICT) $(BOTH) $(ARGS)

lint: lint-py lint-web lint-api ## Check style, types, layers, sizes, locks and links

lint-py: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.sizes
	$(BIN)/python -m tools.locks
	$(BIN)/python -m tools.links

lint-web: $(RUN)
	$(WEB) install
	$(WEB) run lint

lint-api: $(DEV)
	$(WEB) install
	$(BIN)/python -m tools.api_types --check

bench: build $(DEV) ## Measure on this machine; prints ratios against peers in the same run
	$(BIN)/python -m bench $(ARGS)

screenshots: build $(DEV) ## Photograph every room of a demo into screenshots/: ARGS=--publish renews docs/images
	$(BIN)/python -m tools.screenshots $(ARGS)

soak: build $(DEV) ## Run the long tests with many seeds, on both databases
	$(TESTED) -n 2 --dist worksteal -m soak --hypothesis-profile=soak $(STRICT) $(ARGS)
	$(BIN)/python -m tests.support.postgres $(TESTED) -n 2 --dist worksteal -m soak --hypothesis-profile=soak $(STRICT) $(BOTH) $(ARGS)

# ---- write

docs: $(DEV) ## Check every link and write the pages to site/
	$(BIN)/python -m tools.links
	$(BIN)/python -m tools.site

api-types: $(DEV) ## Write openapi.json and the types of the web app from the code
	$(WEB) install
	$(BIN)/python -m tools.api_types

lock: $(DEV) ## Pin the dependencies anew after a change of pyproject.toml or package.json
	$(BIN)/python -m tools.pin $(ARGS)

format: $(DEV) ## Let the formatters write
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format
	$(WEB) install
	$(WEB) run format

clean: ## Take away what was built; data and .venv stay
	rm -rf src/drumbeat/spa web/node_modules site dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
