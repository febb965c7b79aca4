# Everything a curator or a contributor runs. `make help` lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help site serve test check bench lock clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

site: $(READY) ## build the digest of seeds/ into site/
	$(BIN)/digest build

serve: $(READY) ## build, serve on http://127.0.0.1:8000/, rebuild and reload on every save
	$(BIN)/digest serve

test: $(READY) ## run all tests, those in browsers too where these are or can be installed
	./scripts/browsers.sh
	$(BIN)/python -m pytest

check: $(READY) ## run the linters and the type checker, and look for problems in seeds/
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/digest check --strict

bench: $(READY) ## run the benchmarks
	$(BIN)/python -m benchmarks

lock: ## resolve the dependencies anew into requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-emit-trusted-host --extra dev --output-file requirements.txt pyproject.toml

clean: ## remove everything that was built
	rm -rf site .digest $(VENV)

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, e.g. make PYTHON=python3.12 site")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
