package export

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Postman's scripts have no library that signs with a private key, and what it
// sends it can sign: by its authorization "JWT Bearer" (ES256, RFC 7518 section
// 3.4). So each assertion is first sent with a request that needs none, and
// taken from there. Keys are made as the collection is written, and stand in it.

// encodedOf names the variable with a secret as it stands in Basic credentials (RFC 6749 section 2.3.1).
func encodedOf(variable string) string { return variable + "_encoded" }

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

// publicKey is a JWK with the key of the collection in the place of that of the run.
func (p *poster) publicKey(k registeredKey) string {
	members, err := trace.Members([]byte(k.raw))
	if err != nil { // it was read before
		return k.raw
	}
	var kept []string
	for _, f := range members {
		switch f.Name {
		case "kty", "crv", "x", "y", "n", "e", "alg":
		default:
			kept = append(kept, js(f.Name)+":"+f.Value)
		}
	}
	return "{" + strings.Join(append(kept, p.publicHalf(k.variable)), ",") + "}"
}

// publicHalf is what a JWK says of a key of the collection (RFC 7518 section 6.2.1.2).
func (p *poster) publicHalf(key string) string {
	point, err := p.keys[key].PublicKey.Bytes() // 4, x, y (SEC 1 section 2.3.3)
	if err != nil || len(point) != 65 {         // a key on P-256 can always be written
		return ""
	}
	encode := base64.RawURLEncoding.EncodeToString
	return fmt.Sprintf(`"kty":"EC","crv":"P-256","alg":%q,"x":%q,"y":%q`, algorithm, encode(point[1:33]), encode(point[33:]))
}

// algorithm is the one that the collection signs by, whatever the run signed by.
const algorithm = "ES256"

// makesKeys makes the keys of the collection.
func (p *poster) makesKeys() error {
	for _, who := range slices.Sorted(maps.Keys(p.signers)) {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return fmt.Errorf("make a key for the collection: %w", err)
		}
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return fmt.Errorf("write a key into the collection: %w", err)
		}
		p.keys[p.signers[who]] = key
		p.declare(p.signers[who], string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})), p.said("key"))
	}
	return nil
}

// signs adds the requests with which the assertions are signed that are made between the request before and request i.
func (p *poster) signs(i int) {
	for _, jwt := range slices.Sorted(maps.Keys(p.assertions)) {
		a := p.assertions[jwt]
		if a.madeAt > i || p.set[a.variable] || a.signer == "" {
			continue
		}
		p.set[a.variable] = true
		item := p.added(p.said("signs"), p.said("why-signs"), postmanRequest{
			Method: http.MethodGet, Header: []postmanKey{}, URL: postmanAt("/realms/" + p.realm() + "/.well-known/openid-configuration"),
		})
		item.Events = []postmanEvent{
			event("prerequest", append(p.opening(), fmt.Sprintf(
				"pm.request.authorizeUsing('jwt', { algorithm: %s, privateKey: pm.variables.get(%s), header: %s, payload: JSON.stringify(%s) })",
				js(algorithm), js(a.signer), js(a.header), p.claims(a)))),
			event("test", append([]string{p.statusTest(http.StatusOK)},
				p.setTest(a.variable, "pm.request.headers.get('Authorization').replace(/^Bearer /, '')", assertionParameter)...)),
		}
		folder := p.folder(i)
		folder.Items = append(folder.Items, item)
	}
}

// leavesUnsigned makes the assertions of request i that nothing is signed in (RFC 7518 section 3.6).
func (p *poster) leavesUnsigned(i int) []string {
	var lines []string
	for _, jwt := range slices.Sorted(maps.Keys(p.assertions)) {
		a := p.assertions[jwt]
		if a.madeAt > i || p.set[a.variable] || a.signer != "" {
			continue
		}
		p.set[a.variable] = true
		lines = append(lines, fmt.Sprintf(
			"pm.collectionVariables.set(%s, [%s, JSON.stringify(%s), ''].map(part => base64url(crypto.enc.Utf8.parse(part))).join('.'))",
			js(a.variable), js(a.header), p.claims(a)))
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
		return "pm.variables.replaceIn('{{$guid}}')"
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
	key := json.RawMessage("{" + js("kid") + ":" + js(n.kid) + "," + p.publicHalf(n.signer) + "}")
	body, err := json.Marshal(map[string]any{ //nolint:gosec // names a method of authentication, no secret
		"client_name": "Grantwalk", "grant_types": []string{"client_credentials"}, "scope": n.scope,
		"token_endpoint_auth_method": "private_key_jwt", "jwks": map[string]any{"keys": []any{key}},
	})
	if err != nil { // texts can always be written
		return
	}
	item := p.added(p.said("introduces"), p.say.Text("export.script.introduces"), postmanRequest{
		Method: http.MethodPost, Header: []postmanKey{{Key: "Content-Type", Value: "application/json"}},
		Auth: &postmanAuth{Type: "bearer", Bearer: []postmanKey{{"token", "{{initial_access_token}}", "string"}}},
		Body: &postmanBody{Mode: "raw", Raw: string(body)},
		URL:  postmanAt("/realms/" + p.realm() + "/clients-registrations/openid-connect"),
	})
	test := slices.Concat([]string{p.statusTest(http.StatusCreated)}, finder(fromJSON),
		p.setTest(n.variable, `inJSON("client_id")`, "client_id"), p.registration(nil))
	item.Events = []postmanEvent{event("prerequest", p.opening()), event("test", test)}
	folder := p.folder(0)
	folder.Items = append(folder.Items, item)
	p.declare("initial_access_token", "a-letter-of-introduction", p.say.Text("export.script.secret"))
}

// added is a request that the run did not make.
func (p *poster) added(name, description string, r postmanRequest) postmanItem {
	return postmanItem{
		Name: name, Description: description, Responses: []postmanResponse{}, Request: r,
		Behaviour: postmanBehaviour{DisableCookies: true},
	}
}

// postmanAt is a path at the provider of now.
func postmanAt(path string) postmanURL {
	return postmanURL{Raw: "{{provider}}" + path, Host: []string{"{{provider}}"}, Path: strings.Split(path[1:], "/")}
}
