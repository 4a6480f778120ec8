package trace

import (
	"net/url"
	"strings"
)

// because says what one travel means to one witness.
func (t *Trace) because(who Witness, v Travel) string {
	m := &t.Messages[v.Message]
	switch who {
	case ServerLogs:
		return loggedBecause(m, v)
	case Wire:
		return t.onTheWire(m, v)
	}
	switch inBrowser := m.Channel == Front || m.From == UserAgent || m.To == UserAgent; {
	case v.How == InGesture && who == ThePerson:
		return "gesture"
	case v.How == InNote && !inBrowser:
		return "local"
	case !inBrowser:
		return "back"
	}
	switch who {
	case ThePerson:
		return t.shownBecause(v)
	case History:
		return t.keptBecause(v)
	case Referrer:
		return t.referredBecause(m, v)
	case OtherApps:
		return t.handedBecause(m, v)
	}
	return t.readBecause(m, v)
}

// loggedBecause goes by what servers write down as they are usually set up: the line of the request, and the Referer.
func loggedBecause(m *Message, v Travel) string {
	switch v.How {
	case InQuery:
		return "query"
	case InFragment:
		return "fragment"
	case InForm, InJSON, InPage:
		return "body"
	case InGesture, InNote:
		return "local"
	case InOtherHeader:
		if m.Kind == Request && v.Name == "Referer" {
			return "referer"
		}
	}
	return "header"
}

func (t *Trace) onTheWire(m *Message, v Travel) string {
	if m.Kind == Gesture || v.How == InNote {
		return "local"
	}
	switch u := t.reach(v.Message); {
	case u.Scheme == "https":
		return "tls"
	case u.Scheme != "http":
		return "inside"
	case isLoopback(u):
		return "loopback"
	}
	return "plain"
}

// stays reports whether the address of a travel is that of a page that is shown, or about to be.
func (t *Trace) stays(v Travel) bool {
	if !t.navigated(v.Message) {
		return false
	}
	answer := t.Response(v.Message)
	return answer < 0 || t.Messages[answer].HeaderValue("Location") == ""
}

func (t *Trace) shownBecause(v Travel) string {
	switch {
	case v.How == InPage:
		return "page"
	case (v.How == InQuery || v.How == InFragment) && t.stays(v):
		return "address-bar"
	}
	return "tools"
}

// keptBecause: a history keeps the addresses of the pages that were shown, their fragments too.
func (t *Trace) keptBecause(v Travel) string {
	switch {
	case v.How == InRedirect || v.How == InRedirectFragment:
		return "redirected"
	case v.How != InQuery && v.How != InFragment:
		return "not-address"
	case !t.navigated(v.Message):
		return "fetched"
	case t.Response(v.Message) < 0:
		return "pending"
	case !t.stays(v):
		return "redirected"
	case v.How == InFragment:
		return "fragment"
	}
	return "address"
}

// referredBecause goes by the Referrer-Policy of the page (W3C Referrer Policy
// section 3). Fragments are never sent (RFC 9110 section 10.1.3), and what only
// redirects is nobody's referrer.
func (t *Trace) referredBecause(m *Message, v Travel) string {
	switch {
	case m.Kind == Request && v.How == InOtherHeader && v.Name == "Referer":
		return "sent"
	case v.How == InFragment || v.How == InRedirectFragment:
		return "fragment"
	case v.How == InRedirect:
		return "redirected"
	case v.How != InQuery:
		return "not-address"
	case !t.navigated(v.Message):
		return "fetched"
	case !t.stays(v):
		return "redirected"
	}
	answer := t.Response(v.Message)
	if answer < 0 {
		return "pending"
	}
	return policy(t.Messages[answer].HeaderValue("Referrer-Policy"))
}

// policy reads the last of the policies that is known, as browsers do.
func policy(header string) string {
	because := "no-policy"
	for name := range strings.SplitSeq(strings.ToLower(header), ",") {
		switch strings.TrimSpace(name) {
		case "no-referrer", "origin", "strict-origin":
			because = "policy"
		case "same-origin", "origin-when-cross-origin", "strict-origin-when-cross-origin":
			because = "own-site"
		case "unsafe-url", "no-referrer-when-downgrade":
			because = "open-policy"
		}
	}
	return because
}

// handedBecause: an address of another scheme goes to whichever app claimed it
// (RFC 8252 section 8.1), one of this machine to whoever listens there (section 8.3).
func (t *Trace) handedBecause(m *Message, v Travel) string {
	address := m.URL
	switch v.How {
	case InRedirect, InRedirectFragment:
		address = m.HeaderValue("Location")
	case InQuery, InFragment:
	default:
		return "not-address"
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return "not-address"
	case u.Scheme == "":
		u = t.reach(v.Message) // a Location may be relative
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return "custom-scheme"
	case u.Scheme == "http" && isLoopback(u):
		return "loopback"
	}
	return "https"
}

// readBecause: whatever passes through a browser can be read by an extension that has the right to.
func (t *Trace) readBecause(m *Message, v Travel) string {
	switch v.How {
	case InQuery, InFragment, InRedirect, InRedirectFragment:
		if m.Kind == Request && !t.navigated(v.Message) {
			return "fetched"
		}
		return "address"
	case InForm:
		return "form"
	case InPage:
		return "page"
	case InGesture:
		return "typed"
	case InCookie:
		return "cookie"
	}
	return "fetched"
}

// httpOnly reports whether the cookie is kept from scripts (RFC 6265 section
// 4.1.2.6). It remembers its answers in known.
func (t *Trace) httpOnly(name string, known map[string]bool) bool {
	if kept, ok := known[name]; ok {
		return kept
	}
	for i := range t.Messages {
		for _, h := range t.Messages[i].Header {
			if h.Name == "Set-Cookie" && strings.HasPrefix(h.Value, name+"=") && strings.Contains(strings.ToLower(h.Value), "httponly") {
				known[name] = true
				return true
			}
		}
	}
	known[name] = false
	return false
}
