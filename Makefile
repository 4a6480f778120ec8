# Thin: the work is in .ci/. Each target runs in a fresh clone and installs what it needs first.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
export PATH := $(PATH):/usr/local/go/bin
export LANG := C.UTF-8
export GOFLAGS := $(shell . .ci/go.sh && echo "$${GOFLAGS:-}")

LINT := go tool -modfile=.ci/tools.mod golangci-lint
FUZZTIME ?= 30s
SOAK ?= 10m
ARGS ?=

.PHONY: help run headless test rules check prose lint fmt golden bench house fuzz soak interop interop-all wasm screenshots

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## open Grantwalk (ARGS='--theme dark'); without a display, walk in the terminal
	@.ci/launch $(ARGS)

headless: ## build the terminal program alone, without a window, into build/
	@.ci/setup headless
	CGO_ENABLED=0 go build -tags headless -o build/grantwalk-headless .

test: ## run every test, the one in a real window included
	@.ci/test

rules: ## hold the provider to its table of rules, which names what broke; then to its other tests
	@.ci/setup headless
	CGO_ENABLED=0 go test -tags headless -failfast -run Rule ./mockidp/... ./flows/rule ./flows/token ./flows/pkce ./flows/stage
	CGO_ENABLED=0 go test -tags headless -failfast ./mockidp/...

check: ## run every check of the sources: format, linters, modules, scripts
	@.ci/check

prose: ## measure how easily the words for everyone read, and list long sentences
	@.ci/setup headless
	CGO_ENABLED=0 go test -tags headless -run 'ReadingGrade|NoLessonUsesATerm' ./tutorials

lint: ## run the linters alone
	@.ci/setup headless
	CGO_ENABLED=0 $(LINT) run ./...

fmt: ## format the sources
	@.ci/setup headless
	$(LINT) fmt

golden: ## accept what the program does now as right; then read the diff
	@.ci/golden

bench: ## measure; docs/performance.md says what the figures mean
	@.ci/bench

house: ## count files, lines, knots and methods; no figure fails anything
	@.ci/setup headless
	@CGO_ENABLED=0 go run ./bench/house

fuzz: ## look for inputs that break a promise (FUZZTIME=30s each)
	@.ci/fuzz $(FUZZTIME)

interop: ## have clients that others made judge the provider: Spring, Angular, React, Keycloak's adapter and more
	@.ci/interop

interop-all: ## the same, with those that take longer than a minute
	@.ci/interop all

wasm: ## build the terminal program for a browser and walk every flow with it (needs Node.js)
	@.ci/wasm

soak: ## good and hostile traffic at once, with the race detector (SOAK=10m)
	@.ci/soak $(SOAK)

screenshots: ## take the pictures in docs/screenshots/ from the real window
	@.ci/screenshots
