package export

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// certificatePrefix begins the variable of a certificate, and of no key alone.
const certificatePrefix = "certificate"

// swap puts words for the shell in the place of what stood in the run.
type swap struct{ old, shell string }

// proves reports whether the script needs keys, or the way in which a secret is written into a header.
func (p *scripter) proves() bool {
	return len(p.assertions) > 0 || len(p.certificates) > 0 || p.registers()
}

// woven is one word for the shell: text in which the swaps are made.
func (p *scripter) woven(text string, swaps []swap) string {
	var b strings.Builder
	for text != "" {
		at, first := len(text), swap{}
		for _, s := range swaps {
			if i := strings.Index(text, s.old); s.old != "" && i >= 0 && i < at {
				at, first = i, s
			}
		}
		if at > 0 {
			b.WriteString(quoteShell(p.hide(harmless.Text(text[:at]))))
		}
		if first.old != "" {
			b.WriteString(`"` + first.shell + `"`)
		}
		text = text[at+len(first.old):]
	}
	return b.String()
}

// toldNames are the swaps of what a registration told.
func (p *scripter) toldNames() []swap {
	var swaps []swap
	for _, value := range slices.Sorted(maps.Keys(p.told)) {
		swaps = append(swaps, swap{value, "$" + p.told[value]})
	}
	return swaps
}

// document is a body of JSON, with the names and keys of now.
func (p *scripter) document(m *trace.Message) string {
	swaps := p.toldNames()
	for _, k := range p.registered(m) {
		swaps = append(swaps, swap{k.raw, p.publicKey(k)})
	}
	return p.woven(string(m.Body), swaps)
}

// publicKey is a JWK with the key of now, for between double quotes.
func (p *scripter) publicKey(k registeredKey) string {
	members, err := trace.Members([]byte(k.raw))
	if err != nil { // it was read before
		return ""
	}
	half, alg := "public_half", "RS256"
	if strings.HasPrefix(k.variable, certificatePrefix) { // it signs nothing but itself
		half, alg = "public_point", "ES256"
	}
	var kept []string
	for _, f := range members {
		switch f.Name {
		case "kty", "crv", "x", "y", "n", "e":
		case "alg":
			kept = append(kept, quoteInside(js("alg")+":"+js(alg)))
		case "x5c":
			kept = append(kept, `\"x5c\":[\"$(chain `+k.variable+`)\"]`)
		default:
			kept = append(kept, quoteInside(js(f.Name)+":"+f.Value))
		}
	}
	return "{" + strings.Join(append(kept, "$("+half+" "+k.variable+")"), ",") + "}"
}

// js is a text in JSON and in JavaScript, of which JSON is a part (ECMA-262
// section 25.5); encoding/json escapes what is none.
func js(s string) string {
	text, err := json.Marshal(s)
	if err != nil { // a string can always be written
		return `""`
	}
	return string(text)
}

// prepare makes before message i what the client proves with in it.
func (p *scripter) prepare(i int) {
	m := &p.trace.Messages[i]
	if m.Certificate != "" {
		p.ready(p.certificates[m.Certificate])
	}
	for _, k := range p.registered(m) {
		p.ready(k.variable)
	}
	for _, jwt := range slices.Sorted(maps.Keys(p.assertions)) {
		if a := p.assertions[jwt]; a.madeAt == i {
			p.ready(a.signer)
			p.line("%s=$(signed %s %s %s) # %s", a.variable, quoteShell(a.signer), p.header(a), p.claims(a), p.words("secret"))
		}
	}
}

// ready makes a key or certificate before it is used for the first time.
func (p *scripter) ready(variable string) {
	if variable == "" || p.made[variable] {
		return
	}
	p.made[variable] = true
	if strings.HasPrefix(variable, certificatePrefix) {
		p.line("new_certificate %s billing-job", variable)
		return
	}
	p.line("new_key %s", variable)
}

// header says with what is signed now.
func (p *scripter) header(a assertion) string {
	if a.signer == "" {
		return p.woven(a.header, nil)
	}
	alg := js("alg") + ":" + js(trace.JSONMember([]byte(a.header), "alg"))
	return quoteShell(strings.Replace(a.header, alg, `"alg":"RS256"`, 1))
}

// claims are those of the assertion, with the names, the times and the random value of now.
func (p *scripter) claims(a assertion) string {
	swaps := append(p.toldNames(), swap{p.origin, "$provider"})
	if jti := trace.JSONMember([]byte(a.payload), "jti"); jti != "" {
		swaps = append(swaps, swap{jti, "$(random)"})
	}
	for _, name := range []string{"exp", "iat", "nbf"} {
		if n, err := strconv.ParseInt(trace.JSONMember([]byte(a.payload), name), 10, 64); err == nil {
			after := int64(time.Unix(n, 0).Sub(a.at.Truncate(time.Second)).Seconds())
			swaps = append(swaps, swap{fmt.Sprintf("%q:%d", name, n), fmt.Sprintf(`\"%s\":$(at %d)`, name, after)})
		}
	}
	return p.woven(a.payload, swaps)
}

// introduce registers the client before the first request, where the run has
// one that signs and is known to its provider already.
func (p *scripter) introduce() {
	if p.introduced.variable == "" {
		return
	}
	p.line("")
	p.comment(p.words("introduces"))
	p.ready(p.introduced.signer)
	document := []string{
		quoteInside(`"client_name":"Grantwalk","grant_types":["client_credentials"],"token_endpoint_auth_method":"private_key_jwt"`),
	}
	if p.introduced.scope != "" {
		document = append(document, quoteInside(`"scope":`+js(p.introduced.scope)))
	}
	key := quoteInside(`"kid":`+js(p.introduced.kid)) + ",$(public_half " + p.introduced.signer + ")"
	document = append(document, quoteInside(`"jwks":{"keys":[{`)+key+"}]}")
	p.line("%s", strings.Join([]string{
		"send '0 register' 201",
		`--header "Authorization: Bearer ${INITIAL_ACCESS_TOKEN:-a-letter-of-introduction}"`,
		"--header 'Content-Type: application/json'",
		`--data-raw "{` + strings.Join(document, ",") + `}"`,
		`"$provider/realms/` + quoteInside(p.hide(harmless.Line(p.realm()))) + `/clients-registrations/openid-connect"`,
	}, " \\\n\t"))
	p.line("%s=$(%s client_id) # %s", p.introduced.variable, fromJSON, p.words("of-the-form"))
	p.ahead()
}

// ahead notes how far the clock of the provider is ahead of ours, by when it says that it registered the client (RFC 7591 section 3.2.1).
func (p *scripter) ahead() {
	p.line(`ahead=$(($(sed -n 's/.*"client_id_issued_at" *: *\([0-9]*\).*/\1/p' "$work/body") - $(date +%%s)))`)
}
