# One front door. `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup page machine demo test check bench lock clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 16

setup: $(READY) ## create .venv with everything in it and build the page

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Lang Nghe needs Python 3.11 or newer: install it, or name one with 'make PYTHON=python3.12'."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "This Python cannot make virtual environments: 'apt-get install python3-venv' and try again."; rm -rf $(VENV); exit 1; }
	@echo "Installing what the lock file names (about 1 GB with the desktop shell's web engine; a few minutes on a slow line) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

page: $(READY) ## build the page if a source of it changed
	@$(BIN)/python client/web/build_page.py

machine: $(READY) ## bring what pip cannot: a Chromium, a virtual screen, Java, nginx
	@$(BIN)/python tests/machine.py

demo: page ## the main job end to end, on this machine: survey, tablet, sync, results
	@$(BIN)/python tests/machine.py --optional
	@$(BIN)/langnghe-server demo

test: page machine ## every test: Python, TypeScript, browser, PostgreSQL
	@$(BIN)/python client/web/build_page.py --test
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: page ## what a developer runs before a commit: lint, types, arrows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python client/web/build_page.py --check

bench: page machine ## measure; prints figures and writes tests/bench/figures.json
	@$(BIN)/python tests/bench/run.py

lock: ## resolve requirements.lock anew from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --all-extras pyproject.toml -o requirements.lock

clean: ## remove what make made
	rm -rf $(VENV) client/web/node_modules client/web/dist
