package export

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// proofs are what the client of a run proves by who it is and cannot prove
// again with, because its keys stayed in the run: assertions, which were good
// for a minute besides (RFC 7523 section 3), and certificates (RFC 8705). A
// rerun has keys of its own, and registers them where the run registered its.
type proofs struct {
	assertions   map[string]assertion // by what was sent
	certificates map[string]string    // the variable for each that was presented
	signers      map[string]string    // the variable for each key that signs, by what tells it from others
	public       map[string][]byte    // the Ed25519 keys that were registered, by their kid
	introduced   newcomer             // a client whose key nobody registers in this run, so that a rerun has to
}

// newcomer is what the provider of now has to be told of a client that signs.
type newcomer struct{ variable, signer, kid, scope string }

func newProofs() proofs {
	return proofs{
		assertions: map[string]assertion{}, certificates: map[string]string{}, signers: map[string]string{}, public: map[string][]byte{},
	}
}

// assertion is a JWT by which a client proves who it is (RFC 7523 section 2.2).
type assertion struct {
	variable        string
	header, payload string // JSON
	signer          string // the variable of the key; "" where nothing is signed
	madeAt          int    // the message at which it is made: a note that shows it, or the request that first carries it
	at              time.Time
}

// registeredKey is a JWK in a registration, as it stands there.
type registeredKey struct {
	raw      string
	variable string // of the key or certificate that takes its place
}

// assertionParameter is the name of RFC 7521 section 4.2.
const assertionParameter = "client_assertion"

func (p *rerun) planProofs() {
	for i := range p.trace.Messages {
		m := &p.trace.Messages[i]
		if !p.served(m) {
			continue
		}
		if c := m.Certificate; c != "" && p.certificates[c] == "" {
			p.certificates[c] = p.fresh(certificatePrefix)
		}
		p.learnKeys(m)
		for _, f := range append(m.Query(), m.Form()...) {
			if f.Name == assertionParameter {
				p.planAssertion(i, f.Value)
			}
		}
	}
	if !p.registers() && p.asksForItself() {
		p.planIntroduction()
	}
}

// learnKeys notes the public keys that a registration names.
func (p *rerun) learnKeys(m *trace.Message) {
	for _, k := range jwks(m) {
		if key, err := base64.RawURLEncoding.DecodeString(k.X); err == nil && len(key) == ed25519.PublicKeySize && k.D == "" {
			p.public[k.ID] = key
		}
	}
}

// planIntroduction finds what there is to register of the client that signs.
func (p *rerun) planIntroduction() {
	for i := range p.trace.Messages {
		m := &p.trace.Messages[i]
		for _, f := range m.Form() {
			a, signed := p.assertions[f.Value]
			if id := trace.JSONMember([]byte(a.payload), "sub"); signed && id != "" && p.told[id] == "" {
				v := p.variable("client_id", id)
				p.told[id] = v
				p.introduced = newcomer{v, a.signer, trace.JSONMember([]byte(a.header), "kid"), trace.ValueOf(m.Form(), "scope")}
				return
			}
		}
	}
}

// registers reports whether a client registers itself (RFC 7591 section 3.2.1).
func (p *rerun) registers() bool {
	return slices.ContainsFunc(p.trace.Messages, func(m trace.Message) bool { return isRegistration(&m) && m.Status == http.StatusCreated })
}

// asksForItself reports whether whoever signs in this run is a machine, which can be registered by its name and scope alone.
func (p *rerun) asksForItself() bool {
	return !slices.ContainsFunc(p.trace.Messages, func(m trace.Message) bool {
		form := m.Form()
		signed := slices.ContainsFunc(form, func(f trace.Field) bool { return f.Name == assertionParameter })
		return signed && !slices.Contains(form, trace.Field{Name: "grant_type", Value: "client_credentials"})
	})
}

