package walk

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestASavedRunOpensAgainAsItWas(t *testing.T) {
	s := opening(t, Options{At: "end"})
	d := &disk{name: "monday.json"}
	s.files = d
	before := s.state()
	exporting{s.Room}.saveRun()
	if d.offered != before.Flow+".json" {
		t.Errorf("the name that is offered is %q", d.offered)
	}
	s.openRun()
	got := s.state()
	if got.Saved != "monday.json" || got.Flow != before.Flow || got.Steps != before.Steps || got.Cursor != -1 {
		t.Fatalf("what is shown: %+v", got)
	}
	if s.walk != nil {
		t.Error("the flow is still being walked")
	}
	for range got.Steps { // every message can be looked at, in every voice
		typeKeys(s, fyne.KeyRight)
		for _, v := range tutorials.Voices() {
			s.as(v, tutorials.ProtocolLens)
		}
	}
	if end := s.state(); end.Outcome != before.Outcome || end.Step != before.Step {
		t.Errorf("it ends with %+v, and ended with %+v", end, before)
	}
	if title := s.Title(); strings.Contains(title.Name, "Saved run") || title.Badge != "Saved run" ||
		title.Note != "read only, from monday.json" {
		t.Errorf("the title is %+v", title)
	}
}

func TestASavedRunOfAMistakeTellsItsLesson(t *testing.T) {
	s := opening(t, Options{Mistake: "replayed-code"})
	s.files = &disk{name: "run.json"}
	before, err := exporting{s.Room}.write("text", false)
	if err != nil {
		t.Fatal(err)
	}
	exporting{s.Room}.saveRun()
	s.openRun()
	if got := s.screen.Player(); !got.IsSaved() || got.Mistake() != "replayed-code" {
		t.Errorf("the mistake of the saved run is %q", got.Mistake())
	}
	after, err := exporting{s.Room}.write("text", false)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(before), string(after)); diff != "" {
		t.Errorf("the run is told in other words when it was saved (-before +after):\n%s", diff)
	}
}

func TestASavedRunIsReadOnly(t *testing.T) {
	s := opening(t, Options{At: "token"})
	s.files = &disk{name: "run.json"}
	exporting{s.Room}.saveRun()
	s.openRun()
	typeKeys(s, fyne.KeyRight, fyne.KeyRight, fyne.KeyT)
	if s.state().Tamper {
		t.Error("a request of it can be changed")
	}
	steps := s.state().Steps
	for name, act := range map[string]func(){
		"another person": func() { s.whatIf.choosePerson("sam") }, "a refusal": s.whatIf.refuseConsent,
		"a wrong password": s.whatIf.wrongPassword, "a mistake": mistakes{s.Room}.show,
	} {
		act()
		if got := s.state(); got.Steps != steps || got.Saved == "" {
			t.Errorf("%s changed it: %+v", name, got)
		}
		s.dialogs.Dismiss()
	}
	s.openFlow(s.state().Flow)
	if got := s.state(); got.Saved != "" || s.walk == nil {
		t.Errorf("the flow can't be walked again: %+v", got)
	}
	typeKeys(s, fyne.KeyEnd)
	if got := s.state(); got.Outcome != "completed" {
		t.Errorf("the walk ends with %+v", got)
	}
}

func TestADamagedOrForeignFileChangesNothing(t *testing.T) {
	s := opening(t, Options{At: "token"})
	before := s.state()
	for name, content := range map[string]string{
		"nothing": "", "a HAR": `{"log":{}}`, "half a run": `{"grantwalk":1,"flow":"authorization-code-pkce","messages":[{`,
		"a later one":               `{"grantwalk":99}`,
		"a flow of another program": `{"grantwalk":1,"flow":"time-travel","outcome":{"state":"running"},"messages":[]}`,
		"no messages":               `{"grantwalk":1,"flow":"authorization-code-pkce","outcome":{"state":"running"},"messages":[]}`,
	} {
		s.readRun(name, strings.NewReader(content))
		if !s.dialogs.IsOpen() {
			t.Errorf("%s: nothing is said", name)
			continue
		}
		s.dialogs.Dismiss()
		if diff := cmp.Diff(before, s.state()); diff != "" {
			t.Errorf("%s changed what is shown:\n%s", name, diff)
		}
	}
}

