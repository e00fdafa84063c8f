# One command each from a fresh clone: `make feeds` runs the main job, `make test` passes the tests.
# Choose an interpreter with `make PYTHON=python3.13 …`, another place for the environment with `VENV=…`.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
LOCKED := $(PIP) install --require-hashes --no-deps --no-build-isolation --use-pep517
LOCKS  := requirements

.PHONY: check feeds test readers browsers lint format bench bless quality lock clean
.DELETE_ON_ERROR:

check: lint test                        ## plain `make`

feeds: $(VENV)/runtime.stamp            ## seeds/ -> feeds/
	$(BIN)/feedpub build

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal --ignore=tests/browser
	$(BIN)/python -m pytest tests/browser          # alone: how fast a page is shown is looked at, too

readers:                                ## what tests/readers subscribes with, where it is missing
	tests/readers/install

browsers:                               ## what tests/browser looks at pages with, where it is missing
	tests/browser/install

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bless: $(VENV)/dev.stamp                ## rewrites the golden files; read the diff as carefully as code
	$(BIN)/python -m pytest --bless

quality: $(VENV)/dev.stamp              ## how well articles are understood, against pinned floors
	$(BIN)/python -m pytest --capture=no tests/quality

SIZES ?= 1000 10000 100000
bench: $(VENV)/bench.stamp              ## `make bench SIZES=1000` for a quick look
	$(BIN)/python benchmarks/bench.py $(SIZES)

clean:
	rm -rf $(VENV) build dist src/feedpub.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/*/node_modules
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +


# ── set-up: once, and again when a lock or pyproject.toml changes ──

$(VENV)/python.stamp: $(LOCKS)/build.txt
	@command -v $(PYTHON) >/dev/null || \
	    { echo "feedpub needs Python 3.11 or newer, and there is no $(PYTHON): name one with make PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	    { echo "feedpub needs Python 3.11 or newer, and $(PYTHON) is `$(PYTHON) -V`: name one with make PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(LOCKED) -r $(LOCKS)/build.txt
	@touch $@

$(VENV)/runtime.stamp: $(VENV)/python.stamp $(LOCKS)/runtime.txt pyproject.toml
	$(LOCKED) -r $(LOCKS)/runtime.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/runtime.stamp $(LOCKS)/dev.txt
	$(LOCKED) -r $(LOCKS)/dev.txt
	@touch $@

$(VENV)/bench.stamp: $(VENV)/runtime.stamp $(LOCKS)/bench.txt
	$(LOCKED) -r $(LOCKS)/bench.txt
	@touch $@


# ── locks: exact versions with hashes, good for every Python that we support ──

COMPILE = $(VENV)-lock/bin/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
          --no-emit-index-url --no-annotate --custom-compile-command "make lock"

lock:
	$(PYTHON) -m venv --clear $(VENV)-lock
	$(VENV)-lock/bin/python -m pip --quiet --disable-pip-version-check install uv
	$(COMPILE) --group build --output-file $(LOCKS)/build.txt
	$(COMPILE) pyproject.toml --output-file $(LOCKS)/runtime.txt
	$(COMPILE) --group dev --constraint $(LOCKS)/runtime.txt --output-file $(LOCKS)/dev.txt
	$(COMPILE) --group bench --output-file $(LOCKS)/bench.txt
	rm -rf $(VENV)-lock
