package inspector

import (
	"github.com/grantwalk/grantwalk/flows/trace"
)

func requestOf(c *Content) *trace.Message {
	if c.Request == nil && c.Message != nil && c.Message.Kind == trace.Request {
		return c.Message
	}
	return c.Request
}

func responseOf(c *Content) *trace.Message {
	if c.Response == nil && c.Message != nil && c.Message.Kind == trace.Response {
		return c.Message
	}
	return c.Response
}

// partyName is what a party is called in a heading.
func partyName(c *Content, r trace.Role) string {
	if c.Party != nil {
		if name := c.Party(r); name != "" {
			return name
		}
	}
	switch r {
	case trace.ResourceOwner, trace.UserAgent, trace.Client, trace.OtherClient, trace.AuthorizationServer, trace.ResourceServer,
		trace.Attacker:
		return c.say.Text("inspector.party." + string(r))
	}
	return c.say.Text("inspector.party.receiver")
}

// sameMessage reports whether two contents look at the same message, in other words or lights.
func sameMessage(a, b *Content) bool {
	if a.Message == nil || b.Message == nil {
		return a.Message == b.Message
	}
	m, n := a.Message, b.Message
	return m.Step == n.Step && m.Exchange == n.Exchange && m.Kind == n.Kind && m.At.Equal(n.At) &&
		m.URL == n.URL && m.Status == n.Status && len(m.Body) == len(n.Body)
}
