#!/bin/sh
# Authorization code with PKCE, as a script: it makes every request of the run that went to the identity provider again.
# Start the provider with: grantwalk serve
# Then run: sh FILE (another address: PROVIDER=http://127.0.0.1:9000 sh FILE). It needs curl and openssl.
set -eu
provider=${PROVIDER:-http://127.0.0.1:8180}
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
	status=$(curl --silent --show-error --globoff --dump-header "$work/head" --output "$work/body" --write-out '%{http_code}' "$@") || fail "$step: no answer; is the provider running? grantwalk serve"
	printf '%s: %s\n' "$step" "$status"
	[ "$status" = "$expected" ] || fail "$step: got status $status, and the run got $expected"
}
# browser makes one request with the cookies of a browser.
browser() {
	jar=$1
	shift
	send "$@" --cookie "$work/$jar" --cookie-jar "$work/$jar"
}
# found prints what an answer held, or ends the script.
found() {
	[ -n "$2" ] || fail "the answer held no $1"
	printf '%s' "$2"
}
# from_json takes a text out of the JSON of the last answer.
from_json() {
	found "$1" "$(sed -n 'H;$!d;x;s/.*"'"$1"'"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$work/body")"
}
# from_location takes a parameter out of the address that the last answer redirects to, encoded as it is there.
from_location() {
	found "$1" "$(sed -n 's/^[Ll][Oo][Cc][Aa][Tt][Ii][Oo][Nn]:.*[?&#]'"$1"'=\([^&#[:space:]]*\).*/\1/p' "$work/head")"
}
# from_form takes a hidden field out of the page of the last answer.
from_form() {
	found "$1" "$(sed -n 'H;$!d;x;s/.*<input type="hidden" name="'"$1"'" value="\([^"]*\)".*/\1/;t found
		d;:found
		s/&#43;/+/g;s/&#34;/"/g;s/&#39;/'"'"'/g;s/&lt;/</g;s/&gt;/>/g;s/&amp;/\&/g;p' "$work/body")"
}
# random prints a value that nobody can guess.
random() {
	openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n'
}
# s256 makes the code_challenge of a code_verifier (RFC 7636 section 4.2).
s256() {
	printf '%s' "$1" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '='
}

# What the parties bring with them.
state=af0ifjsldkj # secret
code=SplxlOBeZQQYbYS6WxSbIA # secret
code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk # secret

# 1. click-login
# Jane: nothing is sent.

# 2. login
# It goes to Travel app, which is not there when only the provider is served. It would be:
#   curl
#   --header 'Accept: text/html'
#   https://travel.example/login

# 3. Make a secret and its hash
# Travel app: nothing is sent.

# 5. Ask for a code
browser user-agent '5 authorize' 200 \
	--get \
	--header 'Accept: text/html' \
	--data-urlencode response_type=code \
	--data-urlencode client_id=mobile-pkce-client \
	--data-urlencode redirect_uri=https://travel.example/callback \
	--data-urlencode 'scope=openid mail.read' \
	--data-urlencode "state=$state" \
	--data-urlencode nonce=n-0S6_WzA2Mj \
	--data-urlencode "code_challenge=$(s256 "$code_verifier")" \
	--data-urlencode code_challenge_method=S256 \
	"$provider/realms/demo/protocol/openid-connect/auth"

# 7. type-password
# Jane: nothing is sent.

# 8. callback
# It goes to Travel app, which is not there when only the provider is served. It would be:
#   curl
#   --get
#   --data-urlencode "code=$code"
#   --data-urlencode "state=$state"
#   --data-urlencode iss=https://idp.example/realms/demo
#   https://travel.example/callback

# 9. Exchange the code for tokens
send '9 token' 200 \
	--data-urlencode grant_type=authorization_code \
	--data-urlencode "code=$code" \
	--data-urlencode redirect_uri=https://travel.example/callback \
	--data-urlencode client_id=mobile-pkce-client \
	--data-urlencode "code_verifier=$code_verifier" \
	"$provider/realms/demo/protocol/openid-connect/token"
access_token=$(from_json access_token) # secret

# 11. mail
# It goes to Mailbox API, which is not there when only the provider is served. It would be:
#   curl
#   --header "Authorization: Bearer $access_token"
#   https://mailbox.example/messages

echo "done: every answer had the status that it had in the run"
