# The commands of the project; `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STUDY ?= configs/japan.yaml
SETS ?= ../shared/benchmarks
BROWSER := chromium fonts-noto-cjk fontconfig poppler-utils
AS_ROOT := $(if $(filter 0,$(shell id -u)),,sudo)
APT_GET := $(AS_ROOT) apt-get update -qq && \
	$(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq > /dev/null

.DEFAULT_GOAL := help
.PHONY: help install run cases test lint layers bench notebooks docs clean

help: ## List the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

install: $(VENV)/.run ## Set up what a run needs in .venv

$(VENV)/.run: pyproject.toml constraints.txt
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) \
	|| { $(APT_GET) python3-venv && $(PYTHON) -m venv --clear $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.test: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,layers]'
	touch $@

$(VENV)/.bench: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	touch $@

run: $(VENV)/.run ## Solve STUDY (configs/japan.yaml) and write out/<study>/; exit 4 of siting is a plan too
	$(BIN)/siting run $(STUDY) || [ $$? -eq 4 ]

cases: $(VENV)/.run ## Solve every case study and the national one, one after the other
	$(BIN)/siting cases || [ $$? -eq 4 ]

test: $(VENV)/.test browser lint ## Set up what the tests need, check style and types, run all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: browser
browser:
	@command -v chromium > /dev/null && command -v pdfinfo > /dev/null && fc-list 2>/dev/null | grep -qi 'CJK' \
	|| { $(APT_GET) $(BROWSER); }

layers: $(VENV)/.test ## Build data/gis from data/sources
	$(BIN)/python data/build

bench: $(VENV)/.bench ## Measure what bench/results lacks, write docs/benchmark.md; BENCH=--short is quick
	$(if $(filter-out --short,$(BENCH)),,$(BIN)/python bench/national.py $(BENCH))
	$(BIN)/python -m bench --sets "$(SETS)" $(BENCH)

notebooks: $(VENV)/.test ## Run the notebooks
	$(BIN)/python -m pytest --nbmake notebooks -p no:cacheprovider

docs: $(VENV)/.test ## Write the JSON schema of a study to docs/study.schema.json
	$(BIN)/siting schema > docs/study.schema.json

clean: ## Remove outputs and caches; keeps .venv
	rm -rf out .pytest_cache .mypy_cache .ruff_cache dist build
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