func (p *rerun) planAssertion(i int, jwt string) {
	header, payload, signature, ok := jwtParts(jwt)
	if !ok || p.names[jwt] != "" {
		return
	}
	a := assertion{header: header, payload: payload, madeAt: i}
	for j := range i {
		if c := p.trace.Messages[j].Calc; c != nil && slices.Contains(c.Outputs, trace.Field{Name: assertionParameter, Value: jwt}) {
			a.madeAt = j
		}
	}
	a.at = p.trace.Messages[a.madeAt].At
	a.signer = p.signer(trace.JSONMember([]byte(header), "kid"), jwt, signature)
	a.variable = p.variable(assertionParameter, jwt)
	p.assertions[jwt] = a
}

// signer is the variable of the key that signed an assertion. One that signed
// what the registered key did not is another, whatever it says of itself.
func (p *rerun) signer(kid, jwt, signature string) string {
	if signature == "" {
		return ""
	}
	who := kid
	if public := p.public[kid]; public != nil {
		input, _, _ := strings.Cut(jwt, "."+signature)
		raw, err := base64.RawURLEncoding.DecodeString(signature)
		if err != nil || !ed25519.Verify(public, []byte(input), raw) {
			who = "not " + kid
		}
	}
	if p.signers[who] == "" {
		p.signers[who] = p.fresh("key")
	}
	return p.signers[who]
}

// jwtParts are header and payload as JSON, and the signature as it stands there.
func jwtParts(jwt string) (header, payload, signature string, ok bool) {
	parts := strings.Split(jwt, ".")
	if _, err := trace.DecodeJWT(jwt); err != nil {
		return "", "", "", false
	}
	h, err := base64.RawURLEncoding.DecodeString(parts[0])
	if err != nil {
		return "", "", "", false
	}
	c, err := base64.RawURLEncoding.DecodeString(parts[1])
	return string(h), string(c), parts[2], err == nil
}

// jwk is what counts here of a key (RFC 7517 section 4).
type jwk struct {
	ID    string   `json:"kid"`
	X     string   `json:"x"`
	D     string   `json:"d"`
	Chain []string `json:"x5c"`
	raw   string
}

// jwks are the keys that a client registers.
func jwks(m *trace.Message) []jwk {
	var document struct {
		JWKS struct {
			Keys []json.RawMessage `json:"keys"`
		} `json:"jwks"`
	}
	if !m.IsJSON() || json.Unmarshal(m.Body, &document) != nil {
		return nil
	}
	var all []jwk
	for _, raw := range document.JWKS.Keys {
		k := jwk{raw: string(raw)}
		if json.Unmarshal(raw, &k) == nil {
			all = append(all, k)
		}
	}
	return all
}

// registered are the keys of a registration that the client proves with later
// on, and a rerun has to put its own in the place of. One that nobody proves
// with stays as it was.
func (p *rerun) registered(m *trace.Message) []registeredKey {
	var all []registeredKey
	for _, k := range jwks(m) {
		variable := p.signers[k.ID]
		if len(k.Chain) > 0 {
			variable = p.certificates[k.Chain[0]]
		}
		if variable != "" && k.D == "" { // who sends the private half is refused for that
			all = append(all, registeredKey{k.raw, variable})
		}
	}
	return all
}

// carried are the values of a request that may have come from an answer before.
func (p *rerun) carried(m *trace.Message) []string {
	values := []string{m.URL}
	for _, f := range append(sentSecrets(m), append(m.Query(), m.Form()...)...) {
		values = append(values, f.Value)
	}
	if id, password, ok := basicPair(m.HeaderValue("Authorization")); ok {
		values = append(values, formDecoded(id), formDecoded(password))
	}
	if m.IsJSON() {
		values = append(values, trace.JSONMember(m.Body, "client_id"))
	}
	for _, f := range append(m.Query(), m.Form()...) {
		if a, signed := p.assertions[f.Value]; signed {
			values = append(values, trace.JSONMember([]byte(a.payload), "sub"))
		}
	}
	return values
}
