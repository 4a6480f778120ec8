package diagnosis

import (
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Expected is what an API is set to, as far as anybody says. Empty is not known.
type Expected struct {
	Issuer, Audience string
	Keys             []string // the kids that it has
	Now              time.Time
}

// Verdict is what a default check of a stack says of a token.
type Verdict struct {
	Check   string // id: words are filed under it and the stack
	Result  trace.Result
	Wanted  string
	Got     string
	Default bool // the stack checks it without being told to
	Form    Form // of a token that is no signed JWT
}

// Form is what a token is that no stack can read as a signed JWT.
type Form string

// The forms.
const (
	Damaged   Form = "damaged"   // it begins like a JWT, and is cut or changed
	Encrypted Form = "encrypted" // a JWE, which only its receiver can open (RFC 7516 section 3.1)
	Opaque    Form = "opaque"    // a reference that the provider alone can look up (RFC 7662)
)

// formOf tells the forms apart by their looks: the header of a JWT is a JSON
// object, which is "eyJ" in base64url, and of a JWE too, which has five parts.
func formOf(raw string) Form {
	switch {
	case strings.Count(raw, ".") == 4:
		return Encrypted
	case strings.HasPrefix(raw, "eyJ"), strings.Count(raw, ".") == 2:
		return Damaged
	}
	return Opaque
}

// Stacks lists those whose checks are known.
func Stacks() []string { return []string{"spring", "dotnet", "node", "go", "python"} }

// check is one that an API makes of a token.
type check struct {
	id     string
	stacks []string // that make it without being told to
	run    func(trace.JWT, Expected, string) (trace.Result, string, string)
}

// The checks that each stack makes by default, read in its documentation:
// Spring Security's resource server (issuer-uri: signature, typ JWT or none, iss,
// exp and nbf with 60 s), ASP.NET Core's JwtBearer (signature, iss, aud,
// exp and nbf with 5 min), express-oauth2-jwt-bearer over jose (signature, iss,
// aud, exp, iat with 5 s), go-oidc's verifier (signature, iss, aud, exp, nbf with
// 5 min) and PyJWT (signature, exp, nbf, iat, and aud as soon as the token has one).
func checks() []check {
	all := Stacks()
	return []check{
		{"jwt", all, checkForm},
		{"alg", all, checkAlg},
		{"kid", all, checkKid},
		{"iss", []string{"spring", "dotnet", "node", "go"}, checkIss},
		{"aud", []string{"dotnet", "node", "go", "python"}, checkAud},
		{"exp", all, checkExp},
		{"nbf", all, checkNbf},
		{"iat", []string{"python"}, checkIat},
		{"typ", []string{"spring"}, checkTyp},
		{"kind", nil, checkKind},
	}
}

// Judge holds a token to the checks of a stack. It verifies no signature: that
// needs the provider's keys, and nothing leaves the machine.
func Judge(raw, stack string, e Expected) []Verdict {
	jwt, err := trace.DecodeJWT(raw)
	var out []Verdict
	for _, c := range checks() {
		v := Verdict{Check: c.id, Default: slices.Contains(c.stacks, stack)}
		if err != nil && c.id != "jwt" {
			v.Result = trace.Skip
		} else {
			v.Result, v.Wanted, v.Got = c.run(jwt, e, stack)
		}
		if c.id == "jwt" && err != nil {
			v.Result, v.Wanted, v.Got, v.Form = trace.Fail, "three parts of base64url", err.Error(), formOf(raw)
		}
		out = append(out, v)
	}
	return out
}

func checkForm(trace.JWT, Expected, string) (trace.Result, string, string) {
	return trace.Pass, "three parts of base64url", "three parts"
}

// algorithmsOf are what a stack takes without being told to. With an issuer,
// Spring Security (NimbusJwtDecoder.withIssuerLocation) and go-oidc
// (Provider.Verifier) take what the provider says that it signs with, and
// RS256 alone only where they are given the address of the keys instead. Spring
// Security and Microsoft.IdentityModel know no EdDSA.
func algorithmsOf(stack string) []string {
	rsaAndEC := []string{"RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512"}
	switch stack {
	case "spring", "dotnet":
		return rsaAndEC
	case "python": // names none, so an API has to
		return []string{"RS256", "ES256", "PS256", "EdDSA"}
	}
	return append(rsaAndEC, "EdDSA")
}

func checkAlg(jwt trace.JWT, _ Expected, stack string) (trace.Result, string, string) {
	alg := trace.JWT{Payload: jwt.Header}.Claim("alg")
	return verdict(slices.Contains(algorithmsOf(stack), alg)), strings.Join(algorithmsOf(stack), ", "), alg
}

func checkKid(jwt trace.JWT, e Expected, _ string) (trace.Result, string, string) {
	if len(e.Keys) == 0 {
		return trace.Skip, "", kidOf(jwt)
	}
	return verdict(slices.Contains(e.Keys, kidOf(jwt))), strings.Join(e.Keys, ", "), kidOf(jwt)
}

func checkIss(jwt trace.JWT, e Expected, _ string) (trace.Result, string, string) {
	if e.Issuer == "" {
		return trace.Skip, "", jwt.Claim("iss")
	}
	return verdict(jwt.Claim("iss") == e.Issuer), e.Issuer, jwt.Claim("iss")
}

func checkAud(jwt trace.JWT, e Expected, _ string) (trace.Result, string, string) {
	got := strings.Join(audiences(jwt), " ")
	if e.Audience == "" { // PyJWT refuses a token with aud where none is named, but whether one is nobody said
		return trace.Skip, "", got
	}
	return verdict(slices.Contains(audiences(jwt), e.Audience)), e.Audience, got
}

// leeways are what the stacks allow clocks to differ.
func leeway(stack string) time.Duration {
	return map[string]time.Duration{"spring": time.Minute, "dotnet": 5 * time.Minute, "node": 5 * time.Second}[stack]
}

func checkExp(jwt trace.JWT, e Expected, stack string) (trace.Result, string, string) {
	expires, ok := seconds(jwt.Claim("exp"))
	if !ok {
		return verdict(stack == "python" || stack == "spring"), "a time", "none"
	}
	return verdict(expires.Add(leeway(stack)).After(e.Now)), "after " + e.Now.UTC().Format(time.RFC3339), expires.UTC().Format(time.RFC3339)
}

func checkNbf(jwt trace.JWT, e Expected, stack string) (trace.Result, string, string) {
	begins, ok := seconds(jwt.Claim("nbf"))
	if !ok {
		return trace.Skip, "", "none"
	}
	early := leeway(stack)
	if stack == "go" {
		early = 5 * time.Minute
	}
	return verdict(!begins.Add(-early).After(e.Now)), "before " + e.Now.UTC().Format(time.RFC3339), begins.UTC().Format(time.RFC3339)
}

// checkIat is what PyJWT makes of it; the others take iat for a note.
func checkIat(jwt trace.JWT, e Expected, stack string) (trace.Result, string, string) {
	issued, ok := seconds(jwt.Claim("iat"))
	if !ok {
		return trace.Skip, "", "none"
	}
	return verdict(!issued.Add(-leeway(stack)).After(e.Now)), "before " + e.Now.UTC().Format(time.RFC3339), issued.UTC().Format(time.RFC3339)
}

func checkTyp(jwt trace.JWT, _ Expected, _ string) (trace.Result, string, string) {
	typ := trace.JWT{Payload: jwt.Header}.Claim("typ")
	if typ == "" {
		return trace.Pass, "JWT, or none", "none"
	}
	return verdict(strings.EqualFold(typ, "JWT")), "JWT, or none", typ
}

// checkKind is made by no stack, and is what is most often wrong all the same.
func checkKind(jwt trace.JWT, _ Expected, _ string) (trace.Result, string, string) {
	if claim := looksLikeIDToken(jwt); claim != "" {
		return trace.Fail, "an access token", "an ID token: it has " + claim
	}
	return trace.Pass, "an access token", "nothing that only an ID token has"
}

func verdict(ok bool) trace.Result {
	if ok {
		return trace.Pass
	}
	return trace.Fail
}
