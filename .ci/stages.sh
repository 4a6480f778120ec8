# Sourced by the scripts beside it: names what runs, stops at the first failure, and tells the time that each took.
# shellcheck shell=bash

export LANG=C.UTF-8 LC_ALL=C.UTF-8
# shellcheck source=.ci/go.sh
. .ci/go.sh

stages=()
current='' # the stage that runs
trap 'failed' EXIT

failed() {
	[ -z "$current" ] || { printf '\n== FAILED: %s\n' "$current" && last_words; } >&2
}
last_words() { :; } # what a script has to say of its failure

# stage NAME COMMAND [ARG ...]. The command is not tested here: inside a test, "set -e" would sleep.
stage() {
	local from=$SECONDS
	current=$1
	printf '\n== %s\n' "$current"
	shift
	"$@"
	stages+=("$(printf '%4d s  %s' $((SECONDS - from)) "$current")")
	current=''
}

summary() {
	printf '\n== %s: all passed in %d s\n' "$1" "$SECONDS"
	printf '%s\n' "${stages[@]}"
}
