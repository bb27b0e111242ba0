# The two commands: `make run` and `make test`. Both stand on `make setup`, which does nothing when nothing changed.
PYTHON ?= python3
BIN    := .venv/bin
STAMPS := .venv/.stamps
TESTS  ?= tests
ARGS   ?=

# Processes share what was compiled once, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test lint types imports console-checks unit lock schema pictures synth clean

help: ## Show this help
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMPS)/python $(STAMPS)/console ## Make .venv (with the trunkline command) and the console

run: setup ## Open the sample call centre on the twin: callers begin to ring
	@$(BIN)/trunkline up $(ARGS)

test: setup $(STAMPS)/develop lint ## Lint, types, import rules and all tests
	@$(MAKE) --no-print-directory --jobs=2 unit types imports console-checks

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy layers/trunkline/python/trunkline contactflow twin infra cli app.py
	$(BIN)/python -m cli.development.check_handlers

imports:
	$(BIN)/lint-imports

console-checks: $(STAMPS)/console
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check

unit:
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS)

lock: $(STAMPS)/develop ## Compile requirements*.in into pinned requirements*.txt
	$(BIN)/pip-compile $(LOCK) requirements-dev.in -o requirements-dev.txt
	$(BIN)/pip-compile $(LOCK) -c requirements-dev.txt requirements.in -o requirements.txt
LOCK := --quiet --upgrade --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

schema: setup ## Publish the JSON Schema of callcenter.yaml
	$(BIN)/trunkline check --schema > docs/callcenter.schema.json

pictures: setup ## Take the pictures of the console that docs/ shows; needs a Chromium (web/README.md)
	$(BIN)/python -m cli.development.take_pictures

synth: setup ## Synthesise the cloud into cdk.out
	$(BIN)/python app.py

clean: ## Remove everything that setup and the twin made
	rm -rf .venv .cache cdk.out web/dist web/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(STAMPS)/python: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing Python packages into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m cli.development.link_node
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/develop: requirements-dev.txt $(STAMPS)/python
	@echo "Installing the tools for development into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements-dev.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/packages: web/package.json web/package-lock.json $(STAMPS)/python
	@echo "Installing the console's packages into web/node_modules"
	@cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --loglevel error --no-audit --no-fund
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/console: $(STAMPS)/packages $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/.*' 2>/dev/null)
	@echo "Building the console"
	@cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@mkdir -p $(STAMPS) && touch $@
