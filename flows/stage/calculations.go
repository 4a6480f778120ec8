package stage

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// createState shows how the two random values of a sign-in are made.
func createState(state, nonce string) trace.Calc {
	calc := trace.Calc{
		Inputs:  []trace.Field{{Name: "random bytes for state", Value: bytesOf(state)}},
		Steps:   []trace.CalcStep{{Does: "base64url(16 random bytes)", Result: state}},
		Outputs: []trace.Field{{Name: "state", Value: state}},
		Command: "printf '" + octal(state) + "' | " + toBase64URL,
	}
	if nonce != "" {
		calc.Inputs = append(calc.Inputs, trace.Field{Name: "random bytes for nonce", Value: bytesOf(nonce)})
		calc.Steps = append(calc.Steps, trace.CalcStep{Does: "base64url(16 other random bytes)", Result: nonce})
		calc.Outputs = append(calc.Outputs, trace.Field{Name: "nonce", Value: nonce})
	}
	return calc
}

// hashVerifier makes the code_challenge (RFC 7636 section 4.2) and shows how.
func hashVerifier(verifier string) (challenge string, calc trace.Calc) {
	sum := sha256.Sum256([]byte(verifier))
	challenge = base64.RawURLEncoding.EncodeToString(sum[:])
	return challenge, trace.Calc{
		Inputs: []trace.Field{{Name: "code_verifier", Value: verifier}},
		Steps: []trace.CalcStep{
			{Does: "SHA-256(code_verifier)", Result: hex.EncodeToString(sum[:])},
			{Does: "base64url(SHA-256)", Result: challenge},
		},
		Outputs: []trace.Field{{Name: "code_challenge", Value: challenge}, {Name: "code_challenge_method", Value: "S256"}},
		Command: "printf '%s' " + verifier + " | openssl dgst -sha256 -binary | " + toBase64URL,
	}
}

// validateIDToken shows the arithmetic behind at_hash (OpenID Connect Core 1.0
// section 3.1.3.6); the rules themselves are checks of the same note.
func (a *WebApp) validateIDToken(t tokenResponse, l *login) trace.Calc {
	sum := sha256.Sum256([]byte(t.AccessToken))
	half := base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2])
	return trace.Calc{
		Inputs: []trace.Field{
			{Name: "id_token", Value: t.IDToken},
			{Name: "access_token", Value: t.AccessToken},
			{Name: "nonce", Value: l.nonce},
			{Name: "client_id", Value: a.ID},
			{Name: "issuer", Value: l.provider.Issuer},
		},
		Steps: []trace.CalcStep{
			{Does: "SHA-256(access_token)", Result: hex.EncodeToString(sum[:])},
			{Does: fmt.Sprintf("base64url(first %d bytes)", len(sum)/2), Result: half},
		},
		Outputs: []trace.Field{{Name: "at_hash", Value: half}},
		Command: "printf '%s' " + t.AccessToken + " | openssl dgst -sha256 -binary | head -c 16 | " + toBase64URL,
	}
}

// toBase64URL is base64url without padding (RFC 7515 appendix C) for any POSIX shell with openssl.
const toBase64URL = "openssl base64 -A | tr '+/' '-_' | tr -d '='"

// octal writes the bytes of a base64url value as escapes that every POSIX printf knows.
func octal(value string) string {
	b, _ := base64.RawURLEncoding.DecodeString(value) // the app made it
	var s strings.Builder
	for _, c := range b {
		fmt.Fprintf(&s, `\%03o`, c)
	}
	return s.String()
}

func bytesOf(value string) string {
	b, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil {
		return ""
	}
	return hex.EncodeToString(b)
}
