# Homeward. `make` lists the commands. Each sets up what it needs by itself in .venv: nothing is asked
# for but Python 3.11 or newer, pip and make.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.ready-run
DEV := $(VENV)/.ready-dev
# one more than processors, for tests wait too: for disks, timers and other processes
WORKERS := $(shell n=$$(nproc); echo $$((n < 4 ? n + 1 : 4)))
LOCKED := requirements.txt requirements-build.txt pyproject.toml

.PHONY: help demo serve test check lint types words pictures lock image image-check clean

help: ## list the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(RUN) ## load the invented example lists and requests, match them, serve on 127.0.0.1:8000
	$(BIN)/homeward demo

serve: $(RUN) ## serve with your own settings (docs/operating.md); needs a key file and a database
	$(BIN)/homeward serve

test: $(DEV) ## run every test, on a real PostgreSQL and in a real Chromium
	.ci/system-packages postgresql chromium fonts pdf curl
	$(BIN)/homeward compile
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: lint types test ## what must pass before a change goes in: style, types and every test

lint: $(DEV) ## style only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV) ## types only
	$(BIN)/mypy

words: $(DEV) ## compile the translations of service/pages/locales after a change
	$(BIN)/python .ci/words

pictures: $(DEV) ## photograph the main pages for docs/pictures.md, English and Arabic, phone and desk
	.ci/system-packages chromium fonts pdf
	HOMEWARD_PICTURES=docs/images/pages $(BIN)/pytest -q -n 0 tests/pages/test_tour.py

lock: ## write the requirements files anew from pyproject.toml, with the hash of every file
	.ci/lock

image: ## build the container image with docker or buildah (BASE=... picks another base)
	.ci/image build

image-check: ## build the image on a base made here, run it without root and ask /healthz
	.ci/image check

clean: ## remove what was built and cached; data under var/ stays
	rm -rf build dist $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): $(LOCKED)
	.ci/environment run

$(DEV): $(LOCKED) requirements-dev.txt
	.ci/environment dev
