package diagnosis

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// addresses are the redirection URI that was sent and those that are registered, as far as either is known.
type addresses struct {
	sent       string
	registered []string

	toldSent, toldRegistered bool // a refusal wrote them down
}

// maxAddresses is how many addresses in the words of a refusal are looked at.
const maxAddresses = 64

// addressesOf takes them from the request and what is known of the client, and where these are silent, from the words
// of the refusal.
func addressesOf(c *Case, e *logins.Exchange, registered []string) addresses {
	all := addresses{sent: e.Param("redirect_uri"), registered: registered}
	if all.sent == "" {
		all.sent = c.Login.Asked("redirect_uri")
	}
	if e.Broken() != nil {
		return all
	}
	for _, o := range append([]*logins.Exchange{e}, c.refusals...) {
		told := c.writtenIn(o)
		if all.sent == "" {
			all.sent, all.toldSent = told.sent, told.sent != ""
		}
		if len(all.registered) == 0 && !slices.Contains(told.registered, all.sent) {
			all.registered, all.toldRegistered = told.registered, len(told.registered) > 0
		}
	}
	return all
}

// shown quotes the two that are compared.
func (a addresses) shown(e *logins.Exchange, near string) []Evidence {
	quoted := func(field, value string, told bool) Evidence {
		if told {
			return answered(e, field, value)
		}
		return quote(e, field, value)
	}
	shown := []Evidence{quoted("redirect_uri", a.sent, a.toldSent)}
	if near != "" {
		shown = append(shown, quoted("registered", near, a.toldRegistered))
	}
	return shown
}

// written tell an address among words, and by what stands before it whose it is.
//
//nolint:gochecknoglobals // never changes; compiled once
var written = sync.OnceValue(func() (p struct{ address, sent, perhaps, registered, list *regexp.Regexp }) {
	p.address = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]{1,60}(?:://|%3a%2f%2f)(?:\[[0-9a-f:.]*\])?[^\s"'<>\\(){}\[\],;|&` + "`]+")
	p.sent = regexp.MustCompile(`(?i)(?:redirect(?:ion)?|callback|reply|return)[ _-]?(?:ur[il]|address)[^,{}&\n]{0,40}$`)
	p.perhaps = regexp.MustCompile(`(?i)(?:got|given|sent|received|requested|provided|actual|was)[^a-z0-9\n]{0,8}$`)
	p.registered = regexp.MustCompile(`(?i)(?:^|[^a-z])(not |n't )?(?:allowed|registered|expect(?:ed|s)|configured|valid|permitted|` +
		`whitelisted|authorized|accepted)(?:[ _-]?(?:login|web|redirect(?:ion)?|callback|reply|return|ur[il]s?|address(?:es)?|ones?|list|` +
		`values?|are|is|was|were|to|be|of|by|the))*[^a-z0-9]*$`)
	p.list = regexp.MustCompile(`^["'\\\]\s]*(?:,|\bor\b|\band\b|\n)["'\\\[\s]*$`)
	return p
})

// addressesTold are those in the words of a refusal.
type addressesTold struct {
	sent       string
	registered []string
}

// writtenIn finds them once for all the rows that ask.
func (c *Case) writtenIn(e *logins.Exchange) addressesTold {
	found, read := c.addresses[e]
	if !read {
		if c.addresses == nil {
			c.addresses = map[*logins.Exchange]addressesTold{}
		}
		found.sent, found.registered = writtenIn(e)
		c.addresses[e] = found
	}
	return found
}

