# The commands of the project. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
# What a failed command has begun to write counts as not written.
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
# SKIPS=forbidden turns everything that would be skipped for want of a tool into a failure.
SKIPS ?= allowed
export SKIPS

BIN := .venv/bin
PY := $(BIN)/python
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
# POSTGRESQL_SUITE=whole leaves nothing out there.
POSTGRESQL_SUITE ?= part
export POSTGRESQL_SUITE
# Two processes; all tests of a file in one of them, because they share what they fetched.
PYTEST := $(BIN)/pytest -q --numprocesses 2 --dist loadfile
# The tests start the site in more than a hundred processes. Where the environment forbids Python to
# keep what it has compiled, as in many images, each of them would compile all of it anew.
suite suite-postgresql suite-browser: export PYTHONDONTWRITEBYTECODE :=
# A server that lives as long as the tests need not survive anything.
PG_OPTIONS := -o fsync=off -o synchronous_commit=off -o full_page_writes=off
COLLECTED := var/static/staticfiles.json
VNU_JAR := var/node/node_modules/vnu-jar/build/dist/vnu.jar
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
export VNU_JAR CHROMIUM

skip = if [ "$(SKIPS)" = forbidden ]; then echo "MISSING: $(1)"; exit 1; else echo "SKIPPED: $(1)"; fi

.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-22s %s\n", $$1, $$2}'

# --- installing -----------------------------------------------------------------------------------
.venv/bin/python:
	python3 -m venv .venv

var/installed: requirements.txt | .venv/bin/python
	$(PIP_INSTALL) -r requirements.txt
	@mkdir -p var && touch $@

var/installed-dev: requirements-dev.txt | .venv/bin/python
	$(PIP_INSTALL) -r requirements-dev.txt
	@mkdir -p var && touch $@ var/installed

var/node/installed: tests/node/package-lock.json
	@mkdir -p var/node && cp tests/node/package*.json var/node/
	npm ci --silent --no-audit --no-fund --prefix var/node
	@touch $@

.PHONY: catalogs lock
catalogs: | var/installed
	@$(PY) -m lkintegration.core.catalogs

lock: ## write the hash-locked requirements anew (needs uv)
	uv pip compile --quiet pyproject.toml --generate-hashes --no-emit-index-url --universal \
	  --python-version 3.11 --no-header --upgrade -o requirements.txt
	uv pip compile --quiet pyproject.toml --extra dev --generate-hashes --no-emit-index-url \
	  --universal --python-version 3.11 --no-header --upgrade -c requirements.txt -o requirements-dev.txt

# What production installs and nothing else, so that the list says what is delivered.
var/runtime/installed: requirements.txt
	@python3 -m venv --clear --without-pip var/runtime
	@$(PY) -m pip --python var/runtime/bin/python install --quiet --disable-pip-version-check \
	  --require-hashes -r requirements.txt
	@touch $@

.PHONY: sbom
sbom: var/installed-dev var/runtime/installed ## write the list of what the site is made of (var/sbom.cdx.json, CycloneDX)
	@$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --mc-type application \
	  --output-reproducible --output-file var/sbom.cdx.json var/runtime/bin/python
	@echo "var/sbom.cdx.json"

# --- running --------------------------------------------------------------------------------------
.PHONY: run prepare
prepare: var/installed $(COLLECTED) catalogs
	@$(PY) manage.py prepare_site

# Only after a change: compressing takes longer than all other preparations together. Folders count
# too: a file moved in keeps its old date.
$(COLLECTED): var/installed lkintegration/serving/static_files.py $(shell find static docs/bilder)
	@$(PY) manage.py collectstatic --noinput --verbosity 0

# The lock is on what file 9 is, which gunicorn inherits: it ends with the last process of the site.
run: ## install, fill the embedded database and serve on http://127.0.0.1:8000 (PORT=)
	@mkdir -p var; exec 9>var/run.lock; \
	python3 -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null || \
	  { echo "In diesem Ordner läuft schon ein „make run“. Beenden Sie es zuerst (Strg+C)."; exit 1; }; \
	$(MAKE) prepare; \
	echo; \
	echo "  Website:     http://127.0.0.1:$(PORT)/"; \
	echo "  Verwaltung:  http://127.0.0.1:$(PORT)/verwaltung/"; \
	echo "  Erstes Konto für die Verwaltung:  $(PY) manage.py access_link NAME --create --site http://127.0.0.1:$(PORT)"; \
	echo; \
	echo "  Zum Ausprobieren auf diesem Rechner, nicht für das Internet: Dort gehört ein Proxy davor"; \
	echo "  (docs/operations.md), sonst halten wenige langsame Verbindungen alle anderen auf."; \
	echo; \
	DJANGO_SETTINGS_MODULE=lkintegration.settings.dev exec $(PY) -m lkintegration.run_gunicorn \
	  --bind 127.0.0.1:$(PORT) --log-level warning

