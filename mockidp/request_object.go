package mockidp

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// requestObject is an authorization request in a JWT that the client signed
// (RFC 9101 section 4), as read and with what came of its signature.
//
// Only what is inside counts (section 6.3). OpenID Connect Core section 6.1
// wants response_type, client_id and a scope with openid beside it as well and
// would add other parameters from there; that they stand there does no harm,
// but save for client_id, which must be the same, nobody looks at them: they
// are not signed, and whoever redirects the browser can change them.
type requestObject struct {
	raw       string
	malformed string // why it cannot be read; empty when it can
	alg       string
	typ       string
	keyID     string
	claims    map[string]any
	params    wire.Params // what it asks for

	keyWrong string // why no key of the client is the one; empty when one is
	signed   bool
}

func (o *requestObject) parse() string {
	parts := strings.Split(o.raw, ".")
	if len(parts) == 5 {
		return "it is encrypted, and this provider has no key to decrypt it with"
	}
	if len(parts) != 3 || strings.ContainsAny(o.raw, "\r\n") {
		return "it does not have three parts"
	}
	header, wrong := readJWTPart(parts[0])
	if wrong != "" {
		return "its header is " + wrong
	}
	if o.claims, wrong = readJWTPart(parts[1]); wrong != "" {
		return "its payload is " + wrong
	}
	if _, err := base64.RawURLEncoding.Strict().DecodeString(parts[2]); err != nil {
		return "its signature is not base64url"
	}
	if _, critical := header["crit"]; critical {
		return "its header has crit, and this provider knows no extension (RFC 7515 section 4.1.11)"
	}
	o.alg, _ = header["alg"].(string)
	o.typ, _ = header["typ"].(string)
	o.keyID, _ = header["kid"].(string)
	o.params, wrong = asParams(o.claims)
	return wrong
}

// readJWTPart decodes a header or a payload, exact about base64url and about
// members that are named twice.
func readJWTPart(part string) (map[string]any, string) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil {
		return nil, "not base64url"
	}
	v, err := wire.ReadJSON(string(raw))
	if err != nil {
		return nil, err.Error()
	}
	object, ok := v.(map[string]any)
	if !ok {
		return nil, "not a JSON object"
	}
	return object, ""
}

// jwtClaims are the members of a request object that are about the object and
// not about the request.
func jwtClaims() []string { return []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"} }

// asParams makes the members parameters: a string stays as it is, a number and
// a structure are written as JSON (RFC 9101 section 4).
func asParams(claims map[string]any) (wire.Params, string) {
	names := make([]string, 0, len(claims))
	for name := range claims {
		if !slices.Contains(jwtClaims(), name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var p wire.Params
	for _, name := range names {
		for _, value := range asTexts(name, claims[name]) {
			if strings.ContainsRune(name, 0) || strings.ContainsRune(value, 0) {
				return wire.Params{}, "a zero byte is in it"
			}
			p.List = append(p.List, trace.Field{Name: name, Value: value})
		}
	}
	return p, ""
}

// asTexts writes a claim as parameters: a text as it is, all else as JSON. Only
// resource may come more than once (RFC 8707 section 2.1); what is no text in
// its list is empty, which no resource may be.
func asTexts(name string, claim any) []string {
	list, many := claim.([]any)
	text, ok := claim.(string)
	switch {
	case claim == nil, claim == "": // as if it were not sent
		return nil
	case ok:
		return []string{text}
	case !many || name != "resource":
		return []string{wire.CompactJSON(claim)}
	}
	texts := make([]string, len(list))
	for i, one := range list {
		texts[i], _ = one.(string)
	}
	return texts
}

// requestObjectAlgorithms are those that request objects may be signed with;
// none, which signs nothing, is not among them (RFC 9101 section 10.1).
func requestObjectAlgorithms() []jose.SignatureAlgorithm {
	return []jose.SignatureAlgorithm{jose.RS256, jose.PS256, jose.ES256, jose.EdDSA}
}

func (c *Client) requestObjectAlgorithms() []jose.SignatureAlgorithm {
	switch {
	case c.RequestObjectSigningAlg != "":
		return []jose.SignatureAlgorithm{jose.SignatureAlgorithm(c.RequestObjectSigningAlg)}
	case c.Profile == ProfileFAPI2:
		return keys.FAPIAlgorithms()
	}
	return requestObjectAlgorithms()
}

// timesRequests reports whether the client's request objects must say for when
// and for whom they are meant.
func (c *Client) timesRequests() bool {
	return c.RequireRequestObjectTimes || c.Profile == ProfileFAPI2
}

// hasKeys reports whether the client is registered with keys of its own.
func (c *Client) hasKeys() bool { return c.JWKS != nil || c.JWKSURI != "" }

// text returns a member that must be a string, if it is there.
func (o *requestObject) text(name string) (value string, sent bool) {
	v, sent := o.claims[name]
	if s, ok := v.(string); ok {
		return s, sent
	}
	return wire.Printable(wire.CompactJSON(v), 64), sent
}

// audiences returns aud, whether written as a string or as a list.
func (o *requestObject) audiences() []string {
	switch v := o.claims["aud"].(type) {
	case string:
		return []string{v}
	case []any:
		var list []string
		for _, item := range v {
			s, _ := item.(string)
			list = append(list, s)
		}
		return list
	}
	return nil
}

// seconds returns a time of the object, in seconds since 1970.
func (o *requestObject) seconds(name string) (at float64, sent, ok bool) {
	v, sent := o.claims[name]
	n, isNumber := v.(json.Number)
	if !isNumber {
		return 0, sent, false
	}
	at, err := strconv.ParseFloat(n.String(), 64)
	return at, true, err == nil
}
