# Each target does the set-up it needs by itself; when all is there that costs well under a second.

PORT ?= 8080
CACHE := $(or $(VALET_CACHE),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/valet)
PARTS := lint test-setup test-native test-sqlalchemy test-cost build test-browser test-e2e

.PHONY: help setup serve clean test $(PARTS) setup-lint setup-sqlalchemy setup-cost setup-browser setup-serve setup-build setup-test test-rust rooms bench bench-ratios bench-world conformance vitals
.NOTPARALLEL:

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup: ## install all that serve and build need; `trunk serve` works from then on
	@scripts/setup

serve: setup-serve ## build the page, serve it on PORT (8080) and build again at every change
	@echo "Valet will be at http://localhost:$(PORT)/ as soon as it is built (the first time takes minutes)."
	@. "$(CACHE)/env" && exec trunk serve --port $(PORT)

build: setup-build ## write the release site to dist/ and hold its size against the limit
	@scripts/part $@ 'trunk build --release; scripts/sizes'

test: setup-test $(PARTS) ## all of the tests, in order, to the first that fails
	@printf '\nmake test: all %s parts passed: %s.\n' "$(words $(PARTS))" "$(PARTS)"

lint: setup-lint ## formatting and clippy, of the engine and of the page
	@scripts/part $@ 'scripts/lint'

test-setup: setup-lint ## what set-up and lint do with older and newer compilers
	@scripts/part $@ 'tests/setup/compilers'

test-native: setup-lint ## the engine's tests, on this machine
	@scripts/part $@ 'cargo test'

test-sqlalchemy: setup-sqlalchemy ## the engine against real SQLAlchemy: more than 2,000 new random scripts
	@scripts/part $@ 'scripts/conformance'

test-cost: setup-cost ## instructions of one checkout and checkin, held against the limit
	@scripts/part $@ 'scripts/instructions'

test-browser: setup-browser ## the store's tests, in a real browser on real IndexedDB
	@WASM_BINDGEN_TEST_TIMEOUT=120 scripts/part $@ 'cargo test --release --target wasm32-unknown-unknown --test browser'

test-e2e: setup-test build ## the release site, used as a visitor uses it
	@scripts/part $@ 'cd tests/e2e; npx playwright test'

rooms: setup-lint ## src/lib.rs and ARCHITECTURE.md show the table of rooms (tests/native/rooms.rs) as it is
	@scripts/part $@ 'WRITE_ROOMS=1 cargo test --test native the_table_is_shown'

test-rust: setup-lint ## the engine's tests and the page's types with every Rust on this machine (half an hour)
	@scripts/part $@ 'scripts/compilers'

conformance: setup-sqlalchemy ## test-sqlalchemy, and the page says from now on what it found
	@scripts/part $@ 'scripts/conformance --write'

bench: setup-lint ## what a checkout costs, beside other pools (criterion)
	@scripts/part $@ 'cd benches; cargo bench'

bench-ratios: setup-build setup-sqlalchemy ## the engine in wasm and SQLAlchemy itself, each as a ratio to native
	@scripts/part $@ 'scripts/ratios'

bench-world: setup-build ## what a request costs in a simulated world, beside loops by hand, nexosim, JavaScript and SimPy
	@scripts/part $@ 'scripts/world-ratios'

vitals: setup-test build ## how fast the site is: Lighthouse, from page to page, what scenes cost (docs/vitals.md)
	@scripts/part $@ 'cd tests/vitals; npm ci --no-audit --no-fund --silent; node vitals.js'

clean: ## remove what was built here (tools and compiled crates stay in the cache)
	rm -rf dist target tests/e2e/node_modules tests/vitals/node_modules tests/e2e/test-results tests/e2e/playwright-report

setup-lint setup-sqlalchemy setup-cost setup-browser setup-serve setup-build setup-test:
	@scripts/setup $(@:setup-%=%)
