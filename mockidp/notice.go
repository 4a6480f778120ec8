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
	return texts(notices)
}

// Notice is something that a provider does and a strict one would not.
type Notice struct {
	Text   string // a sentence
	Realm  string // empty where it is about all of them
	Client string // client_id; empty where it is about no client alone
	// Keys are those of a config file that make it so, with their tables; none for
	// trouble that was ordered.
	Keys []string
}

// texts are what they say.
func texts(notices []Notice) []string {
	list := make([]string, 0, len(notices))
	for i := range notices {
		list = append(list, notices[i].Text)
	}
	return list
}

func (p *printer) relaxations() []Notice {
	var list []Notice
	for _, r := range []struct {
		on      bool
		id, key string
	}{
		{p.relaxed.PlainPKCE, "notice.plain-pkce", "relaxed.plain_pkce"},
		{p.relaxed.PlainHTTP, "notice.plain-http", "relaxed.plain_http"},
		{p.relaxed.RemoteFetch, "notice.remote-fetch", "relaxed.remote_fetch"},
	} {
		if r.on {
			list = append(list, Notice{Text: p.say(r.id), Keys: []string{r.key}})
		}
	}
	return list
}

// relaxations are those of the realm's clients.
func (t *tenant) relaxations(words pages.Words) []Notice {
	var list []Notice
	say := func(client, key, id string, pairs ...string) {
		list = append(list, Notice{
			Text: words.Text(id, append(pairs, "client", client, "realm", t.name)...), Realm: t.name, Client: client, Keys: []string{key},
		})
	}
	for _, id := range slices.Sorted(maps.Keys(t.clients.configured)) {
		if t.clients.configured[id].PKCEOptional {
			say(id, "realm.client.pkce_optional", "notice.pkce-optional")
		}
	}
	for _, id := range slices.Sorted(maps.Keys(t.clients.configured)) {
		if t.clients.configured[id].Trusted {
			say(id, "realm.client.trusted", "notice.trusted")
		}
	}
	if t.door.byHint {
		say("", "realm.auto_sign_in_by_hint", "notice.auto-sign-in-by-hint")
	}
	if t.tokenType != typeAccessToken {
		say("", "realm.access_token_type", "notice.access-token-type")
	} else if t.clients.any(func(c *Client) bool { return c.AccessTokenType == typeIDToken }) {
		say("", "realm.client.access_token_type", "notice.client-access-token-type")
	}
	if grace := t.longestGrace(); grace > 0 {
		say("", "realm.lifetimes.refresh_token_grace", "notice.refresh-token-grace", "time", grace.String())
	}
	if t.registration != nil && t.registration.PKCEOptional {
		say("", "realm.registration.pkce_optional", "notice.registration")
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

func (t *tenant) notices(words pages.Words) []Notice {
	var list []Notice
	say := func(keys []string, id string, pairs ...string) {
		list = append(list, Notice{Text: words.Text(id, append(pairs, "realm", t.name)...), Realm: t.name, Keys: keys})
	}
	if by := t.trouble.moved.Load(); by != 0 {
		say(nil, "notice.clock", "time", time.Duration(by).String())
	}
	if who := *t.door.username.Load(); who != "" {
		say([]string{"realm.auto_sign_in"}, "notice.auto-sign-in", "person", who)
	}
	for _, a := range t.trouble.all() {
		say(nil, "notice.trouble", "trouble", a.in(words))
	}
	return list
}
