package inspector

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Inspector is the pane that shows one message. It only builds the tab that
// can be seen, and builds it from the parts it already has.
//
// It does NOT keep keys from whoever holds it: a key that the focused part has
// no use for goes to OnKey.
type Inspector struct {
	widget.BaseWidget

	OnPoint  func(value string)                                 // a value is under the pointer or has the focus; "" none is
	OnFollow func(value string)                                 // a value was pointed at; "" stops
	OnCopy   func(text, what string)                            // text belongs on the clipboard; what names it
	OnLink   func(link string)                                  // "glossary:term", "spec:RFC 7636 §4.6", "attack:…"
	OnPage   func(name, value string, fields map[string]string) // a button of the page was pressed
	OnCurl   func() string                                      // the request as a curl command; nil hides the button
	OnTab    func(id string)                                    // a person chose a tab
	OnAction func(id string)                                    // the button of one of the Actions was pressed
	OnBench  func(id, value string)                             // a value belongs on a workbench, "token" or "pkce"; nil hides the buttons
	OnKey    func(*fyne.KeyEvent)                               // a key that the pane had no use for
	OnStep   func()                                             // all that is told of the step belongs on the clipboard

	kit     *kit
	content Content
	wanted  string // the tab that was chosen last
	before  string // the one before who sees a value was looked at
	tab     string // the tab that shows
	views   map[string]view

	over   *page.Text
	title  *page.Text
	tabs   *tabBar
	scroll *page.Scroll
	foot   *strip
	all    []fyne.CanvasObject

	panelOpen bool // whether the last build showed details
}

var _ fyne.Widget = (*Inspector)(nil)

// New returns an empty pane.
func New(say *catalog.Catalog) *Inspector {
	v := &Inspector{wanted: tabWords, before: tabWords, tab: tabWords}
	v.kit = v.newKit()
	v.kit.say = say
	v.over, v.title = page.NewText(v.kit.Kit), page.NewText(v.kit.Kit)
	v.tabs = newTabBar(v.kit, v.pick)
	v.foot = newStrip(v.kit)
	v.scroll = page.NewScroll(page.NewColumn())
	v.scroll.OnSeen = func(top, tall float32) { v.view().see(top, tall) }
	v.views = map[string]view{}
	v.all = []fyne.CanvasObject{v.over, v.title, v.tabs, v.scroll, v.foot}
	v.ExtendBaseWidget(v)
	v.SetContent(Content{})
	return v
}

// CreateRenderer is part of [fyne.Widget].
func (v *Inspector) CreateRenderer() fyne.WidgetRenderer { return page.NewRenderer(v) }

func (v *Inspector) newKit() *kit {
	shared := page.NewKit()
	shared.Reveal, shared.Key = v.reveal, v.typedKey
	shared.Link = func(link string) {
		if v.OnLink != nil {
			v.OnLink(link)
		}
	}
	shared.Copy = func(text string) {
		if v.OnCopy != nil && text != "" {
			v.OnCopy(text, v.kit.say.Text("inspector.what.marked"))
		}
	}
	shared.Context = v.offer
	return &kit{
		Kit:     shared,
		content: &v.content,
		follow:  v.follow,
		watch: func(value string) {
			if v.content.Followed != value {
				v.follow(value)
			}
			v.pick(tabSeen)
		},
		copy: func(text, what string) {
			if v.OnCopy != nil {
				v.OnCopy(text, what)
			}
		},
		hint: func(h hint) {
			v.foot.say(h)
			v.placeFoot(v.Size())
			if v.OnPoint != nil {
				v.OnPoint(h.value)
			}
		},
		bench: func(id, value string) {
			if v.OnBench != nil {
				v.OnBench(id, value)
			}
		},
		benched: func() bool { return v.OnBench != nil },
		relay:   v.rebuild,
	}
}

func (v *Inspector) newView(id string) view {
	switch id {
	case tabRequest, tabResponse:
		choice := &wireChoice{}
		curl := func() func() string { return v.OnCurl }
		v.views[tabRequest] = newHTTPView(v.kit, false, choice, curl)
		v.views[tabResponse] = newHTTPView(v.kit, true, choice, curl)
		return v.views[id]
	case tabChecks:
		return newChecksView(v.kit)
	case tabSeen:
		return newSeenView(v.kit)
	case tabTokens:
		return newTokensView(v.kit)
	case tabCalculation:
		return newCalculationView(v.kit)
	case tabPage:
		return newPageView(v.kit, func(name, value string, fields map[string]string) {
			if v.OnPage != nil {
				v.OnPage(name, value, fields)
			}
		})
	}
	return newWordsView(v.kit, func(id string) {
		if v.OnAction != nil {
			v.OnAction(id)
		}
	})
}

func (v *Inspector) view() view {
	got, ok := v.views[v.tab]
	if !ok {
		got = v.newView(v.tab)
		v.views[v.tab] = got
	}
	return got
}

