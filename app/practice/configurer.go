package practice

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/setup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// PlaceSetup is where a client is set up: setup/spa.
const PlaceSetup = "setup"

// Heads are the places that the room opens besides.
func Heads() []string { return []string{PlaceSetup} }

// configurer is the form of an admin console, and what the provider, a walk and
// a thief make of what somebody fills in.
type configurer struct {
	room    *Room
	client  setup.Client
	trial   setup.Trial
	err     error
	uris    *page.Field
	origins *page.Field
	held    [2]*page.Holder
}

func newConfigurer(r *Room) *configurer {
	c := &configurer{room: r, client: setup.Advised(setup.Phone)}
	leave := func() { c.typed(); r.window.Focus(nil) }
	c.uris, c.origins = page.NewField(leave), page.NewField(leave)
	for i, f := range []*page.Field{c.uris, c.origins} {
		f.OnSubmitted = func(string) { c.typed() }
		c.held[i] = page.NewHolder(f, nil)
	}
	return c
}

func (c *configurer) read(*tutorials.Library) {}

func (c *configurer) leave() error { return nil }

func (c *configurer) path() []string { return []string{string(c.client.Kind)} }

// open goes to a kind, and says so where there is none of that name.
func (c *configurer) open(path []string) {
	kind := c.client.Kind
	if len(path) > 0 {
		ids := make([]string, 0, len(setup.Kinds()))
		for _, k := range setup.Kinds() {
			ids = append(ids, string(k))
		}
		nearest, _ := address.Nearest(path[0], ids)
		if kind = setup.Kind(nearest); nearest == "" {
			kind = setup.Phone
		}
		if path[0] != string(kind) {
			say := c.room.manner.Words.Catalog()
			c.room.window.Say(say.Text("setup.no-kind", "typed", path[0], "kind", say.Text("setup.kind."+string(kind))))
		}
	}
	c.begin(kind)
}

// begin fills the form in as it is advised.
func (c *configurer) begin(kind setup.Kind) {
	c.client = setup.Advised(kind)
	c.uris.SetText(strings.Join(c.client.RedirectURIs, ", "))
	c.origins.SetText(strings.Join(c.client.Origins, ", "))
	c.try()
}

// typed takes what stands in the fields.
func (c *configurer) typed() {
	c.client.RedirectURIs, c.client.Origins = setup.Lines(c.uris.Text), setup.Lines(c.origins.Text)
	c.tried()
}

// turn switches one of the switches.
func (c *configurer) turn(on *bool) {
	*on = !*on
	c.client.RedirectURIs, c.client.Origins = setup.Lines(c.uris.Text), setup.Lines(c.origins.Text)
	c.tried()
}

func (c *configurer) tried() {
	c.try()
	c.room.draw()
	c.room.window.Changed()
}

// try has the provider take it and the walks be played.
func (c *configurer) try() {
	c.trial, c.err = c.client.Try(c.room.ctx, flows.Options{
		Provider: c.room.options.Provider, Classroom: true, Say: c.room.manner.Words.Catalog(),
	})
}

// setting is one of the form that is on or off.
type setting struct {
	id string // of its words
	on *bool
}

func (c *configurer) settings() []setting {
	return []setting{
		{"client-authentication", &c.client.Confidential},
		{"standard-flow", &c.client.Code},
		{"pkce", &c.client.PKCE},
		{"refresh-tokens", &c.client.Refresh},
		{"implicit-flow", &c.client.Implicit},
		{"direct-access", &c.client.Password},
		{"service-account", &c.client.Service},
	}
}

func (c *configurer) copyTOML() {
	c.room.window.Copy(c.client.TOML())
	c.room.window.Say(c.room.manner.Words.Catalog().Text("setup.copied-serve"))
}

func (c *configurer) copyKeycloak() {
	c.room.window.Copy(c.client.KeycloakText())
	c.room.window.Say(c.room.manner.Words.Catalog().Text("setup.copied-keycloak"))
}

// copyImport copies the file that Keycloak's console imports.
func (c *configurer) copyImport() {
	text, err := c.client.KeycloakJSON()
	if err != nil {
		c.room.window.Say(err.Error())
		return
	}
	c.room.window.Copy(text)
	c.room.window.Say(c.room.manner.Words.Catalog().Text("setup.copied-import"))
}

// walk goes to the walk with it, at the step in which it ended.
func (c *configurer) walk() { c.visit(c.trial.Walk) }

func (c *configurer) visit(to address.Address) {
	c.room.window.Go(to)
	c.room.window.SayBack(c.room.manner.Words.Catalog().Text("setup.come-back"))
}

// next goes to the kind after it with 1, and to the one before with -1.
func (c *configurer) next(by int) {
	kinds := setup.Kinds()
	to := slices.Index(kinds, c.client.Kind) + by
	if to >= 0 && to < len(kinds) {
		c.room.visit(PlaceSetup, string(kinds[to]))
	}
}

func (c *configurer) commands() []room.Command {
	say := c.room.manner.Words.Catalog()
	return []room.Command{
		{ID: "form.next", Menu: room.MenuGo, Words: say.Text("setup.next"), Keys: room.Keys(fyne.KeyRight), Do: func() { c.next(1) }},
		{ID: "form.back", Menu: room.MenuGo, Words: say.Text("setup.back"), Keys: room.Keys(fyne.KeyLeft), Do: func() { c.next(-1) }},
		{ID: "form.serve", Menu: room.MenuRun, Words: say.Text("setup.copy-serve"), Keys: room.Keys(fyne.KeyC), Do: c.copyTOML},
		{ID: "form.keycloak", Menu: room.MenuRun, Words: say.Text("setup.copy-keycloak"), Keys: room.Keys(fyne.KeyK), Do: c.copyKeycloak},
		{ID: "form.import", Menu: room.MenuRun, Words: say.Text("setup.copy-import"), Keys: room.Keys(fyne.KeyJ), Do: c.copyImport},
		{
			ID: "form.advised", Menu: room.MenuRun, Words: say.Text("setup.as-advised"), Off: c.client.Equal(setup.Advised(c.client.Kind)),
			Keys: room.Keys(fyne.KeyN), Do: func() { c.begin(c.client.Kind); c.room.show() },
		},
		{ID: "form.walk", Menu: room.MenuGo, Words: say.Text("setup.to-walk"), Keys: room.Keys(fyne.KeyW), Do: c.walk},
	}
}

func (c *configurer) state() any {
	s := struct {
		Kind    string   `json:"kind"`
		Refused string   `json:"refused"` // the field that the provider does not take
		Works   bool     `json:"works"`
		Rule    string   `json:"rule"`
		Risks   []string `json:"risks"`
	}{Kind: string(c.client.Kind), Works: c.trial.Works()}
	if c.trial.Refused != nil {
		s.Refused = c.trial.Refused.Field
	}
	if c.trial.Broken != nil {
		s.Rule = c.trial.Broken.ID
	}
	for _, r := range c.trial.Risks {
		s.Risks = append(s.Risks, r.ID)
	}
	return s
}

func (c *configurer) rail() []room.Section {
	say := c.room.manner.Words.Catalog()
	section := room.Section{Title: say.Text("setup.title")}
	for _, k := range setup.Kinds() {
		title := say.Text("setup.kind." + string(k))
		section.Rows = append(section.Rows, room.Row{
			Label: title, Sign: string([]rune(title)[:1]), Here: k == c.client.Kind, Do: func() { c.room.visit(PlaceSetup, string(k)) },
		})
	}
	return []room.Section{section}
}
