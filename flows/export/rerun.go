package export

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// rerun is what it takes to make the requests of a run to the authorization
// server once more, against a provider that draws other codes and tokens: which
// values are variables, and where time passes. The script and the collection
// are written from it.
type rerun struct {
	trace  *trace.Trace
	mask   bool
	masked *secret.Masker
	origin string            // scheme and host of the authorization server
	names  map[string]string // variable that holds a value
	taken  map[string]int    // how many variables of a name there are
	given  []given           // variables that are set at the beginning
	used   map[string]int    // the last request that carries a value
	// fromForm are the variables with hidden fields of a page, and inAddress
	// those whose value came in one, encoded as it was.
	fromForm, inAddress map[string]bool
	told                map[string]string // variable that holds what a registration told and everybody may know, by its value
	proofs
	passes map[int]time.Duration // how long the clock of the run ran between a request and the one before, where that counts
	timely bool                  // what was answered may have come of that
}

// given is a variable that no answer brings.
type given struct{ variable, name, value string }

func newRerun(t *trace.Trace, mask bool) *rerun {
	r := &rerun{
		trace: t, mask: mask, names: map[string]string{}, taken: map[string]int{}, used: map[string]int{},
		fromForm: map[string]bool{}, inAddress: map[string]bool{}, told: map[string]string{}, proofs: newProofs(),
	}
	r.plan()
	r.planClock()
	return r
}

// plan finds the variables: the secrets of the requests that no answer of the
// authorization server has brought before.
func (p *rerun) plan() {
	if p.mask {
		p.masked = secret.MaskerOf(p.trace)
	}
	for i := range p.trace.Messages {
		if m := &p.trace.Messages[i]; m.Kind == trace.Request && m.To == trace.AuthorizationServer && p.origin == "" {
			p.origin = originOf(m.URL)
		}
	}
	p.planProofs()
	brought := map[string]bool{}
	for i := range p.trace.Messages {
		m := &p.trace.Messages[i]
		if m.Kind == trace.Request {
			for _, value := range p.carried(m) {
				p.used[value] = i
			}
		}
		if p.served(m) {
			p.planRequest(i, brought)
		}
	}
}

// planRequest names the secrets of a request that are new, and notes what its answer brings.
func (p *rerun) planRequest(i int, brought map[string]bool) {
	j := p.trace.Response(i)
	for _, f := range sentSecrets(&p.trace.Messages[i]) {
		if f.Value == "" || brought[f.Value] || brought[formDecoded(f.Value)] || p.names[f.Value] != "" {
			continue
		}
		if j >= 0 && isRegistration(&p.trace.Messages[j]) {
			f.Name = "initial_access_token"
		}
		p.given = append(p.given, given{p.variable(f.Name, f.Value), f.Name, f.Value})
	}
	if j >= 0 {
		for _, b := range broughtBy(&p.trace.Messages[j]) {
			brought[b.Value] = true
		}
	}
}

// variable gives a value a name of its own.
func (p *rerun) variable(name, value string) string {
	v := p.fresh(name)
	p.names[value] = v
	return v
}

// fresh is a name that no variable has.
func (p *rerun) fresh(name string) string {
	v := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, strings.ToLower(name))
	if v == "" || v[0] >= '0' && v[0] <= '9' {
		v = "v_" + v
	}
	if slices.Contains([]string{"provider", "work", "step", "expected", "status", "jar", "path", "ifs", "home", "realm", "ahead"}, v) {
		v += "_value"
	}
	p.taken[v]++
	if n := p.taken[v]; n > 1 {
		v += "_" + strconv.Itoa(n)
	}
	return v
}

// hide masks text where that was asked for.
func (p *rerun) hide(s string) string {
	if p.masked != nil {
		return p.masked.Text(s)
	}
	return s
}

func (p *rerun) isGiven(variable string) bool {
	return slices.ContainsFunc(p.given, func(g given) bool { return g.variable == variable })
}

// excused is the client that the provider of the run lets do without PKCE, by
// its registration, or "": a provider that does not answers otherwise.
func (p *rerun) excused() string {
	for i := range p.trace.Messages {
		m := &p.trace.Messages[i]
		without := slices.ContainsFunc(m.Checks, func(c trace.Check) bool {
			return c.By == trace.AuthorizationServer && c.ID == "code-challenge-present" && c.Result == trace.Skip
		})
		for _, f := range m.Query() {
			if without && f.Name == "client_id" {
				return f.Value
			}
		}
	}
	return ""
}