# Everything that it writes is in var/demo (settings/practice.py). A port that was named is taken,
# else not that of the site beside it. Jobs end with the site: a draft goes live at its moment.
DEMO := DJANGO_SETTINGS_MODULE=lkintegration.settings.practice
DEMO_PORT = $(if $(filter file,$(origin PORT)),8001,$(PORT))
.PHONY: demo
demo: ## serve a practice site with invented examples on http://127.0.0.1:8001 (PORT=, RESET=1 begins anew)
	@case "$${DJANGO_SETTINGS_MODULE:-}" in *.production) \
	  echo "Eine Übungs-Website läuft nie mit den Einstellungen des Betriebs (DJANGO_SETTINGS_MODULE)."; exit 1;; esac; \
	mkdir -p var/demo; exec 9>var/demo.lock; \
	python3 -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null || \
	  { echo "In diesem Ordner läuft schon ein „make demo“. Beenden Sie es zuerst (Strg+C)."; exit 1; }; \
	$(if $(RESET),rm -rf var/demo;) \
	$(MAKE) var/installed $(COLLECTED) catalogs; \
	export $(DEMO); \
	$(PY) manage.py prepare_site; \
	echo; \
	echo "  Übungs-Website: erfundene Beispiele. Nichts davon kommt in die richtige Website."; \
	echo; \
	echo "  Website:     http://127.0.0.1:$(DEMO_PORT)/"; \
	echo "  Verwaltung:  http://127.0.0.1:$(DEMO_PORT)/verwaltung/"; \
	echo; \
	$(PY) manage.py fill_practice_site --site http://127.0.0.1:$(DEMO_PORT); \
	echo; \
	$(PY) manage.py run_jobs >var/demo/jobs.log 2>&1 & jobs=$$!; \
	trap 'kill $$jobs 2>/dev/null || true' EXIT; \
	METRICS_PORT=0 $(PY) -m lkintegration.run_gunicorn --bind 127.0.0.1:$(DEMO_PORT) --log-level warning

# --- testing --------------------------------------------------------------------------------------
.PHONY: test checks lint types architecture migrations nu suite suite-postgresql test-postgresql-whole suite-browser
# One suite after the other: each has two processes, and a browser that waits for a busy core gives up.
test: checks suite suite-postgresql suite-browser ## run every check and every test
	@echo "All checks passed."

# Two at a time, each with its output in one piece (where make can), beside what the suites need.
checks: var/installed-dev ## run every check that needs no test: layout, types, rooms, migrations
	@$(MAKE) --jobs 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync) \
	  lint types architecture migrations nu

lint: var/installed-dev ## check the layout and the habits of code, templates, YAML, Dockerfile
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/djade --check $$(git ls-files 'templates/*.html') 2>/dev/null
	$(BIN)/djhtml --check --tabwidth 4 $$(git ls-files 'templates/*.html') 2>&1 | sed '/perfect\|^0 /d'
	$(BIN)/yamllint --strict compose.yaml publiccode.yml .pre-commit-config.yaml
	$(BIN)/hadolint Dockerfile
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive lkintegration contacts offers concept 2>/dev/null
	$(PY) -m tests.find_dead_code

types: var/installed-dev ## check the types
	$(BIN)/mypy

architecture: var/installed-dev ## check that rooms and what is in them import only downwards (pyproject.toml)
	$(BIN)/lint-imports --no-cache --no-logo

migrations: var/installed-dev ## check that no migration is missing
	DJANGO_SETTINGS_MODULE=lkintegration.settings.test $(PY) manage.py makemigrations --check --dry-run

nu:
	@if command -v java >/dev/null && command -v npm >/dev/null; then $(MAKE) var/node/installed; \
	else $(call skip,HTML validity: java and npm are needed for the Nu checker); fi

suite: var/installed-dev nu ## run the suite on SQLite
	$(PYTEST) --ignore tests/browser

suite-postgresql: var/installed-dev nu ## run the suite on PostgreSQL: what it can break
	@if command -v pg_virtualenv >/dev/null; then \
	  pg_virtualenv -t $(PG_OPTIONS) sh -c 'DATABASE_URL="postgres://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/postgres" \
	    $(PYTEST) --ignore tests/browser'; \
	else $(call skip,suite on PostgreSQL: pg_virtualenv not found (Debian: postgresql-common)); fi

test-postgresql-whole: ## run the suite on PostgreSQL and leave nothing out (nightly)
	@$(MAKE) suite-postgresql POSTGRESQL_SUITE=whole

suite-browser: var/installed-dev catalogs nu ## run the browser tests
	@if [ -n "$(CHROMIUM)" ]; then $(PYTEST) tests/browser; \
	else $(call skip,browser tests: Chromium not found (Debian: chromium)); fi

