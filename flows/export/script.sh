set -eu
provider=${PROVIDER:-@PROVIDER@}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# fail says why the script ends, and what the last answer was.
fail() {
	printf '%s\n' "$1" >&2
	if grep -qi '<body' "$work/body" 2>/dev/null; then # of a page its words
		tr '\n\r' '  ' <"$work/body" | sed 's/.*<body[^>]*>//; s/<[^>]*>/ /g; s/  */ /g' >&2
		echo >&2
	elif [ -s "$work/body" ]; then
		{ cat "$work/body" && echo; } >&2
	fi
	exit 1
}
# send makes one request: what it is, the status that the run got, then what curl is told.
send() {
	step=$1 expected=$2
	shift 2
	status=$(curl --silent --show-error --globoff --dump-header "$work/head" --output "$work/body" --write-out '%{http_code}' "$@") || fail "@NO-ANSWER@"
	printf '%s: %s\n' "$step" "$status"
	[ "$status" = "$expected" ] || fail "@OTHER-STATUS@"
}
# browser is send with the cookies of a browser.
browser() {
	jar=$1
	shift
	send "$@" --cookie "$work/$jar" --cookie-jar "$work/$jar"
}
# found prints what an answer held, or ends the script.
found() {
	[ -n "$2" ] || fail "@NOTHING@"
	printf '%s' "$2"
}
# from_json takes a text out of the JSON of the last answer.
from_json() {
	found "$1" "$(tr -d '\n\r' <"$work/body" | sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p')"
}
# from_location takes a parameter out of the address that the last answer redirects to, encoded as it is there.
from_location() {
	found "$1" "$(sed -n 's/^[Ll][Oo][Cc][Aa][Tt][Ii][Oo][Nn]:.*[?&#]'"$1"'=\([^&#[:space:]]*\).*/\1/p' "$work/head")"
}
# from_form takes a hidden field out of the page of the last answer.
from_form() {
	found "$1" "$(tr -d '\n\r' <"$work/body" | sed -n 's/.*<input type="hidden" name="'"$1"'" value="\([^"]*\)".*/\1/p' | sed 's/&#43;/+/g; s/&#34;/"/g; s/&#39;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g')"
}
# random prints a value that nobody can guess.
random() {
	openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n'
}
# s256 makes the code_challenge of a code_verifier (RFC 7636 section 4.2).
s256() {
	printf '%s' "$1" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '='
}
