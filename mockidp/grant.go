package mockidp

import (
	"context"
	"slices"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// grant is how one grant_type is answered, with all that is its own.
type grant struct {
	name string
	// secrets are its parameters that must not stand in a URL.
	secrets []string
	// errors are what its standard lets the token endpoint answer with, besides
	// the codes of every grant.
	errors []FaultCode
	// details says what authorization_details mean in its token request.
	details detailsUse
	// open lets clients register for it by themselves, unless the realm says
	// otherwise.
	open bool
	// check holds a client, whether it may use the grant or not, to what the
	// grant needs; nil asks for nothing.
	check func(*Client, *neighbours) error
	// metadata adds what the metadata say of it, where a client of the realm may
	// use it; nil adds nothing.
	metadata func(*tenant, *metadata)

	// rules and answer are made by newGrant. answer runs the grant's own rows on
	// a request that kept the common ones, and gives out the tokens.
	rules  func() []Rule
	answer func(context.Context, *tokenRequest) (tokenResponse, *rule.Refusal, error)
}

// detailsUse says what authorization_details mean in a token request (RFC 9396
// section 6).
type detailsUse int

const (
	detailsNone  detailsUse = iota // they cannot be sent
	detailsPick                    // they pick from what was granted before
	detailsAsked                   // the client asks for what it is registered for
)

// granting is how a grant goes about a request, whose type R is its own: the
// token request, and what the grant found under it.
type granting[R any] struct {
	rows func() []rule.Row[R]
	// read looks up what the request refers to, and claims what is good once.
	read func(*tokenRequest) *R
	// refused undoes a claim when a row is broken; nil has nothing to undo.
	refused func(*R)
	give    func(context.Context, *R) (tokenResponse, error)
}

// newGrant puts a grant together.
func newGrant[R any](g grant, by granting[R]) grant {
	rows := hinted(by.rows())
	g.rules = func() []Rule { return ruleList("token", g.name, rows) }
	g.answer = func(ctx context.Context, in *tokenRequest) (tokenResponse, *rule.Refusal, error) {
		found := by.read(in)
		if broken := rule.Run(ctx, trace.AuthorizationServer, rows, found); broken != nil {
			if by.refused != nil {
				by.refused(found)
			}
			return tokenResponse{}, broken, nil
		}
		tokens, err := by.give(ctx, found)
		return tokens, nil, err
	}
	return g
}

// ofToken is the request of a grant: it holds a token request.
type ofToken[R any] interface {
	*R
	itself() *tokenRequest
}

// tokenOf lifts rows about the token request into those of a grant.
func tokenOf[R any, P ofToken[R]](in *R) *tokenRequest { return P(in).itself() }

// grantTable is the grants that a provider knows.
type grantTable []grant

// find returns the grant of this name, or nil.
func (t grantTable) find(name string) *grant {
	for i := range t {
		if t[i].name == name {
			return &t[i]
		}
	}
	return nil
}

// names lists the grants in the order of the table.
func (t grantTable) names() []string { return t.those(func(*grant) bool { return true }) }

// open lists what clients may register for by themselves.
func (t grantTable) open() []string { return t.those(func(g *grant) bool { return g.open }) }

// withDetails lists the grants of which a token request may name
// authorization_details.
func (t grantTable) withDetails() []string {
	return append(t.those(func(g *grant) bool { return g.details == detailsPick }),
		t.those(func(g *grant) bool { return g.details == detailsAsked })...)
}

func (t grantTable) those(which func(*grant) bool) []string {
	names := make([]string, 0, len(t))
	for i := range t {
		if which(&t[i]) {
			names = append(names, t[i].name)
		}
	}
	return names
}

// secrets lists the parameters that must not stand in a URL.
func (t grantTable) secrets() []string {
	var names []string
	for i := range t {
		names = append(names, t[i].secrets...)
	}
	return names
}

// errors lists what the token endpoint may answer with besides the codes of
// every grant.
func (t grantTable) errors() []FaultCode {
	var list []FaultCode
	for i := range t {
		list = append(list, t[i].errors...)
	}
	return list
}

func (t grantTable) rules() []Rule {
	var rules []Rule
	for i := range t {
		rules = append(rules, t[i].rules()...)
	}
	return rules
}

// check holds a client to what the grants need.
func (t grantTable) check(c *Client, n *neighbours) error {
	for i := range t {
		if t[i].check == nil {
			continue
		}
		if err := t[i].check(c, n); err != nil {
			return err
		}
	}
	return nil
}

// offered lists the grants that at least one client of a realm may use: what
// the metadata may promise.
func (t grantTable) offered(by *tenant) []string {
	return slices.DeleteFunc(append(t.names(), grantImplicit), func(name string) bool { return !by.offers(name) })
}

// describe adds to the metadata of a realm what its grants say.
func (t grantTable) describe(by *tenant, m *metadata) {
	for i := range t {
		if t[i].metadata != nil && by.offers(t[i].name) {
			t[i].metadata(by, m)
		}
	}
}

// offers reports whether a client of the realm may use a grant, or may come to
// by registering itself.
func (t *tenant) offers(grant string) bool {
	return t.registration.opens(grant) || t.clients.any(func(c *Client) bool { return slices.Contains(c.GrantTypes, grant) })
}
