# Every target sets up what it needs: Python 3.11 and make are enough.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
DEMO := .shortlist/demo.ready

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow check gate bench record clean

help:  ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | while IFS="$$(printf '\t')" read -r name what; do printf '  make %-10s %s\n' "$$name" "$$what"; done

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) || { echo "Shortlist needs Python 3.11 or newer with venv; say which with: make PYTHON=/path/to/python"; exit 1; }

$(READY): $(BIN)/python pyproject.toml constraints.txt
	@echo "Setting up (about a minute, once) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e . >&2
	@touch $@

$(READY_DEV): $(READY)
	@echo "Setting up the tools for tests (once) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]' >&2
	@touch $@

$(DEMO): $(READY)
	@echo "Reading the demo catalog (some seconds, once) …" >&2
	@$(BIN)/shortlist demo --prepare --model offline && touch $@

demo: $(DEMO)  ## Talk with Shortlist over the demo catalog (no key needed)
	@$(BIN)/shortlist demo $(ARGS)

test: $(READY_DEV)  ## Run the tests, offline
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup -m "not slow" $(ARGS)

test-slow: $(READY_DEV)  ## Run all tests, the long ones too
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup --hypothesis-profile explore $(ARGS)

check: $(READY_DEV)  ## Lint, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m shortlist_evals table --check

gate: $(READY_DEV)  ## Fail where a suite really scores worse than its committed result
	@$(BIN)/python -m shortlist_evals gate $(ARGS)

bench: $(READY_DEV)  ## Measure speed and memory (needs the evaluation data)
	@$(BIN)/python -m shortlist_evals bench $(ARGS)

record: $(READY_DEV)  ## Record the stale conversations again with a real model (SHORTLIST_MODEL, SHORTLIST_BASE_URL)
	@$(BIN)/python -m shortlist_evals record $(ARGS)

clean:  ## Remove what was set up and built
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