// SetContent shows a message, in place: the chosen tab stays if it still applies,
// and so does the scroll position if it is the same message in other words.
func (v *Inspector) SetContent(c Content) {
	same := sameMessage(&v.content, &c)
	v.content = c
	v.content.say = v.kit.say
	if !same {
		v.foot.say(hint{})
		for _, w := range v.views {
			w.reset()
		}
	}
	moved := v.fitTab()
	v.setHead()
	v.rebuildFrom(!same || moved)
}

// fitTab shows the tab that was wanted, or the nearest one that applies; it reports whether that is another.
func (v *Inspector) fitTab() (moved bool) {
	tabs, before := tabsOf(&v.content), v.tab
	if v.wanted == tabSeen && !slices.ContainsFunc(tabs, func(t tab) bool { return t.id == tabSeen }) {
		v.wanted = v.before // the value is followed no more
	}
	v.tab = fittingTab(v.wanted, &v.content, tabs)
	v.tabs.set(tabs, v.tab, mayCome(&v.content)...)
	return v.tab != before
}

// rebuildFrom builds what shows, from its top or from where it stands.
func (v *Inspector) rebuildFrom(top bool) {
	if top {
		v.scroll.Rewind()
	}
	v.rebuild()
}

func (v *Inspector) setHead() {
	line := func(text string, size float32, bold bool, ink fyne.ThemeColorName) []page.Paragraph {
		if text == "" {
			return nil
		}
		return []page.Paragraph{{Spans: []page.Span{{Text: text, Ink: ink, Face: page.Face{Size: size, Bold: bold}}}}}
	}
	v.over.Set(line(v.content.Over, look.Small, false, look.InkSoft)...)
	v.title.Set(line(v.content.Title, look.Heading, true, look.Ink)...)
}

// offer is the menu of a text.
func (v *Inspector) offer(marked string, at fyne.Position) {
	c := page.CanvasOf(v)
	if c == nil {
		return
	}
	some := fyne.NewMenuItem(v.kit.say.Text("inspector.words.copy"), func() { v.kit.Copy(marked) })
	some.Disabled = marked == ""
	all := fyne.NewMenuItem(v.kit.say.Text("inspector.words.copy-step"), func() {
		if v.OnStep != nil {
			v.OnStep()
		}
	})
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", some, all), c, at)
}

// Tab returns the id of the tab that shows.
func (v *Inspector) Tab() string { return v.tab }

// Has reports whether a tab applies to what is shown.
func (v *Inspector) Has(id string) bool {
	return slices.ContainsFunc(v.tabs.tabs, func(t tab) bool { return t.id == id })
}

// SelectTab shows a tab, or the nearest one that applies.
func (v *Inspector) SelectTab(id string) {
	if id == tabSeen && v.wanted != tabSeen {
		v.before = v.wanted
	}
	v.wanted = id
	moved := v.fitTab()
	if moved {
		v.foot.say(hint{})
	}
	v.rebuildFrom(moved)
}

// Easel is what draws the pictures of the pane.
func (v *Inspector) Easel() *page.Easel { return v.kit.Easel }

// Foresee draws the picture of the words that are likely to be shown next.
func (v *Inspector) Foresee(picture fyne.Resource) {
	if w, ok := v.views[tabWords].(*wordsView); ok {
		w.picture.Foresee(picture)
	}
}

// Return has the plain words show with the next content, whatever was looked at before.
func (v *Inspector) Return() { v.wanted = tabWords }

// pick is a person choosing a tab.
func (v *Inspector) pick(id string) {
	v.SelectTab(id)
	if v.OnTab != nil {
		v.OnTab(v.tab)
	}
}

func (v *Inspector) follow(value string) {
	v.content.Followed = value
	if v.OnFollow != nil {
		v.OnFollow(value)
	}
	v.rebuild()
}

// rebuild builds what shows and lays it out.
func (v *Inspector) rebuild() {
	w := v.view()
	v.kit.tall = v.Size().Height
	w.build(&v.content)
	was := v.panelOpen
	v.panelOpen = w.sheetOf().open != ""
	v.scroll.Set(w.sheetOf().root)
	v.Arrange(v.Size())
	v.dropLostFocus(was && !v.panelOpen)
	canvas.Refresh(v)
}

// dropLostFocus lets go of the focus when the part that had it is no longer
// there, so that the keys go back to whoever holds the pane. Closed says that
// details were there until now.
func (v *Inspector) dropLostFocus(closed bool) {
	c := page.CanvasOf(v)
	if c == nil || c.Focused() == nil {
		return
	}
	if v.owns(c.Focused(), closed) && !page.Holds([]fyne.CanvasObject{v.tabs, v.scroll}, c.Focused()) {
		c.Unfocus()
	}
}
