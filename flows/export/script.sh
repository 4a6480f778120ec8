set -eu
provider=${PROVIDER:-@PROVIDER@}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# @fail
fail() {
	printf '%s\n' "$1" >&2
	if grep -qi '<body' "$work/body" 2>/dev/null; then # @page
		tr '\n\r' '  ' <"$work/body" | sed 's/.*<body[^>]*>//; s/<[^>]*>/ /g; s/  */ /g' >&2
		echo >&2
	elif [ -s "$work/body" ]; then
		{ cat "$work/body" && echo; } >&2
	fi
	exit 1
}
# @send
send() {
	step=$1 expected=$2
	shift 2
	status=$(curl --silent --show-error --globoff --dump-header "$work/head" --output "$work/body" --write-out '%{http_code}' "$@") || fail "@NO-ANSWER@"
	printf '%s: %s\n' "$step" "$status"
	[ "$status" = "$expected" ] || fail "@OTHER-STATUS@"
}
# @browser
browser() {
	jar=$1
	shift
	send "$@" --cookie "$work/$jar" --cookie-jar "$work/$jar"
}
# @found
found() {
	[ -n "$2" ] || fail "@NOTHING@"
	printf '%s' "$2"
}
# @from-json
from_json() {
	found "$1" "$(sed -n 'H;$!d;x;s/.*"'"$1"'"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$work/body")"
}
# @from-location
from_location() {
	found "$1" "$(sed -n 's/^[Ll][Oo][Cc][Aa][Tt][Ii][Oo][Nn]:.*[?&#]'"$1"'=\([^&#[:space:]]*\).*/\1/p' "$work/head")"
}
# @from-form
from_form() {
	found "$1" "$(sed -n 'H;$!d;x;s/.*<input type="hidden" name="'"$1"'" value="\([^"]*\)".*/\1/;t found
		d;:found
		s/&#43;/+/g;s/&#34;/"/g;s/&#39;/'"'"'/g;s/&lt;/</g;s/&gt;/>/g;s/&amp;/\&/g;p' "$work/body")"
}
# @random
random() {
	openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n'
}
# @s256
s256() {
	printf '%s' "$1" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '='
}
