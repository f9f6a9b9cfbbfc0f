# `make run` shows Moving Day, `make test` checks it; both bring what they need first.

MAKEFLAGS += --no-print-directory
PYTHON := .venv/bin/python
TRIAL := build/sample

.NOTPARALLEL:
.PHONY: run setup test check bench scorecard fidelity clean

# Where there is no screen for the window, the sample blog moves in the terminal. Its one
# missing photo makes that an incomplete move, which is status 1, and still a report.
run:
	@.ci/prepare run
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	    echo "No screen here: the sample blog moves in the terminal instead."; \
	    rm -rf $(TRIAL) && mkdir -p $(TRIAL) && \
	    $(PYTHON) -m wizard move resources/sample/sample-space.zip \
	        --to $(TRIAL)/sample-blog.xml --move $(TRIAL)/sample.move || \
	        { [ $$? = 1 ] && [ -f $(TRIAL)/sample-blog.xml-report.html ]; }; \
	else \
	    $(PYTHON) -m wizard; \
	fi

setup:
	@.ci/prepare test

test: setup check
	@$(PYTHON) -m pytest

check:
	@.ci/prepare check
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy --strict wizard

bench: setup
	@$(PYTHON) -m tests.bench

# About three hours; `python -m tests.faults --only NAME` for a part of it.
scorecard:
	@.ci/prepare scorecard
	@$(PYTHON) -m tests.faults

# Some minutes; `python -m tests.fidelity SOURCE` for a blog of your own.
fidelity:
	@.ci/prepare scorecard
	@$(PYTHON) -m tests.fidelity

clean:
	rm -rf .venv .cache build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
