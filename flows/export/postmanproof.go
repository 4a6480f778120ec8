package export

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

//go:embed postmanproof.js
var postmanProof string

// encodedOf names the variable with a secret as it stands in Basic credentials (RFC 6749 section 2.3.1).
func encodedOf(variable string) string { return variable + "_encoded" }

// publicOf names the variable with the public half of a key.
func publicOf(key string) string { return key + "_public" }

// woven is text in which variables stand in the place of what is new each time.
func (p *poster) woven(text string, keys []registeredKey) string {
	pairs := []string{}
	for _, k := range keys {
		if len(p.certificates) > 0 { // such a collection is not run
			break
		}
		pairs = append(pairs, k.raw, p.publicKey(k))
	}
	for _, value := range slices.Sorted(maps.Keys(p.told)) {
		pairs = append(pairs, value, "{{"+p.told[value]+"}}")
	}
	return strings.NewReplacer(pairs...).Replace(p.hide(text))
}

// publicKey is a JWK with the key of now.
func (p *poster) publicKey(k registeredKey) string {
	members, err := trace.Members([]byte(k.raw))
	if err != nil { // it was read before
		return k.raw
	}
	var kept []string
	for _, f := range members {
		if f.Name == "x" {
			f.Value = jsonText("{{" + publicOf(k.variable) + "}}")
		}
		kept = append(kept, jsonText(f.Name)+":"+f.Value)
	}
	return "{" + strings.Join(kept, ",") + "}"
}

// makesKeys draws the keys of this run.
func (p *poster) makesKeys() []string {
	if len(p.signers) == 0 {
		return nil
	}
	lines := p.proof()
	for _, who := range slices.Sorted(maps.Keys(p.signers)) {
		key := p.signers[who]
		lines = append(lines,
			"pm.collectionVariables.set("+js(key)+", crypto.lib.WordArray.random(32).toString())",
			fmt.Sprintf("pm.collectionVariables.set(%s, base64url(publicHalf(pm.collectionVariables.get(%s))))", js(publicOf(key)), js(key)))
	}
	return lines
}

func (p *poster) proof() []string {
	if p.proven {
		return nil
	}
	p.proven = true
	return strings.Split(strings.TrimSuffix(postmanProof, "\n"), "\n")
}

// signs makes the assertions that are made between the request before and request i.
func (p *poster) signs(i int) []string {
	var lines []string
	for _, jwt := range slices.Sorted(maps.Keys(p.assertions)) {
		a := p.assertions[jwt]
		if a.madeAt > i || p.set[a.variable] {
			continue
		}
		p.set[a.variable] = true
		lines = append(lines, p.proof()...)
		seed := "''"
		if a.signer != "" {
			seed = "pm.collectionVariables.get(" + js(a.signer) + ")"
		}
		lines = append(lines, fmt.Sprintf("pm.collectionVariables.set(%s, signed(%s, %s, JSON.stringify(%s)))",
			js(a.variable), seed, js(a.header), p.claims(a)))
	}
	return lines
}

// claims are those of the assertion as an object of JavaScript, with the names, the times and the random value of now.
func (p *poster) claims(a assertion) string {
	members, err := trace.Members([]byte(a.payload))
	if err != nil { // it was read before
		return "{}"
	}
	var claims []string
	for _, f := range members {
		claims = append(claims, js(f.Name)+": "+p.claim(a, f))
	}
	return "{ " + strings.Join(claims, ", ") + " }"
}

func (p *poster) claim(a assertion, f trace.Field) string {
	value := trace.Unquote(f.Value)
	switch f.Name {
	case "jti":
		return "base64url(crypto.lib.WordArray.random(16).toString())"
	case "exp", "iat", "nbf":
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			after := int64(time.Unix(n, 0).Sub(a.at.Truncate(time.Second)).Seconds())
			return fmt.Sprintf("Math.floor(Date.now() / 1000) + Number(pm.variables.get('ahead') || 0) + %d", after)
		}
	}
	if v := p.told[value]; v != "" {
		return "pm.variables.get(" + js(v) + ")"
	}
	if rest, found := strings.CutPrefix(value, p.origin); found && p.origin != "" {
		return "pm.variables.get('provider') + " + js(rest)
	}
	if !json.Valid([]byte(f.Value)) {
		return js(value)
	}
	return f.Value
}

// registration is what the test of a registration keeps besides its values:
// the secret as it is encoded, and how far the clock of the provider is ahead (RFC 7591 section 3.2.1).
func (p *poster) registration(kept []kept) []string {
	var lines []string
	for _, k := range kept {
		if k.Name == "client_secret" && k.how == keepsNew {
			lines = append(lines, fmt.Sprintf("pm.collectionVariables.set(%s, encodeURIComponent(pm.collectionVariables.get(%s) || ''))",
				js(encodedOf(k.variable)), js(k.variable)))
		}
	}
	if len(p.assertions) > 0 {
		lines = append(lines, "pm.collectionVariables.set('ahead', pm.response.json().client_id_issued_at - Math.floor(Date.now() / 1000))")
	}
	return lines
}

// introduce registers the client before the first request, where the run has
// one that signs and is known to its provider already.
func (p *poster) introduce() {
	n := p.introduced
	if n.variable == "" {
		return
	}
	key := map[string]string{"kty": "OKP", "crv": "Ed25519", "kid": n.kid, "x": "{{" + publicOf(n.signer) + "}}"}
	body, err := json.Marshal(map[string]any{ //nolint:gosec // names a method of authentication, no secret
		"client_name": "Grantwalk", "grant_types": []string{"client_credentials"}, "scope": n.scope,
		"token_endpoint_auth_method": "private_key_jwt", "jwks": map[string]any{"keys": []any{key}},
	})
	if err != nil { // texts can always be written
		return
	}
	path := "/realms/" + p.realm() + "/clients-registrations/openid-connect"
	item := postmanItem{
		Name: p.said("introduces"), Description: p.say.Text("export.script.introduces"), Responses: []postmanResponse{},
		Request: postmanRequest{
			Method: http.MethodPost, Header: []postmanKey{{Key: "Content-Type", Value: "application/json"}},
			Auth: &postmanAuth{Type: "bearer", Bearer: []postmanKey{{"token", "{{initial_access_token}}", "string"}}},
			Body: &postmanBody{Mode: "raw", Raw: string(body)},
			URL:  postmanURL{Raw: "{{provider}}" + path, Host: []string{"{{provider}}"}, Path: strings.Split(path[1:], "/")},
		},
		Behaviour: postmanBehaviour{DisableCookies: true},
	}
	test := slices.Concat([]string{p.statusTest(http.StatusCreated)}, finder(fromJSON),
		p.setTest(n.variable, `inJSON("client_id")`, "client_id"), p.registration(nil))
	item.Events = []postmanEvent{event("prerequest", p.opening()), event("test", test)}
	p.folder(0).Items = append(p.folder(0).Items, item)
	p.collection.Variables = append(p.collection.Variables,
		postmanVariable{"initial_access_token", "a-letter-of-introduction", "string", p.say.Text("export.script.secret")})
}
