# LabourBridge. `make` alone shows what there is.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory
# Two hundred processes start in one test run, and each of them would compile everything it imports.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CACHE := $(or $(LB_CACHE),.cache)
REGION ?= 520000
SEED ?= 1
SEEDS ?= 20
EVENTS ?= 200000
MINUTES ?= 10

members := $(wildcard libs/* services/* tools/*)
projects := pyproject.toml $(wildcard $(members:=/pyproject.toml))
# A stamp carries the hash of its inputs: what did not change is not done again, whatever the files' dates say.
hash = $(shell cat $(1) | cksum | tr -d ' ')
venv_stamp = $(VENV)/.made-$(call hash,requirements.lock deploy/local/uv.txt $(projects))
parts_stamp = $(CACHE)/.made-$(call hash,deploy/local/*.txt deploy/local/*/*)$(if $(LB_HIDE_SYSTEM),-hidden)

##@ Start here

.PHONY: help
help: ## Show this
	@awk 'BEGIN {FS = ":.*## "} \
	  /^##@ / {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z][a-z-]*:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(venv_stamp) $(parts_stamp) ## Set everything up: virtual environment, PostgreSQL, Kafka (the other targets do it too)

.PHONY: demo
demo: setup ## Two provinces, 2,000 made-up workers from dirty rosters to a job in the other province and the money
	@$(BIN)/lb demo

.PHONY: up
up: setup ## Start one region on this machine (REGION=520000)
	@$(BIN)/lb up --region $(REGION)

.PHONY: down
down: ## Stop it again; the data stay
	@$(BIN)/lb down --region $(REGION)

##@ Check

border := tests/chaos/border/test_crash_at_the_border.py tests/chaos/border/test_paid_once_nationwide.py \
  tests/e2e/test_trace_over_two_provinces.py

# Proofs that take minutes have targets of their own, and are run before a capability is called done.
long := tests/canary tests/conformance/test_openapi.py tests/chaos/subsidies/test_crash_of_payments.py $(border)

broker := libs/eventcore/tests/broker
provinces := tests/e2e tests/conformance

.PHONY: test
test: setup ## Everything that must hold before a change is merged
	@$(MAKE) --jobs=2 --output-sync=target test-broker lint types
	@$(MAKE) --jobs=3 --output-sync=target test-provinces test-registry test-parts test-whole test-services

# Three at once, each with servers of its own, since much of the time is spent waiting; the longest first. Tests of frozen
# and lost brokers go by the clock: they come first of all, beside nothing that has servers.
.PHONY: test-broker test-registry test-services test-parts test-provinces test-whole
test-broker:
	@$(BIN)/pytest $(broker)
test-registry:
	@$(BIN)/pytest services/registry
test-services:
	@$(BIN)/pytest services --ignore=services/registry
test-parts:
	@$(BIN)/pytest libs tools --ignore=$(broker)
test-provinces:
	@$(BIN)/pytest $(provinces) $(long:%=--ignore=%)
test-whole:
	@$(BIN)/pytest tests $(provinces:%=--ignore=%) $(long:%=--ignore=%)

.PHONY: test-unit unit-services unit-others
test-unit: $(venv_stamp) ## Only what needs no server and no long computing
	@$(MAKE) --jobs=2 --output-sync=target unit-services unit-others

quick := -m "not postgres and not kafka and not processes and not slow"
unit-services:
	@$(BIN)/pytest $(quick) services
unit-others:
	@$(BIN)/pytest $(quick) libs tools tests

.PHONY: lint
lint: $(venv_stamp) ## Style, format and the borders between members
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports

.PHONY: types
types: $(venv_stamp) ## Static types
	@$(BIN)/mypy

.PHONY: test-setup
test-setup: $(venv_stamp) ## Prove the set-up on a machine without PostgreSQL, Java and Maven
	@rm -rf .run/test-setup
	@LB_HIDE_SYSTEM=1 LB_CACHE=$(CURDIR)/.run/test-setup $(BIN)/python -m lb.local.setup --viewer
	@LB_HIDE_SYSTEM=1 LB_CACHE=$(CURDIR)/.run/test-setup $(BIN)/pytest tools/lb/tests

##@ Prove

.PHONY: order
order: setup ## Order under load (SEEDS=20 EVENTS=200000)
	@LB_ORDER_SEEDS=$(SEEDS) LB_ORDER_EVENTS=$(EVENTS) $(BIN)/pytest -s tests/order

.PHONY: crash
crash: setup ## Kill processes by seed, then compare what must agree (MINUTES=10 SEED=1)
	@LB_CRASH_MINUTES=$(MINUTES) LB_CRASH_SEED=$(SEED) $(BIN)/pytest -s tests/chaos

.PHONY: simulation
simulation: SEEDS = 2000
simulation: $(venv_stamp) ## Three provinces in one process under every fault (SEEDS=2000)
	@LB_SIMULATION_SEEDS=$(SEEDS) $(BIN)/pytest -s tests/simulation/test_three_provinces.py

.PHONY: border
border: setup ## Two provinces under every fault: never two responsible, paid once, one trace (MINUTES=… SEED=1)
	@LB_CRASH_MINUTES=$(if $(filter file,$(origin MINUTES)),0,$(MINUTES)) LB_CRASH_SEED=$(SEED) $(BIN)/pytest -s $(border)

.PHONY: conformance
conformance: setup ## Ask every route of every service at random, by its OpenAPI document
	@$(BIN)/pytest -s tests/conformance/test_openapi.py

.PHONY: sabotage
sabotage: setup ## Take out each safety mechanism and see its test fail
	@$(BIN)/python -m tests.sabotage

.PHONY: canary
canary: setup ## Search everything that was written for personal data
	@$(BIN)/pytest -s tests/canary

.PHONY: bench
bench: setup ## Measure against peers in the same run
	@$(BIN)/python -m bench

##@ Maintain

.PHONY: lock
lock: $(venv_stamp) ## Write requirements.lock anew after a change of dependencies (UPGRADE=--upgrade)
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate $(UPGRADE) \
	  $(foreach name,$(notdir $(members)),--no-emit-package labourbridge-$(name)) \
	  $(projects) --group dev -o requirements.lock

.PHONY: golden
golden: $(venv_stamp) ## Write the golden samples and documents anew
	@LB_GOLDEN=write $(BIN)/pytest -k golden

# --- set-up ---------------------------------------------------------------------------------------------------------

$(venv_stamp): requirements.lock deploy/local/uv.txt $(projects)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name yours with: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || { echo "Making the virtual environment …"; $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip --quiet --disable-pip-version-check install --require-hashes -r deploy/local/uv.txt
	@echo "Getting Python packages (once) …"
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync --quiet --require-hashes deploy/local/uv.txt requirements.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps $(addprefix -e ./,$(members))
	@rm -f $(VENV)/.made-*
	@touch $@

$(parts_stamp): $(venv_stamp)
	@$(BIN)/python -m lb.local.setup
	@rm -f $(CACHE)/.made-*
	@touch $@
