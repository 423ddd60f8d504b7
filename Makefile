# Each target does the set-up it needs by itself; when all is there that costs well under a second.

PORT ?= 8080
CACHE := $(or $(VALET_CACHE),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/valet)
PARTS := lint test-setup test-native test-sqlalchemy test-cost build test-browser test-e2e test-firefox

.PHONY: help setup serve clean test $(PARTS) setup-lint setup-sqlalchemy setup-cost setup-browser setup-firefox setup-serve setup-build setup-test test-rust soak soak-challenges soak-daily dist rooms bench bench-ratios bench-world conformance heights hosts social sheet pictures scorm stills vitals vitals-frames
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

test-setup: setup-lint ## what set-up and lint do with older and newer compilers, and about Firefox
	@scripts/part $@ 'tests/setup/compilers; tests/setup/firefox'

test-native: setup-lint ## the engine's tests, on this machine
	@scripts/part $@ 'PROPTEST_RNG_SEED=$$(scripts/seed) cargo test'

test-sqlalchemy: setup-sqlalchemy ## the engine against real SQLAlchemy: more than 2,000 new random scripts
	@scripts/part $@ 'scripts/conformance'

test-cost: setup-cost ## instructions of one checkout and checkin, held against the limit
	@scripts/part $@ 'scripts/instructions'

test-browser: setup-browser ## the store's tests, in a real browser on real IndexedDB
	@WASM_BINDGEN_TEST_TIMEOUT=1800 scripts/part $@ 'cargo test --release --target wasm32-unknown-unknown --test browser'

test-e2e: setup-test build ## the release site, used as a visitor uses it
	@scripts/part $@ 'cd tests/e2e; npx playwright test'

test-firefox: setup-firefox build ## the release site and the store's tests, in Firefox
	@scripts/part $@ 'cd tests/e2e; node --test --test-reporter=spec --test-concurrency=2 firefox/*.test.js; node firefox/store.js'

soak-challenges: setup-lint ## prove every challenge by all of its answers (a few minutes), and write docs/challenges.md
	@scripts/part $@ 'WRITE_CHALLENGES=1 cargo test --release --test lessons all_answers -- --ignored'

soak: setup-test build ## an hour at most: a monkey with four seeds at all pages and frames, links at the ends of settings, all challenges
	@scripts/part $@ 'WRITE_CHALLENGES=1 cargo test --release --test lessons all_answers -- --ignored; cd tests/e2e; npx playwright test -c soak; if command -v xvfb-run; then xvfb-run -a node soak/webkit.js; fi'

dist: build ## the site in one archive, the same bytes for the same sources
	@tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw -C dist -cf - . | gzip -n9 > valet-site.tar.gz
	@sha256sum valet-site.tar.gz

soak-daily: setup-lint ## certify the daily outages of two years (minutes)
	@scripts/part $@ 'cargo test --release --test native each_day_of_two_years -- --ignored'

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

social: setup-test ## photograph the pictures that stand beside links to pages: public/social
	@scripts/part $@ 'rm -rf target/social; cargo run --profile test --example social; scripts/social'

pictures: setup-test build ## photograph what the README shows: docs/*.png
	@scripts/part $@ 'cd tests/e2e; node pictures.js'

sheet: setup-test ## photograph every scene at three moments, wide and tall, light and dark: docs/sheet-*.jpg
	@scripts/part $@ 'cargo run --release --example sheet; cd tests/e2e; node sheet.js'

hosts: setup-test build ## build the course pages of examples/hosts with their generators, and open them all
	@scripts/part $@ 'examples/hosts/build "$(CURDIR)/target/hosts"; cd tests/e2e; HOSTS="$(CURDIR)/target/hosts" npx playwright test hosts.spec.js'

heights: setup-test build ## measure how high each scene is in a frame 700 pixels wide: writes src/site/heights.json
	@scripts/part $@ 'cd tests/e2e; node serve.js & trap "kill $$!" EXIT; node heights.js'

stills: setup-test ## draw the stills of the scenes as PNG, from their SVGs
	@scripts/part $@ 'cd tests/e2e; node stills.js'

scorm: ## SCORM packages of a scene: make scorm SITE=https://... SCENE='timeout-challenge?solution=0'
	@SITE='$(SITE)' SCENE='$(or $(SCENE),timeout-challenge)' TITLE='$(TITLE)' scripts/scorm

vitals: setup-test build ## how fast the site is: Lighthouse, from page to page, what scenes cost (docs/vitals.md)
	@scripts/part $@ 'cd tests/vitals; npm ci --no-audit --no-fund --silent; node vitals.js'

vitals-frames: setup-test build ## what ten frames on a course page cost (docs/embedding.md)
	@scripts/part $@ 'cd tests/vitals; npm ci --no-audit --no-fund --silent; node frames.js'

clean: ## remove what was built here (tools and compiled crates stay in the cache)
	rm -rf dist target tests/e2e/node_modules tests/vitals/node_modules tests/e2e/test-results tests/e2e/playwright-report

setup-lint setup-sqlalchemy setup-cost setup-browser setup-firefox setup-serve setup-build setup-test:
	@scripts/setup $(@:setup-%=%)
