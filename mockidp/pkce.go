package mockidp

import (
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// pkceRows tie the code to the client that asked for it (RFC 7636). A request
// that asks for no code has nothing to tie.
func pkceRows() []rule.Row[authorization] {
	return rule.OnlyWhen(func(in *authorization) bool { return in.kind.code }, slices.Concat(challengeRows(), rule.OnlyWhen(
		(*authorization).challenged, challengeFormRows())))
}

// challenged reports whether the request uses PKCE, or has to.
func (in *authorization) challenged() bool {
	return in.params.Has("code_challenge") || !in.client.PKCEOptional
}

func challengeRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "code-challenge-present", Rule: "code_challenge is sent",
			Spec: rule.RFC("9700", "2.1.1"), Error: "invalid_request",
			Check: checkChallengePresent,
		},
	}
}

func challengeFormRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "code-challenge-method", Rule: "code_challenge_method is S256",
			Spec: rule.RFC("7636", "4.4.1"), Error: "invalid_request",
			Check: checkChallengeMethod,
		},
		{
			ID: "code-challenge-syntax", Rule: "code_challenge has the form of a SHA-256 hash in base64url",
			Spec: rule.RFC("7636", "4.2"), Error: "invalid_request",
			Check: checkChallengeSyntax,
		},
	}
}

// checkChallengePresent lets a client with PKCEOptional do without. RFC 9700
// section 2.1.1 then has the client, not this provider, use the nonce instead,
// and a request without one stays possible (OpenID Connect Core section
// 3.1.2.1).
func checkChallengePresent(in *authorization) rule.Finding {
	const expected = "a code_challenge"
	switch {
	case in.params.Has("code_challenge"):
		return rule.Pass(expected, wire.Shown(in.params.Get("code_challenge")))
	case !in.client.PKCEOptional:
		return rule.Fail(expected, "none", "code_challenge is missing; this provider demands PKCE (RFC 7636) of every client")
	case in.params.Has("code_challenge_method"):
		return rule.Fail(expected, "only a code_challenge_method", "code_challenge_method is sent without code_challenge")
	case in.params.Has("nonce"):
		return rule.Skip("the client may do without PKCE; its nonce must protect it from a code that somebody else slips in")
	}
	return rule.Skip("the client may do without PKCE; it sends no nonce either, " +
		"so nothing protects it from a code that somebody else slips in")
}

func (e *authorizationEndpoint) challengeMethods() []string {
	if e.plainPKCE {
		return []string{"S256", "plain"}
	}
	return []string{"S256"}
}

func checkChallengeMethod(in *authorization) rule.Finding {
	methods := in.p.challengeMethods()
	if in.client.Profile == ProfileFAPI2 {
		methods = []string{"S256"} // whatever is relaxed for others
	}
	got := wire.Shown(in.params.Get("code_challenge_method"))
	wrong := "code_challenge_method " + got + " is not supported"
	if got == "" {
		got, wrong = "none, which means plain", "code_challenge_method is left out, which means plain (RFC 7636 section 4.3)"
	}
	expected := strings.Join(methods, " or ")
	return rule.Verdict(slices.Contains(methods, in.challengeMethod()), expected, got,
		wrong+"; send "+expected+": with plain, whoever reads the request can use the code")
}

// checkChallengeSyntax is exact for S256: BASE64URL of 32 bytes is 43
// characters, so a challenge of any other length could never be met.
func checkChallengeSyntax(in *authorization) rule.Finding {
	challenge := in.params.Get("code_challenge")
	got := wire.Shown(challenge) + " (" + strconv.Itoa(len(challenge)) + " characters)"
	if in.challengeMethod() == "plain" {
		return rule.Verdict(isVerifier(challenge), verifierForm, got, "code_challenge is not "+verifierForm)
	}
	const form = "43 characters of base64url without padding"
	return rule.Verdict(len(challenge) == 43 && wire.IsBase64URL(challenge), form, got, "code_challenge is not "+form)
}

// verifierForm is the ABNF of RFC 7636 section 4.1 in words.
const verifierForm = "43 to 128 characters of A-Z a-z 0-9 - . _ ~"

func isVerifier(s string) bool { return len(s) >= 43 && len(s) <= 128 && wire.IsUnreserved(s) }
