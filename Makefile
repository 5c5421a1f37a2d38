# `make demo` and `make test` are all a newcomer needs: both make their own virtual environment in .venv
PYTHON ?= python3
BIN := .venv/bin
# in several processes, each file in one, in the order of tests/conftest.py: what takes long first
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

unexport PYTHONDONTWRITEBYTECODE  # the tests start some hundred processes, and each would compile all modules again

.PHONY: demo test suite fast slow oldest lint rules score lines train dumps drill fuzz runs pictures clean

demo: .venv/run  ## clean the sample pages in seeds/ and say where to look
	$(BIN)/boilerstrip run seeds --to out/demo

test: .venv/test  ## style, types, rules, and all tests but the slow ones: mypy beside the tests
	$(MAKE) --no-print-directory --jobs=2 lint rules suite

suite: .venv/test
	$(PYTEST) -m "not slow"

fast: .venv/test  ## the tests that need no server and no processes of their own
	$(PYTEST) -m "not prefect and not processes and not dask and not s3 and not wheel and not slow"

slow: .venv/test  ## hostile pages at their full size: about a quarter of an hour
	$(BIN)/python -m pytest -m slow

oldest: .venv-oldest  ## runs, with the oldest versions that are allowed; a new .venv has the newest
	$(subst .venv/,.venv-oldest/,$(PYTEST)) -m "prefect and not wheel and not slow"

lint: .venv/test  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

rules: .venv/test  ## every example of every rule, rules said twice, patterns that could hang
	$(BIN)/boilerstrip rules check

score: .venv/test  ## the gold sets of ../shared/bench: HTML beside trafilatura, text beside the raw input, roles
	$(BIN)/python tests/benchmarks/gold_sets.py --halves --rules --table tests/benchmarks/RULES.md
	$(BIN)/python tests/benchmarks/text_sets.py --halves
	$(BIN)/python tests/benchmarks/roles.py

lines: .venv/bench  ## what extractors leave of the furniture, and who takes it out: needs ../shared/bench
	$(BIN)/python tests/benchmarks/lines.py

train: .venv/bench  ## the scorers of blocks, lines, titles and heads, cross-validated, then their weights: needs ../shared/bench; hours
	$(BIN)/python tests/benchmarks/train_blocks.py --folds 5 --write
	$(BIN)/python tests/benchmarks/train_lines.py --folds 3 --write
	$(BIN)/python tests/benchmarks/train_title.py --folds 3 --write
	$(BIN)/python tests/benchmarks/train_roles.py --folds 6 --write
	$(BIN)/python tests/benchmarks/covers.py --every 3

dumps: .venv/test  ## text dumps in many languages, labelled line by line: chrome removed, text lost, fields right
	$(BIN)/python tests/benchmarks/dumps.py

drill: .venv/test  ## kill -9 at fifty random moments, start again, compare: about a quarter of an hour
	$(BIN)/python tests/drill.py

fuzz: .venv/fuzz  ## each part of the library for a minute with each of three engines: half an hour
	$(BIN)/python tests/fuzz --with random hypothesis atheris

runs: .venv/test  ## memory, overhead and scaling of runs: about a quarter of an hour
	$(BIN)/python tests/benchmarks/runs.py

pictures: .venv/test  ## Prefect's UI, for docs/schedule.md: needs chromium
	BOILERSTRIP_IMAGES=docs/images $(BIN)/python -m pytest tests/flows/test_schedule.py -k "not serve and not postgresql"

clean:  ## remove what the other targets made
	rm -rf .venv .venv-oldest out

.venv/run: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[flows]'
	touch $@

.venv/test: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@ .venv/run

.venv-oldest: pyproject.toml tests/oldest.txt
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check --constraint tests/oldest.txt --editable '.[test]'
	touch $@

.venv/bench: .venv/test  # an older pip breaks off over lxml[html_clean] and lxml[html-clean], which are the same
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=24.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	touch $@

.venv/fuzz: .venv/test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	touch $@
