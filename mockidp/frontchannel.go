package mockidp

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// frontLogout is the address by which a client learns in the browser that a
// person signed out (OpenID Connect Front-Channel Logout 1.0 section 3). iss and
// sid are there for clients that do not demand them too, or anybody's page could
// sign people out there.
func frontLogout(c *Client, issuer, sid string) string {
	return wire.AppendParams(c.FrontchannelLogoutURI, []trace.Field{{Name: "iss", Value: issuer}, {Name: "sid", Value: sid}})
}

// signedOutData is the page on which a logout ends.
type signedOutData struct {
	Heading string
	Frames  []string     // that it opens; each of http or https
	Next    template.URL // where it leads then; empty where the person stays
}

// signedOutPage says how a logout ended where the person stays here, or until
// its frames are there.
func (p *printer) signedOutPage(t *tenant, data signedOutData) wire.Answer {
	a := p.show(http.StatusOK, "signed-out.html", data.Heading, t, data, nil)
	if len(data.Frames) > 0 {
		allowFrames(&a, data.Frames)
	}
	if data.Next != "" {
		// A browser counts from when the page and its frames are loaded (HTML
		// Standard, shared declarative refresh steps), so nobody is cut short.
		a.Set("Refresh", "1; url="+string(data.Next))
	}
	return a
}

// allowFrames has the policy of a page let in the origins of its frames, and no
// others.
func allowFrames(a *wire.Answer, frames []string) {
	var origins []string
	for _, uri := range frames {
		origin := originOf(uri)
		if strings.Contains(origin, "[") {
			origin, _, _ = strings.Cut(origin, "//") // a policy cannot name an IPv6 address
		}
		if !slices.Contains(origins, origin) {
			origins = append(origins, origin)
		}
	}
	for i := range a.Header {
		if a.Header[i][0] == "Content-Security-Policy" {
			a.Header[i][1] += "; frame-src " + strings.Join(origins, " ")
		}
	}
}

// finishLogout sends the person back to the client, or says that it is done.
// Where clients have to be told in the browser, a page does that in between.
func (p *printer) finishLogout(t *tenant, wish *signOut, frames []string) wire.Answer {
	data := signedOutData{Heading: p.say("signed-out.heading"), Frames: frames}
	var a wire.Answer
	switch {
	case wish.redirectURI == "":
		a = p.signedOutPage(t, data)
	case len(frames) == 0:
		a = wire.Redirect(wire.AppendParams(wish.redirectURI, []trace.Field{{Name: "state", Value: wish.state}}))
	default:
		data.Next = template.URL( //nolint:gosec // registered by the client
			wire.AppendParams(wish.redirectURI, []trace.Field{{Name: "state", Value: wish.state}}))
		a = p.signedOutPage(t, data)
	}
	a.Set("Set-Cookie", t.endedCookie(sessionCookie))
	return a
}
