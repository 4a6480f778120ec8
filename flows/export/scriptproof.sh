# @base64url
base64url() {
	openssl base64 -A | tr '+/' '-_' | tr -d '='
}
# @form-encoded
form_encoded() {
	printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'
}
# @at
at() {
	echo "$(($(date +%s) + ${ahead:-0} + $1))"
}
# @new-key
new_key() {
	openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/$1.pem" 2>"$work/said" || fail "$(cat "$work/said")"
}
# @new-certificate
new_certificate() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj "/CN=$2" -keyout "$work/$1.key" -out "$work/$1.crt" 2>"$work/said" || fail "$(cat "$work/said")"
	cat "$work/$1.key" "$work/$1.crt" >"$work/$1.pem"
}
# @public-half
public_half() {
	printf '"kty":"RSA","e":"AQAB","n":"%s"' "$(openssl pkey -in "$work/$1.pem" -pubout -outform DER | tail -c 261 | head -c 256 | base64url)"
}
# @public-point
public_point() {
	openssl pkey -in "$work/$1.pem" -pubout -outform DER | tail -c 64 >"$work/point"
	printf '"kty":"EC","crv":"P-256","x":"%s","y":"%s"' "$(head -c 32 "$work/point" | base64url)" "$(tail -c 32 "$work/point" | base64url)"
}
# @chain
chain() {
	openssl x509 -in "$work/$1.pem" -outform DER | openssl base64 -A
}
# @signed
signed() {
	input=$(printf '%s' "$2" | base64url).$(printf '%s' "$3" | base64url)
	printf '%s.' "$input"
	[ -z "$1" ] || printf '%s' "$input" | openssl dgst -sha256 -sign "$work/$1.pem" | base64url
}
