package player

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// pairRow is one name with its value; both can be changed, and it can be taken out.
type pairRow struct {
	was         string // the name it came with; "" for one that was added
	value       string // the value it came with
	name, entry *page.Field
	removed     bool
}

// pairs are rows of name and value, and a button for one more.
func (t *tamper) pairs(title string, rows *[]*pairRow, fields []trace.Field) []fyne.CanvasObject {
	list := container.NewVBox()
	for _, f := range fields {
		list.Add(t.pair(rows, f, f.Name))
	}
	more := t.button(t.say().Text("player.tamper.add"), nil)
	more.OnTapped = func() { list.Add(t.pair(rows, trace.Field{}, "")) }
	head := page.NewLine(title, look.Body, look.Ink)
	head.Bold = true
	return []fyne.CanvasObject{padded(head, 8, 0), list, container.NewHBox(more)}
}

func (t *tamper) pair(rows *[]*pairRow, f trace.Field, was string) fyne.CanvasObject {
	row := &pairRow{was: was, value: f.Value, name: t.entry(f.Name), entry: t.entry(f.Value)}
	t.grow(row.entry)
	*rows = append(*rows, row)
	var name fyne.CanvasObject = row.name
	if was != "" {
		fixed := page.NewLine(was, look.Mono, look.WireName)
		fixed.Mono, fixed.Least = true, 40
		name = fixed
	}
	drop := page.NewIconButton("close", t.say().Text("player.tamper.leave-out"), nil)
	drop.OnKey, drop.Hint = t.screen.key, t.screen.hintAt(drop)
	drop.OnTapped = func() {
		row.removed = !row.removed
		drop.SetChosen(row.removed)
		if row.removed {
			row.entry.Disable()
		} else {
			row.entry.Enable()
		}
		t.changed()
	}
	return container.New(&pairLayout{}, name, row.entry, drop)
}

// edit is what differs from the request as it would be sent, on top of what was changed earlier.
func (t *tamper) edit() stage.Edit {
	e := t.screen.player.EditOf(t.index)
	if t.method.Text != t.before.Method {
		e.Method = strings.ToUpper(strings.TrimSpace(t.method.Text))
	}
	if address, query, asked := strings.Cut(t.before.URL, "?"); strings.TrimSpace(t.target.Text) != address {
		e.URL = strings.TrimSpace(t.target.Text)
		if asked && !strings.Contains(e.URL, "?") {
			e.URL += "?" + query
		}
	}
	if t.body.Text != string(t.before.Body) {
		e.Body = &t.body.Text
	}
	e.Params = merge(e.Params, changes(t.params))
	e.Headers = merge(e.Headers, changes(t.headers))
	if wait := waitOf(t.wait.SelectedIndex()); wait > 0 {
		e.Wait = wait
	}
	e.Twice = e.Twice || t.twice.Checked
	return e
}

func changes(rows []*pairRow) []stage.Change {
	var out []stage.Change
	for _, r := range rows {
		name := strings.TrimSpace(r.name.Text)
		switch {
		case name == "":
		case r.removed && r.was != "":
			out = append(out, stage.Change{Name: name, Remove: true})
		case r.removed:
		case r.was == "" || r.entry.Text != r.value:
			out = append(out, stage.Change{Name: name, Value: r.entry.Text})
		}
	}
	return out
}

// merge lets later changes win.
func merge(old, later []stage.Change) []stage.Change {
	out := slices.DeleteFunc(slices.Clone(old), func(c stage.Change) bool {
		return slices.ContainsFunc(later, func(l stage.Change) bool { return strings.EqualFold(l.Name, c.Name) })
	})
	return append(out, later...)
}

func parameters(m *trace.Message) []trace.Field {
	if m.IsForm() {
		return m.Form()
	}
	return m.Query()
}

// editableHeaders leaves out what the network itself makes true.
func editableHeaders(m *trace.Message) []trace.Field {
	return slices.DeleteFunc(slices.Clone(m.Header), func(f trace.Field) bool { return f.Name == "Content-Length" })
}
