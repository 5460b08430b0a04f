# Two commands do all the set-up on a machine that has Python 3.11 and make:
#   make demo    what dslint says of the fixtures
#   make test    every test
# Everything is installed into .venv; a second run installs nothing.

PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
	done)
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test laws nightly check format agree bench fuzz picture docs lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

demo: $(VENV)/.runs ## where the fixtures' workloads land, and why not elsewhere
	@for nodes in fixtures/*/nodes*; do \
		echo; $(BIN)/dslint place $${nodes%/*}/manifest.* --nodes $$nodes || exit; \
	done

test: $(VENV)/.tools ## every test; ARGS are pytest's
	$(BIN)/python -m pytest -n auto $(ARGS)

laws: $(VENV)/.tools ## the laws alone, tests/**/*_laws.py
	$(BIN)/python -m pytest -n auto -k laws $(ARGS)

nightly: $(VENV)/.tools ## the laws with 200,000 examples each
	HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest -n auto -k laws $(ARGS)

check: $(VENV)/.tools ## lint, form, types and the floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.tools ## writes the form that check wants
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

agree: $(VENV)/.runs ## plays what Kubernetes answered, and counts where dslint agrees
	$(BIN)/python -m scripts.agree $(ARGS)

bench: $(VENV)/.runs ## placement, reading, linting and start-up, measured
	$(BIN)/python -m tests.bench $(ARGS)

fuzz: $(VENV)/.runs ## broken manifests until something breaks; ARGS="SECONDS [SEED]"
	$(BIN)/python -m scripts.fuzz $(ARGS)

picture: $(VENV)/.runs ## docs/place.svg, from what dslint prints
	$(BIN)/python -m scripts.picture

docs: $(VENV)/.runs ## docs/rules/, a page for each rule
	$(BIN)/python -m scripts.rule_pages

lock: ## requirements-dev.lock, from what pyproject.toml asks for today
	$(PYTHON) scripts/lock.py

clean: ## removes what was built, and .venv
	rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache

# What runs dslint, and what tests it. The stamp is as new as what was installed from.
$(VENV)/.runs: pyproject.toml hatch_build.py requirements-dev.lock
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or newer found: name one with PYTHON=..." >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint requirements-dev.lock --editable .
	touch $@

$(VENV)/.tools: $(VENV)/.runs
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.lock
	touch $@
