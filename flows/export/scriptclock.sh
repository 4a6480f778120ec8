# @passes
passes() {
	if [ -n "${CONTROL:-}" ]; then
		curl --silent --show-error --fail --output "$work/body" --header "Authorization: Bearer ${CONTROL_KEY:?@ASK-KEY@}" \
			--header 'Content-Type: application/json' --data-raw "{\"kind\": \"move-clock\", \"by\": \"$1s\", \"times\": 1}" \
			"${CONTROL%/trouble}/trouble/$realm" || fail "@NO-CONTROL@"
		ahead=$((${ahead:-0} + $1))
	elif [ "${CLOCK:-}" = wait ]; then
		sleep "$1"
	fi
}
