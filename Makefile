# Everything one does with this repository. Each target first makes sure that .venv holds what uv.lock names.

.POSIX:
.DEFAULT_GOAL = help
.PHONY: help demo test check bench fuzz docs messages

FUZZ_SECONDS ?= 300
INSTALLED = .venv/installed

help:
	@echo "make demo    serve a sample community on this machine"
	@echo "make test    run every test: on SQLite, then those that use the database on PostgreSQL"
	@echo "make check   lint, format, types, import contracts, generated reference"
	@echo "make bench   measure speed against the usual libraries"
	@echo "make fuzz    feed damaged captions to the reader for FUZZ_SECONDS (300)"
	@echo "make docs    write the generated pages of docs/reference anew"
	@echo "make messages  bring the catalogues of messages up to date, and compile them"

$(INSTALLED): pyproject.toml uv.lock scripts/install.sh
	sh scripts/install.sh dev
	touch $@

demo: $(INSTALLED)
	.venv/bin/commonplace demo

test: $(INSTALLED)
	sh scripts/install-servers.sh
	.venv/bin/pytest -n 2
	.venv/bin/python tests/postgresql.py .venv/bin/pytest -n 2 -m database

check: $(INSTALLED)
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python docs/generate.py --check

bench: $(INSTALLED)
	for file in benchmarks/[a-z]*.py; do .venv/bin/python -m benchmarks.$$(basename $$file .py) || exit; done

fuzz: $(INSTALLED)
	sh scripts/install.sh fuzz
	.venv/bin/python tests/fuzz/fuzz_read.py -max_total_time=$(FUZZ_SECONDS)

docs: $(INSTALLED)
	.venv/bin/python docs/generate.py

messages: $(INSTALLED)
	sh scripts/install-servers.sh
	.venv/bin/python scripts/messages.py
