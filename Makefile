# The daily acts. Each sets up what it needs: nothing but git, make and Python 3.11 has to be there.

BIN = .venv/bin

.PHONY: help setup run test lint bench soak clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*##/\1\t/p' $(MAKEFILE_LIST) | expand -t 10

setup:  ## make the environment in .venv, from requirements.lock
	@.ci/setup

run: setup  ## crawl the sample portals and open the site: tinso demo
	$(BIN)/tinso demo

test: setup  ## all tests, on up to four cores; a file's tests stay together, since they share what is slow to make
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: setup  ## style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup  ## accuracy and speed, beside the peers in benchmarks/.venv
	$(BIN)/python -m benchmarks.extraction
	$(BIN)/python -m benchmarks.lists
	$(BIN)/python -m benchmarks.pipeline
	test -e benchmarks/.corpus/corpus.db || $(BIN)/python -m benchmarks.make_corpus benchmarks/.corpus
	$(BIN)/python -m benchmarks.site benchmarks/.corpus

soak: setup  ## 100,000 mutated pages, 100 kills, 20 minutes of watching, years of health, a hostile portal; takes long
	$(BIN)/python -m benchmarks.soak_pages
	$(BIN)/python -m benchmarks.soak_kills
	$(BIN)/python -m benchmarks.soak_watch
	$(BIN)/python -m benchmarks.simulated_year
	$(BIN)/python -m benchmarks.hostile
	TINSO_KILLS=100 $(BIN)/python -m pytest tests/test_backfill.py -k killed

clean:  ## remove the environment and all caches; the data stays
	rm -rf .venv benchmarks/.venv benchmarks/.corpus .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage build dist
	find . -name __pycache__ -prune -exec rm -rf {} +