func TestADroppedFileOpens(t *testing.T) {
	s := opening(t, Options{At: "end"})
	content, err := exporting{s.Room}.write("json", true)
	if err != nil {
		t.Fatal(err)
	}
	s.files = &disk{content: content}
	file := storage.NewFileURI("/documents/masked run.json")
	two := []fyne.URI{file, file}
	s.Drop(two)
	if !s.dialogs.IsOpen() || s.state().Saved != "" {
		t.Error("two files at once are taken")
	}
	s.Drop(two[:1])
	if got := s.state(); got.Saved != "masked run.json" {
		t.Errorf("what is shown: %+v", got)
	}
	if s.dialogs.IsOpen() {
		t.Error("what was said of two files still covers it")
	}
}

// long is a run as a file of more than a megabyte.
func long(t *testing.T, s *stand) *disk {
	t.Helper()
	run := *s.screen.Player().Plan()
	messages := run.Messages
	for i := 1; i < 20; i++ {
		for _, m := range messages {
			if m.Exchange > 0 {
				m.Exchange += i * 100
			}
			run.Messages = append(run.Messages, m)
		}
	}
	d := &disk{name: "long.json"}
	if err := export.JSON(d, &run); err != nil {
		t.Fatal(err)
	}
	if len(d.content) < readsLong {
		t.Fatalf("a run of %d bytes is not long", len(d.content))
	}
	return d
}

func TestALongRunIsUnderstoodBesideTheWindow(t *testing.T) {
	s := opening(t, Options{At: "end"})
	s.files = long(t, s)
	var work func()
	s.beside = func(w func()) { work = w }
	s.openRun()
	if !s.dialogs.IsOpen() || s.state().Saved != "" || work == nil {
		t.Fatal("nothing says that a long run is being opened")
	}
	work()
	if got := s.state(); got.Saved != "long.json" || got.Steps < 200 || s.dialogs.IsOpen() {
		t.Errorf("what is shown: %+v; a dialog is open: %t", got, s.dialogs.IsOpen())
	}
	typeKeys(s, fyne.KeyRight)
	if got := s.state().Cursor; got != 0 {
		t.Errorf("the first step leads to %d", got)
	}
}

func TestWhoThinksAgainKeepsTheFlow(t *testing.T) {
	s := opening(t, Options{At: "end"})
	s.files = long(t, s)
	var work func()
	s.beside = func(w func()) { work = w }
	s.openRun()
	typeKeys(s, fyne.KeyEscape)
	if work(); s.state().Saved != "" || s.dialogs.IsOpen() {
		t.Errorf("what was cancelled is shown: %+v", s.state())
	}
}

// TestWhatWasSavedSaysWhereAndOpens: a line in the corner told it to nobody.
func TestWhatWasSavedSaysWhereAndOpens(t *testing.T) {
	s := opening(t, Options{At: "token"})
	d := &disk{name: "monday.json"}
	s.files = d
	exporting{s.Room}.saveRun()
	said := texts(s.screen)
	if !slices.ContainsFunc(said, func(w string) bool { return strings.Contains(w, "authorization-code-pkce.json in /documents") }) {
		t.Errorf("nothing says where it was saved: %q", said)
	}
	walkTree(s.screen, func(o fyne.CanvasObject) {
		if b, ok := o.(*page.Button); ok && b.Label == "Open" {
			b.Tapped(nil)
		}
	})
	if d.launched != "authorization-code-pkce.json" {
		t.Errorf("Open opens %q", d.launched)
	}
}

// walkTree visits an object and all that it is made of.
func walkTree(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, part := range o.Objects {
			walkTree(part, visit)
		}
	case fyne.Widget:
		for _, part := range test.WidgetRenderer(o).Objects() {
			walkTree(part, visit)
		}
	}
}

// texts are all that can be read in an object, and in what it is made of.
func texts(o fyne.CanvasObject) []string {
	if o == nil || !o.Visible() {
		return nil
	}
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		return []string{o.Text}
	case *widget.Label:
		return []string{o.Text}
	case *widget.RichText:
		return []string{o.String()}
	case *fyne.Container:
		parts = o.Objects
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	var all []string
	for _, part := range parts {
		all = append(all, texts(part)...)
	}
	return all
}
