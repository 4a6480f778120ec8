package mockidp

import (
	"maps"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/pages"
)

// pageNotices are those of the realm that a page belongs to. What a single
// client may do is not shown to everybody.
func (p *printer) pageNotices(t *tenant) []string {
	notices := p.relaxations()
	if t != nil {
		notices = append(notices, t.notices(p.words)...)
	}
	return notices
}

func (p *printer) relaxations() []string {
	var list []string
	for _, r := range []struct {
		on bool
		id string
	}{
		{p.relaxed.PlainPKCE, "notice.plain-pkce"},
		{p.relaxed.PlainHTTP, "notice.plain-http"},
		{p.relaxed.RemoteFetch, "notice.remote-fetch"},
	} {
		if r.on {
			list = append(list, p.say(r.id))
		}
	}
	return list
}

// relaxations are those of the realm's clients.
func (t *tenant) relaxations(words pages.Words) []string {
	var list []string
	for _, id := range slices.Sorted(maps.Keys(t.clients.configured)) {
		if t.clients.configured[id].PKCEOptional {
			list = append(list, words.Text("notice.pkce-optional", "client", id, "realm", t.name))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(t.clients.configured)) {
		if t.clients.configured[id].Trusted {
			list = append(list, words.Text("notice.trusted", "client", id, "realm", t.name))
		}
	}
	if t.door.byHint {
		list = append(list, words.Text("notice.auto-sign-in-by-hint", "realm", t.name))
	}
	if t.tokenType != typeAccessToken {
		list = append(list, words.Text("notice.access-token-type", "realm", t.name))
	} else if t.clients.any(func(c *Client) bool { return c.AccessTokenType == typeIDToken }) {
		list = append(list, words.Text("notice.client-access-token-type", "realm", t.name))
	}
	if grace := t.longestGrace(); grace > 0 {
		list = append(list, words.Text("notice.refresh-token-grace", "time", grace.String(), "realm", t.name))
	}
	if t.registration != nil && t.registration.PKCEOptional {
		list = append(list, words.Text("notice.registration", "realm", t.name))
	}
	return list
}

// longestGrace is that of the realm's clients.
func (t *tenant) longestGrace() time.Duration {
	longest := t.lifetimes.RefreshTokenGrace
	for _, c := range t.clients.configured {
		longest = max(longest, c.Lifetimes.RefreshTokenGrace)
	}
	return longest
}

func (t *tenant) notices(words pages.Words) []string {
	var list []string
	if by := t.trouble.moved.Load(); by != 0 {
		list = append(list, words.Text("notice.clock", "realm", t.name, "time", time.Duration(by).String()))
	}
	if who := *t.door.username.Load(); who != "" {
		list = append(list, words.Text("notice.auto-sign-in", "person", who, "realm", t.name))
	}
	for _, a := range t.trouble.all() {
		list = append(list, words.Text("notice.trouble", "trouble", a.String(), "realm", t.name))
	}
	return list
}