# --- backups --------------------------------------------------------------------------------------
.PHONY: backup restore transfer
backup: var/installed ## back up the site while it runs (FOLDER=)
	@$(PY) manage.py make_backup --folder $(or $(FOLDER),$(BACKUP_FOLDER),$(CURDIR)/var/backups)

restore: var/installed ## put a backup in the place of the site's data (BACKUP=folder, IDENTITY=key, REHEARSE=1)
	@$(PY) manage.py restore_backup $(or $(BACKUP),$(error BACKUP=folder of the backup is missing)) \
	  $(if $(IDENTITY),--identity $(IDENTITY)) $(if $(REHEARSE),--rehearse)

transfer: var/installed ## take all rows from another database (FROM=url) or into one (TO=url, REPLACE=1), and compare them
	@$(PY) manage.py transfer_database $(if $(FROM),--from $(FROM)) $(if $(TO),--to $(TO)) $(if $(REPLACE),--replace)

# --- trying the whole ------------------------------------------------------------------------------
.PHONY: rehearsal
rehearsal: var/installed-dev ## set the site up from a clean clone as an operator does; log in, publish, lose and restore it
	@pg_virtualenv -t $(PY) -m tests.rehearsal

# --- looking and translating ----------------------------------------------------------------------
.PHONY: fuzz compare picture guide screenshots icons messages bench budget search-quality search-scale outage drills axe lighthouse
fuzz: var/installed-dev catalogs ## send whatever to every address for an hour (SECONDS=, SEED=): no failure, nothing taken for code
	pg_virtualenv -t $(PG_OPTIONS) sh -c 'DATABASE_URL="postgres://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/postgres" \
	  FUZZ_SECONDS=$(or $(SECONDS),3600) FUZZ_SEED=$(or $(SEED),$$RANDOM) $(BIN)/pytest -q --numprocesses 0 tests/fuzz'

compare: var/installed-dev catalogs ## compare every public page in every language with another revision (AGAINST=HEAD)
	$(PY) -m tests.compare --against $(or $(AGAINST),HEAD) $(if $(MARKUP),--markup)

axe: var/installed-dev catalogs ## axe over every page type and the screens of the admin, both widths, all colour schemes
	AXE=whole $(BIN)/pytest -q tests/browser/test_axe.py tests/browser/test_practice.py

lighthouse: var/installed-dev catalogs nu ## Lighthouse (accessibility, best practices, SEO) over every page type
	$(PY) -m tests.browser.lighthouse

# Where the environment forbids Python to keep what it has compiled, every server would start slowly.
bench: export PYTHONDONTWRITEBYTECODE :=
bench: var/installed-dev catalogs ## measure the site beside Wagtail, django CMS and a bare server, its growth and memory (BENCH=, ROUNDS=, EVERY=)
	@pg_virtualenv -t $(PG_OPTIONS) $(PY) -m tests.bench $(BENCH) $(if $(ROUNDS),--rounds $(ROUNDS))

budget: var/installed-dev catalogs ## weight and queries of every page type against the budgets
	$(PY) -m tests.bench.budget

search-quality: var/installed-dev catalogs ## how often readers find what they look for (QUERIES= names another list)
	$(PY) -m tests.bench.search_quality

search-scale: var/installed-dev catalogs ## what a page of results costs at 10,000 services, and 5,000 hostile questions
	$(PY) -m tests.bench.search_scale

outage: var/installed-dev catalogs ## 1,000 messages while mail server and workers break: none lost, none doubled
	$(PY) -m tests.bench.outage $(if $(MESSAGES),--messages $(MESSAGES))

drills: var/installed-dev catalogs ## break everything in turn, and write what came of it into docs/operations.md (DRILLS=)
	@pg_virtualenv -t $(PY) -m tests.drills $(DRILLS)

picture: var/installed-dev ## draw the rooms and the imports between them (docs/rooms.svg)
	@$(PY) -m tests.picture

.PHONY: settings
settings: var/installed-dev ## write the table of settings into README.md, .env.example and compose.yaml
	@$(PY) -m tests.settings_tables

screenshots: var/installed-dev catalogs ## photograph every type of page into var/screenshots
	@$(PY) -m tests.browser.screenshots

guide: var/installed-dev catalogs ## draw the pictures of the editors' guide (docs/anleitung.md)
	@CHROMIUM="$(CHROMIUM)" $(PY) -m tests.browser.guide

icons: var/installed-dev ## draw the icons and the picture for shared links from static/img/*.svg
	@CHROMIUM="$(CHROMIUM)" $(PY) -m tests.browser.icons

messages: var/installed-dev ## bring the catalogs in step with the code (needs GNU gettext)
	$(PY) manage.py makemessages --all --no-location --no-obsolete --ignore .venv --ignore var --ignore tests
	$(PY) -m lkintegration.core.catalogs
