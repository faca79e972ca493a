# Vincula. `make help` lists what there is.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
IDENTITY_PORT ?= 8443
API_PORT ?= 8444
GOVBR_PORT ?= 8445
HOST ?= 127.0.0.1
V := .venv/bin
export VINCULA_DATA ?= $(CURDIR)/dados
# Tests and benches make bases of their own; these would lead them astray.
# They start hundreds of processes, none of which shall compile again what the one before has compiled.
CLEAN := env -u PYTHONDONTWRITEBYTECODE -u DATABASE_URL -u VINCULA_DATA -u VINCULA_PROFILE -u VINCULA_CNS_RANGE
# One more than the two cores that the least machine has: the tests wait for processes and browsers a quarter of their time.
WORKERS ?= 3
PYTEST := $(V)/pytest -n $(WORKERS) --dist loadfile
PROOF := .proof

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench bench-full faults fuzz requirements pictures lock wheel clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/|/' | awk -F'|' '{printf "  make %-14s%s\n", $$1, $$2}'

run: .venv/runtime ## install and start everything, with a demo world (PORT=8000 IDENTITY_PORT=8443 API_PORT=8444 GOVBR_PORT=8445)
	@$(V)/vincula serve --demo --host $(HOST) --web-port $(PORT) --identity-port $(IDENTITY_PORT) --api-port $(API_PORT) --govbr-port $(GOVBR_PORT)

test: .venv/dev ## the tests, on SQLite and on a real PostgreSQL
	@rm -rf $(PROOF) && mkdir -p $(PROOF)
	$(CLEAN) VINCULA_PROOF=$(PROOF)/sqlite.json $(PYTEST) -m "not long" tests
	$(CLEAN) VINCULA_PROOF=$(PROOF)/postgresql.json VINCULA_ONLY_DATABASE=1 \
		$(V)/python -m tests.postgres --quick $(PYTEST) -m "not long" tests

lint: .venv/dev ## ruff, mypy --strict, import-linter
	$(V)/ruff check .
	$(V)/ruff format --check .
	$(CLEAN) VINCULA_DATA=$${TMPDIR:-/tmp}/vincula-lint $(V)/mypy
	$(V)/lint-imports

format: .venv/dev ## put the sources into shape
	$(V)/ruff check --fix .
	$(V)/ruff format .

bench: .venv/bench ## every speed figure, as a ratio to a limit of the same run (some 16 minutes)
	$(CLEAN) $(V)/python -m bench

bench-full: .venv/bench ## the same with 5,000,000, and look-ups in a base of 10,000,000 (long)
	$(CLEAN) $(V)/python -m bench --full

faults: .venv/dev ## kill the process at any moment, on both engines (long)
	$(CLEAN) $(PYTEST) --timeout 3600 tests/faults
	$(CLEAN) $(V)/python -m tests.postgres $(PYTEST) --timeout 3600 tests/faults

fuzz: .venv/dev ## the long property and fuzz suites
	$(CLEAN) $(PYTEST) --timeout 3600 -m long --ignore tests/faults tests

requirements: .venv/dev ## which of R001-R161 the tests prove, from a run made now
	@rm -rf $(PROOF) && mkdir -p $(PROOF)
	-@$(CLEAN) VINCULA_PROOF=$(PROOF)/sqlite.json $(PYTEST) -m "requirement and not long" tests >$(PROOF)/sqlite.log 2>&1
	-@$(CLEAN) VINCULA_PROOF=$(PROOF)/postgresql.json VINCULA_ONLY_DATABASE=1 \
		$(V)/python -m tests.postgres --quick $(PYTEST) -m "requirement and not long" tests >$(PROOF)/postgresql.log 2>&1
	@$(V)/python -m tests.proof $(PROOF)/sqlite.json $(PROOF)/postgresql.json

pictures: .venv/dev ## the manual's pictures, taken anew of a demo world (needs a Chromium)
	$(CLEAN) $(V)/python -m tools.pictures

lock: ## make the lock files anew from requirements/*.in (needs uv)
	for name in runtime setup dev bench; do uv pip compile --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -q requirements/$$name.in -o requirements/$$name.lock; done

wheel: .venv/dev ## a wheel with the style sheets inside
	$(V)/pip wheel -q --no-deps --no-build-isolation -w dist .

clean: ## remove what was installed and built; the data in ./dados stays
	rm -rf .venv build dist node_modules src/vincula/common/page/static/vendor $(PROOF)

# -- installation -------------------------------------------------------------------------------------------------

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
		echo "O Vincula precisa de Python 3.11, 3.12 ou 3.13 (diga qual: make PYTHON=python3.12 …)."; exit 1; }
	$(PYTHON) -m venv .venv

define install
	$(V)/pip install -q --disable-pip-version-check --require-hashes -r requirements/$(1).lock
	$(V)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

.venv/runtime: .venv/pyvenv.cfg requirements/runtime.lock requirements/setup.lock pyproject.toml tools/npm/package-lock.json
	@echo "Instalando (a primeira vez leva um a dois minutos)…"
	$(V)/pip install -q --disable-pip-version-check --require-hashes -r requirements/setup.lock
	$(call install,runtime)
	$(V)/python tools/assets.py
	@touch $@

.venv/dev: .venv/runtime requirements/dev.lock
	$(call install,dev)
	@touch $@

.venv/bench: .venv/dev requirements/bench.lock
	$(V)/pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.lock
	@touch $@
