# Everything a newcomer needs: `make validate` and `make test`. The first call of either sets up .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: setup validate test lint types unit slow fmt docs lock

validate: setup
	$(BIN)/muster validate

test: lint types unit

setup: $(STAMP)

# Hashes and `-e .` exclude each other in pip, hence two steps. Bytecode makes every later start 3 to 8 times faster.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src validators cli
	touch $(STAMP)

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: setup
	$(BIN)/mypy

unit: setup
	$(BIN)/python -m pytest -n 2 -m "not slow" --cov --cov-report=term-missing:skip-covered --cov-fail-under=95

slow: setup
	$(BIN)/python -m pytest -n 2 -m slow

fmt: setup
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/muster fmt

# The pages of docs/ as a site in build/docs, without the network.
docs: setup
	$(BIN)/sphinx-build -c docs -b html -E -a -n -W --keep-going -d build/doctrees . build/docs

# Needs uv (https://docs.astral.sh/uv/): it writes hashes for every platform and no address of a registry.
lock:
	uv pip compile pyproject.toml --extra validate --extra site --extra polars --group dev --generate-hashes --python-version 3.11 \
		--custom-compile-command "make lock" --quiet -o requirements.lock
