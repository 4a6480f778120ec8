package serve

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/grantwalk/grantwalk/mockidp"
)

// screenful is how many lines the start may have, so that its beginning does not
// run off the smallest usual terminal, however large the config is.
const screenful = 24

// Of what there may be many, these are shown before the rest is only counted.
const (
	mostNotices = 3
	mostRealms  = 3 // with their lists
	mostOthers  = 3 // by their issuer alone
)

// welcome is everything that a client needs to know at the start.
type welcome struct {
	version string
	notices []mockidp.Notice // what is not strict
	words   []logged         // on how it is served
	realms  []mockidp.Realm
	issuer  func(realm string) string
	at      string // where it listens, if the issuers do not say that; else empty
	page    string // address of the server's own page
	file    string // where the secrets are, which are then not printed; empty for those that everybody knows
}

func (o *order) welcome(provider *mockidp.Provider, at net.Addr, version string, words ...logged) welcome {
	w := welcome{version: version, notices: provider.NoticesAbout(), realms: o.config.Realms, issuer: provider.Issuer, file: o.name}
	for _, said := range words {
		if said.Message != "" {
			w.words = append(w.words, said)
		}
	}
	if o.config.BaseURL != "" {
		w.at = at.String()
	}
	return w
}

func discovery(issuer string) string { return issuer + "/.well-known/openid-configuration" }

// welcome is a screenful.
func (textLog) welcome(w welcome) string {
	var notices []string
	for _, n := range w.notices {
		notices = append(notices, n.Text)
	}
	if more := len(notices) - mostNotices + 1; more > 1 {
		notices = append(notices[:mostNotices-1:mostNotices-1], fmt.Sprintf("and %d more like these; the pages of the provider name them", more))
	}
	head := notices
	for _, said := range w.words {
		head = append(head, said.Message)
	}
	head = append(head, "Grantwalk identity provider "+w.version)
	if w.at != "" {
		head = append(head, "", "listening  "+w.at)
	}
	foot := []string{
		"", "A loopback redirect URI matches any port. Log in from your own client, or stop",
		"with Ctrl-C. A line follows for each request.",
	}
	if w.page != "" { // below the issuers: who looks for the first address in this text wants one of those
		foot = slices.Insert(foot, 1, "page       "+w.page+"  settings for your app, and a live list of requests")
	}
	body := w.body(screenful - len(head) - len(foot))
	return strings.Join(append(append(head, body...), foot...), "\n")
}

// body names realms, and of the first ones the clients and people that there is
// room for.
func (w welcome) body(room int) []string {
	n, named := w.fitting(room)
	shown, rest := w.realms[:n], w.others(n, named)
	room -= len(rest) + realmLines*len(shown)
	var lists []*list
	for i := range shown {
		lists = append(lists, w.clients(&shown[i]), w.people(&shown[i]))
	}
	share(lists, room)
	var lines []string
	for i := range shown {
		issuer := w.issuer(shown[i].Name)
		lines = append(lines, "", "issuer     "+issuer, "discovery  "+discovery(issuer))
		lines = append(append(lines, lists[2*i].lines()...), lists[2*i+1].lines()...)
	}
	return append(lines, rest...)
}

// others names so many realms from the nth on by their issuers, and counts the rest.
func (w welcome) others(n, named int) []string {
	rest := w.realms[n:]
	if len(rest) == 0 {
		return nil
	}
	lines := []string{""}
	named = min(len(rest), named)
	if len(rest) == named+1 {
		named++ // instead of a line that there is one more
	}
	for i := range rest[:named] {
		lines = append(lines, "issuer     "+w.issuer(rest[i].Name))
	}
	if more := len(rest) - named; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more realms: --print-config prints all", more))
	}
	return lines
}

// realmLines is how many lines a realm has without its lists.
const realmLines = 3

// fitting is how many realms there is room for with the beginning of their
// lists, the first one in any case, and how many more by their issuer alone.
func (w welcome) fitting(room int) (n, named int) {
	for n, named = min(len(w.realms), mostRealms), mostOthers; ; {
		need := len(w.others(n, named))
		for i := range w.realms[:n] {
			need += realmLines + w.clients(&w.realms[i]).least() + w.people(&w.realms[i]).least()
		}
		switch {
		case need <= room || n <= 1 && named == 0:
			return n, named
		case n > 1:
			n--
		default:
			named--
		}
	}
}

// list is a table of which the beginning may be shown.
type list struct {
	head, what string // what there are more of
	rows       []string
	of         int // how many there are
	shown      int
}

func (w welcome) clients(r *mockidp.Realm) *list {
	l := &list{head: "CLIENT\tSECRET\tREDIRECT URIS", what: "clients", of: len(r.Clients)}
	for i := range r.Clients[:min(len(r.Clients), screenful)] {
		c := &r.Clients[i]
		l.rows = append(l.rows, c.ClientID+"\t"+w.proof(c)+"\t"+redirects(c))
	}
	return l
}

func (w welcome) people(r *mockidp.Realm) *list {
	l := &list{head: "PERSON\tPASSWORD\tABOUT", what: "people", of: len(r.People)}
	for i := range r.People[:min(len(r.People), screenful)] {
		p := &r.People[i]
		l.rows = append(l.rows, p.Username+"\t"+w.secret(p.Password)+"\t"+p.About)
	}
	return l
}

// size is how many lines a list has with so many rows.
func (l *list) size(rows int) int {
	switch {
	case l.of == 0:
		return 0
	case rows < l.of:
		return rows + 2 // the head, and how many more there are
	}
	return rows + 1
}

func (l *list) least() int { return l.size(min(1, l.of)) }

// share gives the room to the lists, a row in turn.
func share(lists []*list, room int) {
	for _, l := range lists {
		l.shown = min(1, l.of)
		room -= l.size(l.shown)
	}
	for more := true; more; {
		more = false
		for _, l := range lists {
			if cost := l.size(l.shown+1) - l.size(l.shown); l.shown < len(l.rows) && cost <= room {
				l.shown++
				room, more = room-cost, true
			}
		}
	}
}

func (l *list) lines() []string {
	if len(l.rows) == 0 {
		return nil
	}
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, l.head)
	for _, row := range l.rows[:l.shown] {
		fmt.Fprintln(table, row)
	}
	_ = table.Flush() // a string can always be written
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ") // of columns that are empty
	}
	if more := l.of - l.shown; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more %s: --print-config prints all", more, l.what))
	}
	return lines
}

// proof says what a client shows to prove who it is.
func (w welcome) proof(c *mockidp.Client) string {
	switch {
	case c.ClientSecret != "":
		return w.secret(c.ClientSecret)
	case c.Public():
		return "none (public)"
	}
	return c.TokenEndpointAuthMethod
}

// secret hides what came from a file: the log may be kept where the file is not.
func (w welcome) secret(s string) string {
	if w.file != "" {
		return "see " + w.file
	}
	return s
}

// redirects says where a client may be sent back to; one that uses no browser says how it gets its tokens.
func redirects(c *mockidp.Client) string {
	switch n := len(c.RedirectURIs); n {
	case 0:
		return "no browser: " + strings.Join(c.GrantTypes, ", ")
	case 1:
		return c.RedirectURIs[0]
	default:
		return fmt.Sprintf("%s and %d more", c.RedirectURIs[0], n-1)
	}
}
