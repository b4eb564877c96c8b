# Each target sets up what it needs; nothing is installed outside .venv/.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Seconds since 1970 of the last commit: the only date that reaches the bundle.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
export NO_MKDOCS_2_WARNING := 1
export UV_PYTHON_DOWNLOADS := never
export AGAINST CALLED

.DEFAULT_GOAL := help
.PHONY: help site bundle preview serve quick test test-slow check lint bench bench-quick bench-search fuzz sbom fix lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

$(VENV)/site.stamp: locks/site.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sessional needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) -V 2>&1`. Set PYTHON=…" >&2; exit 2; }
	@if command -v uv >/dev/null; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r locks/site.txt && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/site.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

$(VENV)/dev.stamp: locks/dev.txt $(VENV)/site.stamp
	@if command -v uv >/dev/null; then \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r locks/dev.txt ; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/dev.txt ; \
	fi
	@touch $@

site: $(VENV)/site.stamp ## build site/ from content/
	$(BIN)/sessional build

bundle: $(if $(ONLY),$(VENV)/site.stamp,site) ## zip the site for a USB stick; ONLY=Africa zips a part
	$(BIN)/sessional bundle $(if $(ONLY),--only "$(ONLY)")

preview: $(VENV)/site.stamp ## what a reviewer needs, in build/preview/; AGAINST=…, CALLED=…
	$(BIN)/sessional preview $${AGAINST:+--against "$$AGAINST"} $${CALLED:+--called "$$CALLED"}

serve: $(VENV)/site.stamp ## live preview at http://127.0.0.1:8000
	$(BIN)/sessional serve

# The checkers of finished pages; without them their tests say what they skip.
$(VENV)/web.stamp: tests/web/package-lock.json $(VENV)/site.stamp
	@if command -v npm >/dev/null; then \
	  npm ci --prefix tests/web --ignore-scripts --no-audit --no-fund --silent || echo "The checkers of finished pages could not be installed." >&2 ; \
	else echo "npm is not installed: finished pages are not checked by axe-core, Nu and Lighthouse." >&2 ; fi
	@touch $@

# Tests that share what is dear to make stay with one process: those of a file, or of an xdist_group.
PYTEST := $(BIN)/python -m pytest -n logical --maxprocesses 4

quick: lint ## lint, types, layers and the quick tests, in a minute: for use after every change
	$(PYTEST) --dist worksteal -m quick

test: $(VENV)/dev.stamp $(VENV)/web.stamp ## run the tests
	$(PYTEST) --dist loadfile --no-loadscope-reorder -m "not slow"

test-slow: $(VENV)/dev.stamp $(VENV)/web.stamp ## run the long ones: Dask, long property runs, judges of finished pages, fonts
	$(PYTEST) --dist loadgroup --no-loadscope-reorder -m slow

lint: $(VENV)/dev.stamp ## lint, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint ## lint, types, layers, content
	$(BIN)/sessional check

# Peers are installed into build/bench/ at first; one that cannot be had is left out.
bench-quick: $(VENV)/dev.stamp ## building beside Hugo, Pagefind, Eleventy and Material, in five minutes
	$(BIN)/python bench/build.py --count 200 --json build/bench/quick.json

bench: $(VENV)/dev.stamp ## all of it with 10,000 reports: sizes, executors, killed builds, searching; takes hours
	$(BIN)/python bench/build.py --sizes 1000,5000,10000,20000 --json build/bench/build.json
	$(BIN)/python bench/synthetic.py --count 1000 --to build/bench/executors
	$(BIN)/python bench/executors.py build/bench/executors --json build/bench/executors.json
	$(BIN)/python bench/killed.py
	$(BIN)/python bench/search.py --json build/bench/search.json

bench-search: $(VENV)/dev.stamp ## searching beside Pagefind and Material's search
	$(BIN)/python bench/search.py --json build/bench/search.json

# Needs atheris, which is no part of the locks; the head of bench/fuzz.py says how to have it.
fuzz: $(VENV)/dev.stamp ## try files at random, guided by the code they reach, a minute for each reader
	$(BIN)/python bench/fuzz.py

sbom: $(VENV)/dev.stamp ## what the program is made of, in build/sbom.json (CycloneDX)
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements locks/site.txt --pyproject pyproject.toml --output-reproducible -o build/sbom.json

fix: $(VENV)/dev.stamp ## format and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## renew locks/ (needs uv)
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --upgrade -q -o locks/site.txt
	uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --upgrade -q -o locks/dev.txt

clean: ## remove what was built (the environment stays)
	rm -rf site build .site.* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
