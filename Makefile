# Two commands are enough: make run, make test. Everything is installed below this folder.

HOST ?= 127.0.0.1
PORT ?= 8000
export PATH := $(CURDIR)/.venv/bin:$(PATH)

JS_TESTS = $(shell find tests/js -name '*.test.js' | sort)

.PHONY: help run test test-all check bench catalogues pictures clean

help:
	@echo "make run         serve at http://$(HOST):$(PORT) (HOST= and PORT= change it)"
	@echo "make test        install what tests need and run them"
	@echo "make test-all    the same, with the slow ones"
	@echo "make check       lint and types only"
	@echo "make bench       measure against the peers"
	@echo "make catalogues  bring the translations up to date with the sources"
	@echo "make pictures    make the pictures of the documentation anew"
	@echo "make clean       remove everything that was installed or generated"

run: .venv/.installed
	@exec .venv/bin/python -m app --host "$(HOST)" --port "$(PORT)" --open

test: check
	@exec node --test --test-reporter=spec $(JS_TESTS)
	@.venv/bin/python -m pytest -q -m "not slow"

test-all: check
	@exec node --test --test-reporter=spec $(JS_TESTS)
	@.venv/bin/python -m pytest -q

check: .venv/.installed-test node_modules/.installed
	@.venv/bin/ruff check --quiet --output-format=concise .
	@.venv/bin/python -m mypy
	@.venv/bin/python -m tools.catalogues --check
	@exec node node_modules/typescript/bin/tsc

bench: .venv/.installed-test .venv/.installed-bench
	@for name in $(basename $(notdir $(wildcard benchmarks/[a-z]*.py))); do \
		.venv/bin/python -m "benchmarks.$$name" || exit 1; \
	done

catalogues: .venv/.installed-test
	@.venv/bin/python -m tools.catalogues

pictures: .venv/.installed-test
	@.venv/bin/python -m tools.pictures

clean:
	rm -rf .venv node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist

# The stamps stand in the environment that they vouch for, and are written last.
.venv/.installed: pyproject.toml constraints.txt
	@tools/environment.sh
	@touch $@

.venv/.installed-test: pyproject.toml constraints.txt
	@tools/environment.sh test
	@.venv/bin/python -m tests.chromium
	@touch $@ .venv/.installed

.venv/.installed-bench: pyproject.toml constraints.txt
	@tools/environment.sh bench
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc .venv/.installed-test
	@tools/node.sh
	@touch $@
