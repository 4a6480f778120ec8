// Package pkce does the arithmetic of Proof Key for Code Exchange (RFC 7636)
// step by step, so that each step can be shown, and holds a code verifier to
// the rules, one named row each.
//
// Call [Work] with a verifier. The package keeps nothing and knows no flow.
package pkce

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Bounds of a code verifier (RFC 7636 section 4.1), in characters.
const (
	Shortest = 43
	Longest  = 128
)

// Worked is a verifier with all that follows from it.
type Worked struct {
	Verifier  string
	Bytes     []byte // of the verifier in ASCII: what is hashed
	Hash      [sha256.Size]byte
	Challenge string // base64url of the hash, without padding: for the method S256
	Checks    []trace.Check
}

// Work makes the challenge of a verifier (RFC 7636 section 4.2). A verifier
// that breaks a rule has a challenge all the same; Checks say which rule.
func Work(verifier string) Worked {
	w := Worked{
		Verifier: verifier, Bytes: []byte(verifier), Hash: sha256.Sum256([]byte(verifier)),
		Checks: rule.Each(trace.AuthorizationServer, rows(), &verifier),
	}
	w.Challenge = base64.RawURLEncoding.EncodeToString(w.Hash[:])
	return w
}

// Sound reports whether the verifier keeps every rule.
func (w Worked) Sound() bool {
	for _, c := range w.Checks {
		if c.Result == trace.Fail {
			return false
		}
	}
	return true
}

// Example returns the verifier of RFC 7636 appendix B.
func Example() string { return "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" }

// Roll makes a verifier of 32 random octets, as RFC 7636 section 4.1 recommends.
func Roll(random io.Reader) (string, error) {
	var octets [32]byte
	if _, err := io.ReadFull(random, octets[:]); err != nil {
		return "", fmt.Errorf("roll a verifier: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(octets[:]), nil
}

// The rules, by id.
const (
	RuleLeast    = "verifier-least"
	RuleMost     = "verifier-most"
	RuleAlphabet = "verifier-alphabet"
)

// Rules lists them, in the order in which they run.
func Rules() []rule.Listed { return rule.List(rows()) }

func rows() []rule.Row[string] {
	row := func(id, text string, check func(*string) rule.Finding) rule.Row[string] {
		return rule.Row[string]{ID: id, Rule: text, Spec: rule.RFC("7636", "4.1"), Check: check}
	}
	return []rule.Row[string]{
		row(RuleLeast, "the code_verifier has 43 characters or more", checkLeast),
		row(RuleMost, "the code_verifier has 128 characters or less", checkMost),
		row(RuleAlphabet, "the code_verifier holds unreserved characters only", checkAlphabet),
	}
}

func checkLeast(verifier *string) rule.Finding {
	n := utf8.RuneCountInString(*verifier)
	return rule.Verdict(n >= Shortest, fmt.Sprintf("%d or more", Shortest), fmt.Sprintf("%d characters", n),
		fmt.Sprintf("%d are missing: a short one could be guessed", Shortest-n))
}

func checkMost(verifier *string) rule.Finding {
	n := utf8.RuneCountInString(*verifier)
	return rule.Verdict(n <= Longest, fmt.Sprintf("%d or less", Longest), fmt.Sprintf("%d characters", n),
		fmt.Sprintf("%d too many", n-Longest))
}

func checkAlphabet(verifier *string) rule.Finding {
	const want = "A-Z a-z 0-9 - . _ ~"
	stray, where := strayOf(*verifier)
	if stray == "" {
		return rule.Pass(want, "only these")
	}
	return rule.Fail(want, fmt.Sprintf("%s at place %d", stray, where), "it would be changed on its way in a form, or read differently")
}

// strayOf returns the first character that is not unreserved (RFC 3986 section
// 2.3), as a person can read it, and its place counted from 1.
func strayOf(verifier string) (string, int) {
	place := 0
	for _, r := range verifier {
		place++
		switch {
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r >= '0' && r <= '9', strings.ContainsRune("-._~", r):
		case r == ' ':
			return "a space", place
		default:
			return fmt.Sprintf("%q", r), place
		}
	}
	return "", 0
}
