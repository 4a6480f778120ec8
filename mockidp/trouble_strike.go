package mockidp

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// mischiefs make deliberate trouble, at every endpoint.
type mischiefs struct {
	services *services
	tenants  map[string]*tenant
	wait     func(context.Context, time.Duration) // for delays
}

// serveTroubled lets an endpoint answer, with whatever trouble was asked for.
func (m *mischiefs) serveTroubled(t *tenant, e *endpoint, r *request) (wire.Answer, error) {
	if t.trouble.active.Load() == 0 && troubleOf(r.Context()) == nil {
		return e.serve(m.services, t, r)
	}
	one := &mischief{p: m, t: t, e: e, r: r, client: m.clientAsking(t, r), login: m.loginOf(t, r)}
	for _, f := range t.trouble.strikeAt(r.Context(), one.before()) {
		if a, answered, err := one.make(f); answered || err != nil {
			return a, err
		}
	}
	r.Request.Request = r.WithContext(context.WithValue(r.Context(), oneAnswerKey{}, &oneAnswer{}))
	a, err := e.serve(m.services, t, r)
	for _, f := range t.trouble.strikeAt(r.Context(), one.concerns(FaultDrop)) {
		one.record(f, trace.Fail)
		a.Drop = true
	}
	return a, err
}

// mischief is one request that trouble may strike.
type mischief struct {
	p      *mischiefs
	t      *tenant
	e      *endpoint
	r      *request
	client string // client_id of who seems to ask: nothing is proven yet
	login  uint64 // the authorization that the request comes of; 0 for none
}

// concerns tells the faults of these kinds that are meant for the request.
func (m *mischief) concerns(kinds ...FaultKind) func(*ActiveFault) bool {
	return func(a *ActiveFault) bool {
		return slices.Contains(kinds, a.Kind) && (a.Endpoint == "" || a.Endpoint == m.e.name) && a.isFor(m.client, m.login)
	}
}

// before tells the faults that strike before the endpoint looks at the request:
// of those that answer it only the first.
func (m *mischief) before() func(*ActiveFault) bool {
	concerns := m.concerns(FaultError, FaultUnavailable, FaultDelay, FaultRotateKeys, FaultMoveClock, FaultForgetSession, FaultForgetSessions)
	answered := false
	return func(a *ActiveFault) bool {
		if !concerns(a) {
			return false
		}
		switch a.Kind {
		case FaultForgetSession:
			return m.session() != nil
		case FaultError, FaultUnavailable:
			if answered || a.Kind == FaultError && !m.answerable() {
				return false
			}
			answered = true
		}
		return true
	}
}

func (m *mischief) session() *session {
	return m.t.sessions.get(m.t.cookieValue(m.r, sessionCookie), m.r.Now)
}

// answerable reports whether the endpoint could tell the client an error. The
// authorization endpoint can't while the redirection URI is not trusted.
func (m *mischief) answerable() bool {
	return m.e.name != "authorization" || rule.Holds(m.p.services.authorization.trust, m.p.services.authorization.newAuthorization(m.t, m.r))
}

// make makes trouble. It returns the answer where that is the trouble.
func (m *mischief) make(f Fault) (wire.Answer, bool, error) {
	switch f.Kind {
	case FaultError:
		a, err := m.refuse(f)
		return a, true, err
	case FaultUnavailable:
		m.record(f, trace.Fail)
		a := wire.Uncached(wire.Answer{Status: http.StatusServiceUnavailable, Body: []byte(deliberately(f) + "\n")})
		a.Set("Content-Type", "text/plain; charset=utf-8")
		a.Set("Retry-After", "1")
		return a, true, nil
	}
	m.record(f, trace.Skip)
	switch f.Kind {
	case FaultDelay:
		m.p.wait(m.r.Context(), f.By)
	case FaultRotateKeys:
		return wire.Answer{}, false, m.p.rotateKeys(m.t)
	case FaultMoveClock:
		m.t.trouble.move(f.By)
		m.r.Now = m.r.Now.Add(f.By)
	case FaultForgetSession:
		if s := m.session(); s != nil {
			m.t.sessions.end(s, m.r.Now)
		}
	case FaultForgetSessions:
		m.p.forgetSessions(m.t.name, m.r.Now)
	}
	return wire.Answer{}, false, nil
}

// refuse answers with an error in the way of the endpoint. A challenge for a
// nonce brings the nonce along (RFC 9449 section 8).
func (m *mischief) refuse(f Fault) (wire.Answer, error) {
	a, err := m.refusal(f)
	if f.Error == errNonce {
		a.Set(keys.HeaderDPoPNonce, m.p.services.possession.nonce(m.t, m.r.Now, 0))
	}
	return a, err
}

func (m *mischief) refusal(f Fault) (wire.Answer, error) {
	code := f.code(m.p.services.token.grants)
	broken := &rule.Refusal{Check: m.record(f, trace.Fail), Status: code.status}
	switch m.e.name {
	case "authorization":
		in := m.p.services.authorization.newAuthorization(m.t, m.r)
		return in.named(in.refuse(broken.Check)), nil
	case "userinfo":
		return m.p.services.userInfo.newBearerUse(m.t, m.r).refuse(broken)
	case "registration", "client-configuration":
		return refuseRegistration(m.t, broken, m.e.methods)
	case "introspection":
		if f.Error == "invalid_client" {
			broken.Status = http.StatusUnauthorized
		}
	}
	in := m.p.services.auth.newClientRequest(m.t, m.r)
	return refuseClient(&in, broken, m.e.methods)
}

// record tells of trouble, as a check that no one can take for a rule.
func (m *mischief) record(f Fault, result trace.Result) trace.Check {
	return recordTrouble(m.r.Context(), f, f.code(m.p.services.token.grants).Spec, result)
}

// clientAsking returns the client_id that a request seems to come from, or "".
func (m *mischiefs) clientAsking(t *tenant, r *request) string {
	if id := cmp.Or(readCredentials(r).clientID, r.Query.Get("client_id")); id != "" {
		return id
	}
	if f, ok := m.services.desk.open(t, r.Form.Get("form"), r.Now); ok && f.request != nil {
		return f.request.client.ClientID
	}
	return m.services.userInfo.newBearerUse(t, r).token.ClientID
}

// loginOf returns the authorization that a code or an access token comes of, or 0.
func (m *mischiefs) loginOf(t *tenant, r *request) uint64 {
	if l := t.codes.license(r.Form.Get("code"), r.Now); l != nil {
		return l.lineage().grant
	}
	if in := m.services.userInfo.newBearerUse(t, r); in.signed {
		return t.tokens.license(in.token.ID, r.Now).lineage().grant
	}
	return 0
}

// sleep waits, or until the caller has gone.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// forgetSessions ends every session of a realm, under both of its issuers.
func (m *mischiefs) forgetSessions(realm string, now time.Time) {
	for _, t := range m.tenants {
		if t.name == realm {
			t.sessions.endAll(now)
		}
	}
}