// notes say before the first request what the provider of now must be like, and the run of the file cannot do.
func (p *rerun) notes(say *catalog.Catalog) []string {
	var notes []string
	if client := p.excused(); client != "" {
		notes = append(notes, say.Text("export.running.excused", "client", client))
	}
	if p.registers() {
		notes = append(notes, say.Text("export.running.registers"))
	}
	return notes
}

// served reports whether a request goes to the authorization server and could be sent.
func (p *rerun) served(m *trace.Message) bool {
	if m.Kind != trace.Request || m.To != trace.AuthorizationServer {
		return false
	}
	_, err := Curl(m, CurlOptions{})
	return err == nil && originOf(m.URL) == p.origin
}

func originOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// verifierOf returns the variable whose hash is a code_challenge, or "".
func (p *rerun) verifierOf(challenge string) string {
	for _, g := range p.given {
		sum := sha256.Sum256([]byte(g.value))
		if g.name == "code_verifier" && base64.RawURLEncoding.EncodeToString(sum[:]) == challenge {
			return g.variable
		}
	}
	return ""
}

// How an answer of now stands to the variables.
const (
	keepsNew   = iota // it brings the value of a variable
	keepsAgain        // it brings one that the variable has in another value, such as the form of a page that is shown again
	keepsSame         // it has to bring back what the variable holds
)

// kept is a value of an answer that the run goes on with.
type kept struct {
	brought
	how      int
	variable string
}

// keeps lists what of answer j has to be kept for later requests, and names the variables for it.
func (p *rerun) keeps(j int) []kept {
	var all []kept
	for _, b := range broughtBy(&p.trace.Messages[j]) {
		known := p.names[b.Value]
		switch {
		case known != "" && b.by == fromLocation && b.Name == "state":
			all = append(all, kept{b, keepsSame, known})
		case known != "" && !p.isGiven(known) && b.by == fromForm:
			all = append(all, kept{b, keepsAgain, known})
		case known == "" && p.used[b.Value] > j:
			known = p.variable(b.Name, b.Value)
			p.fromForm[known], p.inAddress[known] = b.by == fromForm, b.by == fromLocation
			if b.by == fromJSON && secret.Kind(b.Name) == "" {
				p.told[b.Value] = known
			}
			all = append(all, kept{b, keepsNew, known})
		}
	}
	return all
}

// pollPause is how many seconds a device waits where it was told to (RFC 8628 section 3.5).
const pollPause = 5

// askedToWait reports whether answer j tells a device to come back later.
func (p *rerun) askedToWait(j int) bool {
	return slices.Contains([]string{"authorization_pending", "slow_down"}, trace.JSONMember(p.trace.Messages[j].Body, "error"))
}

// variableOf is the variable that a parameter is taken from, or "". A name that is also somebody's password stays a name.
func (p *rerun) variableOf(f trace.Field) string {
	v := p.names[f.Value]
	if f.Value == "" || !secret.Holds(f) && !p.fromForm[v] && p.told[f.Value] == "" {
		return ""
	}
	return v
}

// longPause is more than a person takes for a page.
const longPause = 20 * time.Second

// pause is how long the clock of the run ran before message i.
func (p *rerun) pause(i int) time.Duration {
	m := &p.trace.Messages[i]
	if i == 0 {
		return m.Waited
	}
	return max(m.Waited, m.At.Sub(p.trace.Messages[i-1].At))
}

// planClock finds where time passed between the requests of the script, if
// that was long anywhere, and whether what was answered after that may have
// come of it: whether anything was refused. Then the short pauses count too: a
// code that is ten minutes old in the run is as old in the script, and the form
// that it is typed into is not.
func (p *rerun) planClock() {
	passes, long := map[int]time.Duration{}, false
	var before time.Time
	for i := range p.trace.Messages {
		m := &p.trace.Messages[i]
		long = long || p.pause(i) > longPause
		if !p.served(m) {
			continue
		}
		if passed := m.At.Sub(before).Round(time.Second); !before.IsZero() && passed > 0 {
			passes[i] = passed
		}
		before = m.At
		if long {
			p.passes = passes
			j := p.trace.Response(i)
			p.timely = p.timely || j >= 0 && p.trace.Messages[j].Status >= http.StatusBadRequest
		}
	}
}

// realm is the name of the realm that the provider's first answer came from, as it stands in its addresses.
func (p *rerun) realm() string {
	for i := range p.trace.Messages {
		m := &p.trace.Messages[i]
		if u, err := url.Parse(m.URL); err == nil && p.served(m) {
			_, rest, _ := strings.Cut(u.EscapedPath(), "/realms/")
			name, _, _ := strings.Cut(rest, "/")
			return name
		}
	}
	return ""
}
