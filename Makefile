# Everything runs from a clean clone with Python 3.11, venv and a network; no root, no PostgreSQL, no Node.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8080
LETOPIS_HOME ?= $(CURDIR)/.letopis
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: run test check cases bench lock clean
.DELETE_ON_ERROR:

run: .venv/run.stamp
	@# exec: a signal to make must reach Letopis itself, which ends its requests and stops PostgreSQL
	@PORT='$(PORT)' LETOPIS_HOME='$(LETOPIS_HOME)' exec $(BIN)/letopis serve --demo

test: .venv/dev.stamp
	$(BIN)/python -m pytest $(TESTS)

cases: .venv/dev.stamp
	rm -f .pytest_cache/cases.json
	-$(BIN)/python -m pytest -q -m case
	$(BIN)/python -m tests.cases

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.stamp
	$(BIN)/python -m bench

# uv, because pip-compile writes the addresses of package indexes into what it makes.
lock:
	for set in requirements requirements-dev; do \
	  uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    $$set.in -o $$set.txt && \
	  sed -i "1i # Compiled by \`make lock\` from $$set.in; do not edit." $$set.txt; done

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info

.venv/bin/pip:
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt setup.cfg pyproject.toml | .venv/bin/pip
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(INSTALL) --require-hashes -r requirements-dev.txt
	touch $@
