#!/usr/bin/env bash
# Starts `grantwalk serve` for the steps of a job that follow, and waits until it serves.
#
#   start.sh PROGRAM
#
# Reads OPTIONS (further flags) and the GRANTWALK_… variables. Writes issuer, control, control-key and
# pid to $GITHUB_OUTPUT, and the log to $RUNNER_TEMP/grantwalk.log.
set -euo pipefail
program=$1
log=$RUNNER_TEMP/grantwalk.log
[ -n "${GRANTWALK_CONFIG:-}" ] || unset GRANTWALK_CONFIG
read -ra options <<<"${OPTIONS:-}"

nohup "$program" serve --control --access-log json "${options[@]}" >"$log" 2>&1 </dev/null &
pid=$!

said() { sed -nE "s/.*\"event\":\"$1\".*\"$2\":\"([^\"]*)\".*/\1/p" "$log" | head -n 1; } # said EVENT FIELD

for ((tries = 0; tries < 300; tries++)); do
	kill -0 "$pid" 2>/dev/null || { cat "$log" >&2 && exit 1; } # it says itself what is wrong
	[ -z "$(said serving issuer)" ] || break
	sleep 0.1
done
[ -n "$(said serving issuer)" ] || { echo 'grantwalk did not serve within 30 seconds' >&2 && cat "$log" >&2 && exit 1; }

control=$(said control url)
key=$(said control control_key)
echo "::add-mask::$key"
{
	echo "issuer=$(said serving issuer)"
	echo "control=${control%/trouble}"
	echo "control-key=$key"
	echo "pid=$pid"
} >>"$GITHUB_OUTPUT"
