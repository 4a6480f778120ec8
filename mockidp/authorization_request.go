package mockidp

import (
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// requestRows are the rules that run once the redirection URI is trusted:
// whoever breaks one is told by redirect.
func requestRows() []row[authorization] {
	return slices.Concat(shapeRows(), responseRows(), pkceRows(), promptRows())
}

// shapeRows are about parameters as such.
func shapeRows() []row[authorization] {
	absent := func(name, reason string) func(*authorization) finding {
		return func(in *authorization) finding {
			return verdict(!in.params.has(name), "not sent", orElse(shown(in.params.get(name)), "not sent"), reason)
		}
	}
	return []row[authorization]{
		{
			id: "parameters-once", rule: "no parameter is sent twice",
			spec: rfc("6749", "3.1"), err: "invalid_request",
			check: func(in *authorization) finding { return checkOnce(in.params) },
		},
		{
			id: "parameters-short", rule: "no parameter is longer than 4 KiB",
			spec: rfc("6749", "4.1.2.1"), err: "invalid_request",
			check: func(in *authorization) finding { return checkShort(in.params) },
		},
		{
			id: "state-printable", rule: "state is printable ASCII",
			spec: rfc("6749", "A.5"), err: "invalid_request",
			check: func(in *authorization) finding {
				state := in.params.get("state")
				if state == "" {
					return skip("no state is sent; PKCE and iss protect this client all the same, but state ties the answer to the browser that asked")
				}
				return verdict(isVisibleASCII(state), "printable ASCII", shown(state), "state holds characters outside printable ASCII")
			},
		},
		{
			id: "request-object-absent", rule: "no request object is sent",
			spec: oidc("3.1.2.6"), err: "request_not_supported",
			check: absent("request", "request objects are not supported; send the parameters themselves"),
		},
		{
			id: "request-uri-absent", rule: "no request_uri is sent",
			spec: oidc("3.1.2.6"), err: "request_uri_not_supported",
			check: absent("request_uri", "request_uri is not supported; send the parameters themselves"),
		},
		{
			id: "registration-absent", rule: "no registration is sent",
			spec: oidc("3.1.2.6"), err: "registration_not_supported",
			check: absent("registration", "the registration parameter is not supported; clients are registered beforehand"),
		},
	}
}

// responseRows are about what the client asks to get, and how.
func responseRows() []row[authorization] {
	return []row[authorization]{
		{
			id: "response-type-present", rule: "response_type is sent",
			spec: rfc("6749", "3.1.1"), err: "invalid_request",
			check: func(in *authorization) finding {
				return verdict(in.params.has("response_type"), "a response_type", orElse(shown(in.params.get("response_type")), "none"),
					"response_type is missing; send response_type=code")
			},
		},
		{
			id: "response-type-supported", rule: "response_type is one that this provider knows",
			spec: rfc("6749", "4.1.2.1"), err: "unsupported_response_type",
			check: func(in *authorization) finding {
				sent := in.params.get("response_type")
				return verdict(slices.Contains(responseTypes(), sent), strings.Join(responseTypes(), " or "), shown(sent),
					"response_type "+shown(sent)+" is not supported; supported: "+strings.Join(responseTypes(), ", "))
			},
		},
		{
			id: "response-type-allowed", rule: "the client may use this response_type",
			spec: rfc("6749", "4.1.2.1"), err: "unauthorized_client",
			check: func(in *authorization) finding {
				sent := in.params.get("response_type")
				allowed := orElse(strings.Join(in.client.ResponseTypes, " or "), "none")
				return verdict(slices.Contains(in.client.ResponseTypes, sent), allowed, sent,
					"client "+in.client.ClientID+" may not use response_type "+sent)
			},
		},
		{
			id: "response-mode-query", rule: "the answer goes into the query",
			spec: trace.Spec{Doc: "OAuth 2.0 Multiple Response Types 1.0", Section: "2.1"}, err: "invalid_request",
			check: func(in *authorization) finding {
				mode := orElse(in.params.get("response_mode"), "query")
				return verdict(mode == "query", "query", shown(mode), "response_mode "+shown(mode)+" is not supported; supported: query")
			},
		},
		{
			id: "scope-present", rule: "scope is sent",
			spec: rfc("6749", "3.3"), err: "invalid_scope",
			check: func(in *authorization) finding {
				return verdict(len(in.scopes) > 0, "a scope", orElse(shown(in.params.get("scope")), "none"),
					"scope is missing, and there is no default; allowed for "+in.client.ClientID+": "+strings.Join(in.t.allowedScopes(in.client), " "))
			},
		},
		{
			id: "scope-syntax", rule: "scope is words with one space between them",
			spec: rfc("6749", "3.3"), err: "invalid_scope",
			check: func(in *authorization) finding { return checkScopeSyntax(in.params.get("scope")) },
		},
		{
			// OpenID Connect Core section 3.1.2.1 would have unknown scopes
			// ignored (SHOULD); RFC 6749 has an error for them, and a client
			// that is told so is helped more than one that wonders.
			id: "scope-allowed", rule: "every scope is one that the client may ask for",
			spec: rfc("6749", "4.1.2.1"), err: "invalid_scope",
			check: func(in *authorization) finding { return checkScopeAllowed(in.t, in.client, in.scopes) },
		},
	}
}

func checkShort(p params) finding {
	name, size := p.longest()
	return verdict(size <= maxParameter, "at most "+strconv.Itoa(maxParameter)+" bytes", strconv.Itoa(size)+" bytes",
		"the parameter "+printable(name, 64)+" is too long")
}

// pkceRows tie the code to the client that asked for it (RFC 7636).
func pkceRows() []row[authorization] {
	return []row[authorization]{
		{
			id: "code-challenge-present", rule: "code_challenge is sent",
			spec: rfc("9700", "2.1.1"), err: "invalid_request",
			check: func(in *authorization) finding {
				return verdict(in.params.has("code_challenge"), "a code_challenge", orElse(shown(in.params.get("code_challenge")), "none"),
					"code_challenge is missing; this provider demands PKCE (RFC 7636) of every client")
			},
		},
		{
			id: "code-challenge-method", rule: "code_challenge_method is S256",
			spec: rfc("7636", "4.4.1"), err: "invalid_request",
			check: checkChallengeMethod,
		},
		{
			id: "code-challenge-syntax", rule: "code_challenge has the form of a SHA-256 hash in base64url",
			spec: rfc("7636", "4.2"), err: "invalid_request",
			check: checkChallengeSyntax,
		},
	}
}

func (p *Provider) challengeMethods() []string {
	if p.cfg.Relaxed.PlainPKCE {
		return []string{"S256", "plain"}
	}
	return []string{"S256"}
}

func checkChallengeMethod(in *authorization) finding {
	methods := in.p.challengeMethods()
	got := orElse(shown(in.params.get("code_challenge_method")), "none, which means plain")
	return verdict(slices.Contains(methods, in.challengeMethod()), strings.Join(methods, " or "), got,
		"code_challenge_method "+shown(in.challengeMethod())+" is not supported; with plain, whoever reads the request can use the code")
}

// checkChallengeSyntax is exact for S256: BASE64URL of 32 bytes is 43
// characters, so a challenge of any other length could never be met.
func checkChallengeSyntax(in *authorization) finding {
	challenge := in.params.get("code_challenge")
	got := shown(challenge) + " (" + strconv.Itoa(len(challenge)) + " characters)"
	if in.challengeMethod() == "plain" {
		return verdict(isVerifier(challenge), verifierForm, got, "code_challenge is not "+verifierForm)
	}
	const form = "43 characters of base64url without padding"
	return verdict(len(challenge) == 43 && isBase64URL(challenge), form, got, "code_challenge is not "+form)
}

// verifierForm is the ABNF of RFC 7636 section 4.1 in words.
const verifierForm = "43 to 128 characters of A-Z a-z 0-9 - . _ ~"

func isVerifier(s string) bool { return len(s) >= 43 && len(s) <= 128 && isUnreserved(s) }
