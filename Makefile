# Everything runs in .venv, which the first use of any target makes from requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install figures test check notebook test-browser test-office test-real soak floors bench lock clean

help:  ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(READY)  ## Make .venv and install everything into it

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "discourse needs Python 3.11 or newer; say which with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python has no venv; install it first (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@echo "Making $(VENV) and installing what requirements.lock names (once; a minute or two) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

figures: $(READY)  ## Turn the sample's posts into charts and pages, in reports/
	$(BIN)/discourse reproduce

test: $(READY)  ## Run the tests (needs nothing outside the repository)
	$(BIN)/python -m pytest -n 3 --dist loadfile

check: $(READY)  ## Lint, types, notebooks stripped
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/nbstripout --verify notebooks/*.ipynb

# Whether Chromium is installed; install a package of Debian's, where this user may.
browser = $(BIN)/python -c 'import shutil, sys; from discourse.report.printing import BROWSERS; sys.exit(not any(map(shutil.which, BROWSERS)))'
apt = { as=; test "$$(id -u)" = 0 || as="sudo -n"; $$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1); } >/dev/null 2>&1

test-browser: $(READY)  ## Run the tests of the report in Chromium (installs it where it may)
	@$(browser) || $(call apt,chromium) || true
	@$(browser) || { echo "test-browser needs Chromium, which is not installed and could not be installed here (Debian, Ubuntu: apt install chromium)." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tests/browser/requirements.txt
	$(BIN)/python -m pytest tests/browser

test-office: $(READY)  ## Run the tests of the slides in LibreOffice (installs it where it may)
	@command -v soffice >/dev/null || $(call apt,libreoffice-impress) || true
	@command -v soffice >/dev/null || { echo "test-office needs LibreOffice, which is not installed and could not be installed here (Debian, Ubuntu: apt install libreoffice-impress)." >&2; exit 1; }
	$(BIN)/python -m pytest tests/office

notebook: $(READY)  ## Open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

test-real: $(READY)  ## Run the tests on real pages and corpora: make test-real REAL=DIR
	@test -n "$(REAL)" || { echo "test-real needs real data: make test-real REAL=DIR, where DIR holds seed/*.txt, corpora/iff-archive, corpora/digitalrightswatch and gold/dev.jsonl." >&2; exit 1; }
	$(BIN)/python -m pytest tests/real --real "$(REAL)"

soak: $(READY)  ## Run the long checks: thousands of hostile files, many killed crawls, taggings and workers (about an hour)
	$(BIN)/python -m pytest tests/load/test_hostile.py tests/fetch --hostile 2000 --kills 20
	$(BIN)/python -m pytest tests/test_killed.py --kills 30

floors: $(READY)  ## Raise the pinned scores that the tests hold to what is reached now (never lowers one)
	$(BIN)/python tests/raise_floors.py

# The peers have an environment of their own: what requirements.lock names, and benchmarks/requirements.txt on top.
BENCH := benchmarks/.venv
BENCH_READY := $(BENCH)/.installed
SCALE ?= 200,2000
measure = PYTHONPATH=tests $(BENCH)/bin/python benchmarks/
real_corpora = $(if $(wildcard $(REAL)/corpora/iff-archive),--real "$(REAL)")

$(BENCH_READY): requirements.lock benchmarks/requirements.txt pyproject.toml
	@$(PYTHON) -m venv --clear $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r benchmarks/requirements.txt
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

bench: $(BENCH_READY)  ## Measure speed, quality and scale beside peers and write benchmarks/RESULTS.md: make bench [REAL=DIR] [SCALE=200,2000,20000]
	$(measure)pages.py $(if $(REAL),--real "$(REAL)")
	$(measure)names.py $(real_corpora)
	$(measure)tagging.py $(real_corpora)
	$(measure)keyness.py $(real_corpora)
	$(measure)topics.py $(real_corpora)
	$(measure)shares.py
	$(measure)references.py
	$(measure)trends.py
	$(measure)covering.py
	$(measure)scale.py --only "$(SCALE)" $(real_corpora)

lock: $(READY)  ## Resolve requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --extra dev --extra fetch --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" -o requirements.lock
	cd tests/browser && uv pip compile requirements.in --constraints ../../requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" -o requirements.txt
	cd benchmarks && uv pip compile requirements.in --constraints ../requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" -o requirements.txt

clean:  ## Remove what was made: .venv, reports, workspaces
	rm -rf $(VENV) benchmarks/.venv reports data/processed/*/ .mypy_cache .ruff_cache .pytest_cache .hypothesis
