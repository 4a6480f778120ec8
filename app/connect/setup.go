package connect

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// setupKey is a key that a client, a person or a scope may have.
type setupKey struct {
	Name    string `json:"key"`
	Words   string `json:"words"`
	Example string `json:"example"`
	Kind    string `json:"kind"`
	Needed  bool   `json:"needed"`
}

// setupListed is what a server says of who can log in to a realm.
type setupListed struct {
	File      string                                  `json:"file"`
	Unwritten int                                     `json:"unwritten"`
	Lists     map[string][]map[string]json.RawMessage `json:"lists"`
	Keys      map[string][]setupKey                   `json:"keys"`
}

// setup is the page of clients, people and scopes.
type setup struct {
	setupListed

	realm string
	wrong string // why something was not done
	over  string // why the file is not written unasked; "" while there is no reason
	entry *entry // that is filled in; nil while the lists show
}

// setupLists are the lists, in the order of the page.
func setupLists() []string { return []string{"client", "person", "scope"} }

// openSetup asks who can log in, and shows it.
func (r *Room) openSetup() { r.openSetupOf(r.realm()) }

func (r *Room) openSetupOf(realm string) {
	var listed setupListed
	r.order(http.MethodGet, "/setup/"+url.PathEscape(realm), nil, &listed, func() {
		r.setup = setup{setupListed: listed, realm: realm}
		r.sheet.scroll.Rewind()
		r.turn(pageSetup)
	})
}

// drawSetup shows who can log in, or the form of one of them.
func (r *Room) drawSetup() {
	if r.setup.entry != nil {
		r.drawEntry()
		return
	}
	s, say := r.sheet, r.say()
	s.column.Add(look.Gap, s.prose(say("who.words")))
	r.drawSetupWrong()
	if len(r.server.Realms) > 1 {
		var realms []*page.Button
		for i := range r.server.Realms {
			name := r.server.Realms[i].Name
			b := s.button(say("realm", "realm", name), func() { r.openSetupOf(name) })
			b.Chosen = name == r.setup.realm
			realms = append(realms, b)
		}
		s.column.Add(look.Gutter, s.bar(realms...))
	}
	for _, list := range setupLists() {
		card := s.card(say("who." + list + ".title"))
		card.Add(look.Gap, s.soft(say("who."+list+".words")))
		var names []*page.Button
		for i := range r.setup.Lists[list] {
			name := r.setup.nameOf(list, i)
			names = append(names, s.button(name, func() { r.fill(list, i) }))
		}
		if len(names) > 0 {
			card.Add(look.Gap, s.bar(names...))
		}
		card.Add(look.Gutter, s.bar(s.button(say("who."+list+".add"), func() { r.fill(list, -1) }))) // no name among the names
		s.column.Add(look.Gutter, card)
	}
	r.drawSetupFile()
}

func (r *Room) drawSetupWrong() {
	if r.setup.wrong != "" {
		r.sheet.column.Add(look.Gutter, r.sheet.stock.Signed(look.IconCross, look.Fail, r.sheet.prose(r.setup.wrong)))
	}
}

// drawSetupFile says what no file has yet, and writes it.
func (r *Room) drawSetupFile() {
	s, say := r.sheet, r.say()
	card := s.card(say("who.file.title"))
	words, write := say("who.file.none"), say("who.file.save")
	if r.setup.File != "" {
		words = say("who.file.all", "file", filepath.Base(r.setup.File))
		if n := r.setup.Unwritten; n > 0 {
			words = r.manner.Words.Catalog().Count("connect.who.waiting", n, "file", filepath.Base(r.setup.File))
		}
		write = say("who.file.write", "file", filepath.Base(r.setup.File))
	}
	card.Add(look.Gap, s.prose(words))
	b := s.button(write, func() { r.writeFile(false) })
	if r.setup.over != "" {
		card.Add(look.Gap, s.stock.Signed(look.IconAlarm, look.Caution, s.prose(r.setup.over)))
		b = s.button(say("who.file.over"), func() { r.writeFile(true) })
	}
	card.Add(look.Gap, s.bar(b))
	s.column.Add(look.Gutter, card)
}

// nameOf is what an entry of a list is called.
func (l *setupListed) nameOf(list string, i int) string {
	if len(l.Keys[list]) == 0 {
		return strconv.Itoa(i + 1)
	}
	return textOf(l.Lists[list][i][l.Keys[list][0].Name], "text")
}

// setupText is what a config file is, or would be.
type setupText struct {
	File    string `json:"file"`
	Text    string `json:"text"`
	Kept    bool   `json:"comments_kept"`
	Changed bool   `json:"changed_by_others"`
}

// writeFile writes the changes into the file of the server, or saves one where it
// has none. What somebody else wrote, or noted, is not lost unasked.
func (r *Room) writeFile(over bool) {
	var now setupText
	r.order(http.MethodGet, "/config", nil, &now, func() {
		say, file := r.say(), filepath.Base(now.File)
		switch {
		case now.File == "":
			r.window.Files().Save("grantwalk.toml", func(w io.Writer) error {
				_, err := io.WriteString(w, now.Text)
				return err //nolint:wrapcheck // the file's own words
			}, func(at fyne.URI) { r.window.Say(say("who.file.saved", "file", at.Name())) })
		case now.Changed && !over:
			r.setup.over = say("who.file.changed", "file", file)
			r.show(0)
		case !now.Kept && !over:
			r.setup.over = say("who.file.anew", "file", file)
			r.show(0)
		default:
			r.order(http.MethodPost, "/config", map[string]bool{"over": over}, nil, func() {
				r.window.Say(say("who.file.written", "file", file))
				r.openSetupOf(r.setup.realm)
			})
		}
	})
}
