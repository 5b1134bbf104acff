# make demo    set up, and show the server's answers on docs/demo/runbook.md
# make test    set up, and run every test
# make help    the other targets

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo nvim test lint format bench screenshots vsix quality generate clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.run ## set up, and show the server's answers on a real runbook
	@$(BIN)/python docs/demo/demo.py

nvim: $(VENV)/.dev ## open the demo runbook in Neovim (0.11 or newer)
	@$(BIN)/python docs/demo/open_nvim.py

test: $(VENV)/.dev ## set up, and run every test
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.dev ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.dev ## rewrite the sources in the project's format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.dev ## measure start-up, scanning and requests as ratios
	@$(BIN)/python -m tests.bench

screenshots: $(VENV)/.dev ## draw the pictures of the manual from real screens (needs tmux, npm, chromium)
	@$(PIP) rich playwright
	@$(BIN)/python docs/images/make_neovim.py
	@GLOSSARY_LS_INSTALL=1 $(BIN)/python -m tests.e2e.vscode.pictures

vsix: $(VENV)/.dev editors/vscode/node_modules/.package-lock.json ## pack the extension of VS Code (needs npm)
	@cd editors/vscode && npm run --silent check && npm test --silent && npm run --silent build
	@mkdir -p build
	@$(BIN)/python editors/vscode/tools/pack.py build/glossary-ls.vsix

quality: $(VENV)/.dev ## precision and recall of the unknown-acronym rule
	@$(BIN)/python -m tests.quality

generate: $(VENV)/.dev ## write the files that are generated from the settings table
	@$(BIN)/python -m tests.generate

clean: ## remove the virtual environment and what was built
	rm -rf $(VENV) build dist

editors/vscode/node_modules/.package-lock.json: editors/vscode/package-lock.json
	@cd editors/vscode && npm ci --silent
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "glossary_ls needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(VENV)/bin/python
	@echo "Installing glossary_ls into $(VENV) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	@echo "Installing glossary_ls and its development tools into $(VENV) ..."
	@$(PIP) --editable ".[dev]"
	@touch $@ $(VENV)/.run
