package mockidp

import (
	"context"
	"net/http"
	"slices"
	"strings"
)

// tokenRequest is a request to the token endpoint (RFC 6749 section 3.2) and
// what it refers to.
type tokenRequest struct {
	p      *Provider
	t      *tenant
	r      *request
	params params
	creds  credentials
	client *Client // nil when unknown
	code   *redemption
}

// grant is one line of the grant table: how a grant_type is answered. A new
// grant is a file with its rows and a line in [grants].
type grant struct {
	name  string
	rules func() []Rule
	// answer runs the grant's own rows on a request that kept the common
	// ones, and gives out the tokens.
	answer func(ctx context.Context, in *tokenRequest) (tokenResponse, *refusal, error)
}

// grants is the grant table.
func grants() []grant {
	return []grant{
		newAuthorizationCodeGrant(),
	}
}

func grantRules() []Rule {
	var rules []Rule
	for _, g := range grants() {
		rules = append(rules, g.rules()...)
	}
	return rules
}

func (p *Provider) grantTypes() []string {
	names := make([]string, 0, len(p.tables.grants))
	for _, g := range p.tables.grants {
		names = append(names, g.name)
	}
	return names
}

func (p *Provider) grant(name string) *grant {
	for i := range p.tables.grants {
		if p.tables.grants[i].name == name {
			return &p.tables.grants[i]
		}
	}
	return nil
}

// tokenRows are the rules that hold for every grant.
func tokenRows() []row[tokenRequest] {
	return slices.Concat(tokenShapeRows(), clientRows(), []row[tokenRequest]{
		{
			id: "grant-type-present", rule: "grant_type is sent",
			spec: rfc("6749", "5.2"), err: "invalid_request",
			check: func(in *tokenRequest) finding {
				return verdict(in.params.has("grant_type"), "a grant_type", orElse(shown(in.params.get("grant_type")), "none"),
					"grant_type is missing")
			},
		},
		{
			id: "grant-type-supported", rule: "grant_type is one that this provider knows",
			spec: rfc("6749", "5.2"), err: "unsupported_grant_type",
			check: func(in *tokenRequest) finding {
				sent, known := in.params.get("grant_type"), strings.Join(in.p.grantTypes(), " or ")
				return verdict(in.p.grant(sent) != nil, known, shown(sent),
					"grant_type "+shown(sent)+" is not supported; supported: "+known)
			},
		},
		{
			id: "grant-type-allowed", rule: "the client may use this grant_type",
			spec: rfc("6749", "5.2"), err: "unauthorized_client",
			check: func(in *tokenRequest) finding {
				sent := in.params.get("grant_type")
				allowed := orElse(strings.Join(in.client.GrantTypes, " or "), "none")
				return verdict(slices.Contains(in.client.GrantTypes, sent), allowed, sent,
					"client "+in.client.ClientID+" may not use grant_type "+sent)
			},
		},
	})
}

func tokenShapeRows() []row[tokenRequest] {
	return []row[tokenRequest]{
		{
			id: "method-post", rule: "the request uses POST",
			spec: rfc("6749", "3.2"), err: "invalid_request", status: http.StatusMethodNotAllowed,
			check: func(in *tokenRequest) finding { return checkMethod(in.r, http.MethodPost) },
		},
		{
			id: "body-is-form", rule: "the body is form-encoded",
			spec: rfc("6749", "4.1.3"), err: "invalid_request",
			check: func(in *tokenRequest) finding { return checkFormBody(in.r) },
		},
		{
			id: "parameters-encoded", rule: "the parameters are form-encoded UTF-8",
			spec: rfc("6749", "B"), err: "invalid_request",
			check: func(in *tokenRequest) finding { return checkEncoding(in.params) },
		},
		{
			id: "parameters-once", rule: "no parameter is sent twice",
			spec: rfc("6749", "3.2"), err: "invalid_request",
			check: func(in *tokenRequest) finding { return checkOnce(in.params) },
		},
		{
			id: "parameters-in-body", rule: "parameters are in the body, not in the URL",
			spec: rfc("6749", "2.3.1"), err: "invalid_request",
			check: checkNothingInURL,
		},
	}
}

// checkNothingInURL keeps secrets out of logs and histories. A query that
// belongs to the endpoint's own address is nobody's concern.
func checkNothingInURL(in *tokenRequest) finding {
	for _, name := range []string{"client_id", "client_secret", "grant_type", "code", "code_verifier", "redirect_uri"} {
		if in.r.query.has(name) {
			return fail("none of them in the URL", name+" in the URL", name+" is in the URL, where logs keep it; send it in the body")
		}
	}
	return pass("none of them in the URL", "none")
}

// serveToken is the token endpoint.
func (p *Provider) serveToken(t *tenant, r *request) (answer, error) {
	in := &tokenRequest{p: p, t: t, r: r, params: r.form, creds: readCredentials(r)}
	in.client = t.clients[in.creds.clientID]
	broken := run(r.Context(), p.tables.token, in)
	var tokens tokenResponse
	if broken == nil {
		var err error
		if tokens, broken, err = p.grant(in.params.get("grant_type")).answer(r.Context(), in); err != nil {
			return answer{}, err
		}
	}
	var a answer
	var err error
	if broken != nil {
		a, err = refuseToken(in, broken)
	} else {
		a, err = jsonAnswer(http.StatusOK, tokens)
	}
	if in.client != nil {
		a.client = in.client.ClientID
	}
	return uncached(a), err
}

// tokenResponse is RFC 6749 section 5.1 and OpenID Connect Core 3.1.3.3.
type tokenResponse struct {
	AccessToken string `json:"access_token"`
	IDToken     string `json:"id_token,omitempty"`
	TokenType   string `json:"token_type"`
	ExpiresIn   int    `json:"expires_in"` // seconds
	Scope       string `json:"scope"`
}

// errorResponse is RFC 6749 section 5.2.
type errorResponse struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

func refuseToken(in *tokenRequest, broken *refusal) (answer, error) {
	status := broken.status
	if status == 0 {
		status = http.StatusBadRequest
	}
	// RFC 6749 section 5.2: who tried the Authorization header is told by 401
	// which scheme would do; others get the usual 400.
	challenge := broken.check.Error == "invalid_client" && in.creds.header
	if challenge {
		status = http.StatusUnauthorized
	}
	a, err := jsonAnswer(status, errorResponse{Error: broken.check.Error, Description: describe(broken.check.Reason)})
	if challenge {
		a.set("WWW-Authenticate", `Basic realm="`+in.t.name+`", charset="UTF-8"`)
	}
	if status == http.StatusMethodNotAllowed {
		a.set("Allow", "POST, OPTIONS")
	}
	return a, err
}
