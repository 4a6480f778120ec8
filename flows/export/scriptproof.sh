# base64url is how a JWT has its parts (RFC 7515 section 2).
base64url() {
	openssl base64 -A | tr '+/' '-_' | tr -d '='
}
# form_encoded is how a name or a secret stands in the header Authorization (RFC 6749 section 2.3.1).
form_encoded() {
	printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'
}
# at is the time so many seconds from now, by the clock of the provider where it said what that is.
at() {
	echo "$(($(date +%s) + ${ahead:-0} + $1))"
}
# new_key makes a key. It is RSA, because every openssl can sign with that.
new_key() {
	openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/$1.pem" 2>"$work/said" || fail "$(cat "$work/said")"
}
# new_certificate makes a key and a certificate that it signs itself (RFC 8705 section 2.2).
new_certificate() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj "/CN=$2" -keyout "$work/$1.key" -out "$work/$1.crt" 2>"$work/said" || fail "$(cat "$work/said")"
	cat "$work/$1.key" "$work/$1.crt" >"$work/$1.pem"
}
# public_half is what a JWK says of the key (RFC 7518 section 6.3.1): the modulus stands before the last five bytes.
public_half() {
	printf '"kty":"RSA","e":"AQAB","n":"%s"' "$(openssl pkey -in "$work/$1.pem" -pubout -outform DER | tail -c 261 | head -c 256 | base64url)"
}
# chain is the certificate as a JWK has it (RFC 7517 section 4.7).
chain() {
	openssl x509 -in "$work/$1.pem" -outform DER | openssl base64 -A
}
# signed makes a JWT: the key, or none, then header and payload (RFC 7515 section 3.1).
signed() {
	input=$(printf '%s' "$2" | base64url).$(printf '%s' "$3" | base64url)
	printf '%s.' "$input"
	[ -z "$1" ] || printf '%s' "$input" | openssl dgst -sha256 -sign "$work/$1.pem" | base64url
}
