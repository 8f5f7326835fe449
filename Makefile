# What people type. Nothing but Python 3.11+ and make is needed for `make run`; `make test` names what else it wants.
CANDIDATES := python3 python3.13 python3.12 python3.11 python
PYTHON ?= $(shell for each in $(CANDIDATES); do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
PORT ?= 8000
BIN := .venv/bin
BIOME := var/tools/node_modules/.bin/biome
export PORT
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: run setup setup-test test format check bench prove

run: setup .env
	@$(BIN)/python manage.py demo
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@echo "Open http://127.0.0.1:$(PORT)/  (Ctrl+C stops it)"
	@$(BIN)/python -m newsroom.serve --bind 127.0.0.1:$(PORT)

setup: .venv/installed-run

setup-test: .venv/installed-test

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Newsroom needs Python 3.11 or newer, and found none. Install it first."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Install Python's venv module (on Debian: apt install python3-venv)."; exit 1; }

.venv/installed-run: .venv/bin/python requirements/run.txt
	@echo "Installing what Newsroom needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/run.txt
	@touch $@

.venv/installed-test: .venv/bin/python requirements/test.txt
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/test.txt
	@touch .venv/installed-run $@

.env: | setup
	@$(BIN)/python -m newsroom.first_env > .env.new && mv .env.new .env

test: setup-test
	@$(BIN)/python -m tests.run

format: setup-test
	@$(BIN)/ruff format .
	@$(BIN)/djangofmt --line-length 120 $$(find articles authors newsroom -path '*/templates/*.html')
	@test ! -x $(BIOME) || $(BIOME) format --write .

check: setup-test
	@$(BIN)/python -m tests.check

bench: setup-test
	@$(BIN)/python -m tests.bench.run $(N)

prove: setup-test
	@$(BIN)/python -m tests.run --full-size
