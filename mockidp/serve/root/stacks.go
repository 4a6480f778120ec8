package root

import (
	"cmp"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/leaflet"
)

// stackView is a paper of tutorials, filled in for this server.
type stackView struct {
	ID, Title, Line string
	Lacking         []string // clients of the paper for which this server has none that would do
	Blocks          []blockView
}

type blockView struct {
	Head, Code, File string
	Words            template.HTML
	Columns          []template.HTML
	Rows             [][]template.HTML
}

// stackFor fills a paper in with the issuer of a realm and the clients that are
// registered there: those of the paper, or else some that can do the same.
func stackFor(p *tutorials.Paper, realms []Realm, secret func(string) string) stackView {
	f := newFiller(p, realms, secret)
	v := stackView{ID: p.ID, Title: p.Title, Line: p.Line, Lacking: f.lacking}
	for _, b := range p.Blocks {
		one := blockView{Head: b.Head, Code: f.fill(b.Code), File: b.File}
		if b.Words != "" {
			one.Words = leaflet.Blocks(b.Words)
		}
		for _, head := range b.Table.Head {
			one.Columns = append(one.Columns, leaflet.Inline(head))
		}
		for _, row := range b.Table.Rows {
			var cells []template.HTML
			for _, cell := range row {
				cells = append(cells, leaflet.Inline(f.cell(cell)))
			}
			one.Rows = append(one.Rows, cells)
		}
		v.Blocks = append(v.Blocks, one)
	}
	return v
}

// filler puts what a server has in the place of what the papers were written for.
type filler struct {
	issuer  string
	swaps   *strings.Replacer
	lacking []string
}

func newFiller(p *tutorials.Paper, realms []Realm, secret func(string) string) filler {
	var f filler
	realm := realmFor(p.Client, realms)
	f.issuer = realm.Issuer
	var pairs [][2]string
	for _, told := range storyClients() {
		if !names(p, told.ClientID) {
			continue
		}
		if own := counterpart(&told, realm.Clients); own != nil {
			pairs = append(pairs, swaps(&told, own, secret)...)
		} else if !slices.Contains(f.lacking, told.ClientID) {
			f.lacking = append(f.lacking, told.ClientID)
		}
	}
	slices.SortStableFunc(pairs, func(a, b [2]string) int { return cmp.Compare(len(b[0]), len(a[0])) })
	var flat []string
	for _, pair := range pairs {
		flat = append(flat, pair[0], pair[1])
	}
	f.swaps = strings.NewReplacer(flat...)
	return f
}

// swaps are what stands for one client, and what for another.
func swaps(told, own *mockidp.Client, secret func(string) string) [][2]string {
	pairs := [][2]string{{told.ClientID, own.ClientID}}
	if told.ClientSecret != "" && own.ClientSecret != "" {
		pairs = append(pairs, [2]string{told.ClientSecret, secret(own.ClientSecret)})
	}
	if len(own.RedirectURIs) == 0 {
		return pairs
	}
	for _, to := range told.RedirectURIs {
		if !slices.Contains(own.RedirectURIs, to) {
			pairs = append(pairs, [2]string{to, own.RedirectURIs[0]})
		}
	}
	return pairs
}

// fill fills the issuer in last, or a client could be found in it. A line that
// runs this program names no client, be it called like one of its formats.
func (f filler) fill(code string) string {
	var b strings.Builder
	for line := range strings.Lines(code) {
		if !strings.HasPrefix(line, "grantwalk ") {
			line = f.swaps.Replace(line)
		}
		b.WriteString(line)
	}
	return leaflet.Filled(b.String(), f.issuer)
}

// cell fills in what a cell of a table says if it is one value and nothing else.
func (f filler) cell(words string) string {
	value := strings.TrimSuffix(strings.TrimPrefix(words, "`"), "`")
	if "`"+value+"`" != words || strings.ContainsAny(value, "` ") {
		return words
	}
	return "`" + f.swaps.Replace(value) + "`"
}

// storyClients are those for which the papers were written; one that is in two
// realms has another secret in each.
func storyClients() []mockidp.Client {
	var all []mockidp.Client
	for _, realm := range mockidp.StoryRealms() {
		all = append(all, realm.Clients...)
	}
	return all
}

// names reports whether the code of a paper, or a cell of a table, has a client_id in it.
func names(p *tutorials.Paper, client string) bool {
	whole := regexp.MustCompile(`(^|[^\w-])` + regexp.QuoteMeta(client) + `($|[^\w-])`)
	return slices.ContainsFunc(p.Blocks, func(b tutorials.Block) bool {
		return whole.MatchString(b.Code) || slices.ContainsFunc(b.Table.Rows, func(row []string) bool {
			return slices.Contains(row, "`"+client+"`")
		})
	})
}

// realmFor is the realm that has the client, else the first one, which has the most.
func realmFor(client string, realms []Realm) Realm {
	for _, r := range realms {
		if has(r.Clients, client) {
			return r
		}
	}
	if len(realms) == 0 {
		return Realm{}
	}
	return realms[0]
}

func has(clients []mockidp.Client, id string) bool {
	return slices.ContainsFunc(clients, func(c mockidp.Client) bool { return c.ClientID == id })
}

// counterpart is the client of a server that can do what one of the lessons
// does: the one of that name, or the first that has a secret like it, or none
// like it, and gets its tokens in the same way.
func counterpart(told *mockidp.Client, clients []mockidp.Client) *mockidp.Client {
	for i := range clients {
		if clients[i].ClientID == told.ClientID {
			return &clients[i]
		}
	}
	way := grantsOf(told)
	for i := range clients {
		c := &clients[i]
		if answersAt(told, c) && c.Public() == told.Public() && (c.ClientSecret != "") == (told.ClientSecret != "") && len(way) > 0 &&
			slices.Contains(grantsOf(c), way[0]) {
			return c
		}
	}
	return nil
}

// answersAt reports whether a client can get its answers where one of the
// lessons does. An address in the internet is that of somebody's product, such
// as Postman's, which takes no other.
func answersAt(told, own *mockidp.Client) bool {
	elsewhere := func(uri string) bool { return strings.HasPrefix(uri, "https://") }
	for _, uri := range told.RedirectURIs {
		if !elsewhere(uri) || slices.Contains(own.RedirectURIs, uri) {
			return true
		}
	}
	return len(told.RedirectURIs) == 0
}
