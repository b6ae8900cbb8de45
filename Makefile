# A thin wrapper: all the work is in start.py, which Windows users call directly (py start.py lab).
PYTHON ?= python3
OPTIONS = $(if $(LOCKED),--locked) $(ARGS)

.PHONY: help lab test hub setup python

help:
	@echo "make lab      open the course in JupyterLab; installs what is missing first"
	@echo "make test     run the tests (with CI=1 the slow ones too)"
	@echo "make hub      a JupyterHub for a class (Linux); its options: make hub ARGS=--help"
	@echo "make setup    only install"
	@echo
	@echo "make lab PORT=8899 ARGS=--no-browser     another port, no browser window"
	@echo "make test ARGS='-k overlap'              pytest's arguments"
	@echo "make lab LOCKED=1                        exact versions from requirements.lock, for a class"
	@echo "make lab PYTHON=python3.12               another Python"

lab: python
	@$(PYTHON) start.py lab $(if $(PORT),--port $(PORT)) $(OPTIONS)

test: python
	@$(PYTHON) start.py test $(OPTIONS)

hub: python
	@$(PYTHON) start.py hub $(if $(PORT),--port $(PORT)) $(OPTIONS)

setup: python
	@$(PYTHON) start.py setup $(OPTIONS)

python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.12 from https://www.python.org/downloads/, then run the same command again." >&2; exit 1; }