// writtenIn finds in the words of a refusal the address that was sent, and those that are registered.
func writtenIn(e *logins.Exchange) (sent string, registered []string) {
	text := e.Came("text")
	if text == "" {
		text = e.Text()
	}
	text = strings.NewReplacer(`\/`, "/", "redirect_uri=", " redirect_uri=").Replace(text)
	perhaps, listed, end := "", false, 0
	for _, at := range written().address.FindAllStringIndex(text, maxAddresses) {
		before := text[max(end, at[0]-120):at[0]]
		goesOn := written().list.MatchString(text[end:at[0]]) && end > 0
		end = at[1]
		address := plainAddress(text[at[0]:at[1]])
		switch listed = listed && goesOn || namesRegistered(before); {
		case listed:
			if !slices.Contains(registered, address) {
				registered = append(registered, address)
			}
		case sent == "" && namesSent(before):
			sent = address
		case perhaps == "" && written().perhaps.MatchString(before):
			perhaps = address
		}
	}
	if sent == "" && len(registered) > 0 {
		sent = perhaps
	}
	return sent, registered
}

func namesRegistered(before string) bool {
	m := written().registered.FindStringSubmatch(before)
	return m != nil && m[1] == ""
}

// namesSent leaves out what a program says of its settings and of the end of a session.
func namesSent(before string) bool {
	found := strings.ToLower(written().sent.FindString(before))
	return found != "" && !strings.Contains(found, "setting") && !saysAny(strings.ToLower(before), "post_logout", "postlogout")
}

func plainAddress(text string) string {
	text = strings.TrimRight(text, ".:!?*")
	if strings.Contains(strings.ToLower(text), "%3a%2f%2f") {
		if plain, err := url.QueryUnescape(text); err == nil {
			return plain
		}
	}
	return text
}

// misbuilt knows an address that an app worked out from what it sees of itself behind a proxy or in a container, and
// that is therefore not the one that browsers know; else what the comparison made of it.
func misbuilt(c *Case, e *logins.Exchange, sent, kind string) string {
	u, err := url.Parse(sent)
	if err != nil || u.Host == "" {
		return kind
	}
	host := strings.ToLower(u.Hostname())
	switch {
	case isInside(host, u.Port()), kind == "redirect-uri-unregistered" && isLoopback(host) && begunInPublic(c, e):
		return "redirect-uri-inside"
	case kind == "redirect-uri-unregistered" && u.Scheme == "http" && isPublic(host) && (u.Port() == "" || u.Port() == "80"):
		return "redirect-uri-scheme"
	}
	return kind
}

// isInside knows what a server listens at, and names that a container or a cluster alone resolves.
func isInside(host, port string) bool {
	if slices.Contains([]string{"0.0.0.0", "::", "*", "+"}, host) {
		return true
	}
	for _, end := range []string{".svc", ".cluster.local", ".docker.internal", ".compute.internal", ".ec2.internal"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return host != "localhost" && !strings.ContainsAny(host, ".:") && port != ""
}

// isPublic reports whether a host is a name that may stand on the internet.
func isPublic(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	dot := strings.LastIndexByte(host, '.')
	return dot > 0 && !slices.Contains([]string{
		"local", "localhost", "internal", "lan", "home", "arpa", "test", "corp", "intranet", "svc", "invalid",
	}, host[dot+1:])
}

// begunInPublic reports whether a page with a public name sent the browser to sign in.
func begunInPublic(c *Case, e *logins.Exchange) bool {
	for _, o := range c.earlier(e) {
		if !o.Endpoint.Provides() && o.Answer != nil && o.Answer.HeaderValue("Location") == e.Request.URL && isPublic(hostname(o)) {
			return true
		}
	}
	from, err := url.Parse(e.Request.HeaderValue("Referer"))
	return err == nil && from.Host != e.Host() && isPublic(strings.ToLower(from.Hostname()))
}

// insecureRedirect knows a provider that takes no redirect_uri without TLS, save one that stays on the machine.
func insecureRedirect(c *Case) *sighting {
	s := tells([]string{
		"redirect uri", "redirect url", "redirect_uri", "redirecturi", "callback url", "redirection uri",
	}, []string{
		"insecure", "not secure", "must use https", "must be https", "must be an https", "must start with https", "insecure protocol",
		"private ip",
	})(c)
	if s == nil || saysAny(c.said(s.at).spaced, "post logout") {
		return nil
	}
	seen := addressesOf(c, s.at, nil)
	s.shown, s.general = append(seen.shown(s.at, ""), s.shown...), byItself
	return s
}
