# make demo    set up, and show the server's answers on docs/demo/runbook.md
# make test    set up, and run every test
# make help    the other targets

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

EXTENSION := editors/vscode
MODULES := $(EXTENSION)/node_modules
NPM := cd $(EXTENSION) && npm --silent --no-audit --no-fund

# The files in their order: those with editors, which take longest, are first, so that no process waits for them at the end.
# One process more than processors of a small machine, because the editors are often waited for.
PARALLEL := -n 3 --dist loadfile --no-loadscope-reorder

.PHONY: help demo nvim test lint format bench screenshots vsix dist site quality torture generate clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.run ## set up, and show the server's answers on a real runbook
	@$(BIN)/python docs/demo/demo.py

nvim: $(VENV)/.dev ## open the demo runbook in Neovim (0.11 or newer)
	@$(BIN)/python docs/demo/open_nvim.py

test: $(VENV)/.dev ## set up, and run every test
	@$(call with_npm,test-extension)
	@$(BIN)/python -m pytest $(PARALLEL)

lint: $(VENV)/.dev ## ruff and mypy, for the extension tsc and eslint
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(call with_npm,lint-extension)

format: $(VENV)/.dev ## rewrite the sources in the project's format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.dev ## measure start-up, checks, scanning and requests as ratios
	@$(PIP) codespell typos
	@$(PIP) --only-binary :all: ripgrep 2>/dev/null || echo "There is no ripgrep to install: without one on PATH, its row is left out"
	@$(BIN)/python -m tests.bench

screenshots: $(VENV)/.dev ## draw the pictures of the manual from real screens (needs tmux, npm, chromium)
	@$(PIP) rich playwright
	@$(BIN)/python -m docs.images.make_neovim
	@$(BIN)/python -m docs.images.make_terminal
	@$(BIN)/python -m docs.images.make_site
	@GLOSSARY_LS_INSTALL=1 $(BIN)/python -m tests.e2e.vscode.pictures
	@$(BIN)/python -m tests.e2e.vscode.tutorial_pictures

vsix: $(VENV)/.pack $(MODULES)/.build ## pack the extension of VS Code (needs npm)
	@echo "Packing the extension ..."
	@$(NPM) run build
	@mkdir -p build
	@$(BIN)/python $(EXTENSION)/tools/pack.py build/glossary-ls.vsix

dist: $(VENV)/.dist $(MODULES)/.build ## build and check what is published: sdist, wheel, extension (needs npm)
	@$(BIN)/python packaging/dist.py

site: $(VENV)/.site ## build the manual as a web site in build/site
	@$(BIN)/python docs/make_site.py

torture: $(VENV)/.dev ## try to break the server for an hour, and write docs/reliability.md
	@$(BIN)/python -m tests.torture

quality: $(VENV)/.dev ## precision and recall of the unknown-acronym rule
	@$(BIN)/python -m tests.quality

generate: $(VENV)/.dev ## write the files that are generated from the settings table
	@$(BIN)/python -m tests.generate

clean: ## remove the virtual environment and what was built
	rm -rf $(VENV) build dist

# Runs a target of this file if there is npm.
with_npm = if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(1); \
	else echo "There is no npm: the extension is left out"; fi

.PHONY: lint-extension test-extension
lint-extension: $(MODULES)/.dev
	@$(NPM) run check

test-extension: build/extension-tests.log
	@:

build/extension-tests.log: $(MODULES)/.dev $(shell find $(EXTENSION)/src $(EXTENSION)/test $(EXTENSION)/package.json)
	@echo "Testing the extension ..."
	@mkdir -p build
	@($(NPM) test) >$@ 2>&1 || (cat $@; rm $@; exit 1)

$(MODULES)/.build: $(EXTENSION)/package-lock.json
	@echo "Installing what builds the extension into $(MODULES) ..."
	@$(NPM) ci --omit=dev
	@touch $@

$(MODULES)/.dev: $(EXTENSION)/package-lock.json
	@echo "Installing what builds and checks the extension into $(MODULES) ..."
	@$(NPM) ci
	@touch $@ $(MODULES)/.build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "glossary_ls needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(VENV)/bin/python
	@echo "Installing glossary_ls into $(VENV) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/.pack: pyproject.toml | $(VENV)/bin/python
	@echo "Installing glossary_ls and what packs it into $(VENV) ..."
	@$(PIP) --editable ".[pack]"
	@touch $@ $(VENV)/.run

$(VENV)/.dist: pyproject.toml | $(VENV)/bin/python
	@echo "Installing glossary_ls and what checks its packages into $(VENV) ..."
	@$(PIP) --editable ".[dist]"
	@touch $@ $(VENV)/.pack $(VENV)/.run

$(VENV)/.site: pyproject.toml | $(VENV)/bin/python
	@echo "Installing what builds the site into $(VENV) ..."
	@$(PIP) --editable ".[site]"
	@touch $@ $(VENV)/.run

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	@echo "Installing glossary_ls and its development tools into $(VENV) ..."
	@$(PIP) --editable ".[dev]"
	@touch $@ $(VENV)/.run $(VENV)/.pack $(VENV)/.dist $(VENV)/.site
