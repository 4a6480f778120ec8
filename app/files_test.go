package app

import (
	"bytes"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/tutorials"
)

// disk is files without dialogs.
type disk struct {
	name, offered string // of the file that is opened, and the name that was offered for the one that is saved
	content       bytes.Buffer
}

func (d *disk) open(read func(string, io.Reader)) { read(d.name, bytes.NewReader(d.content.Bytes())) }

func (d *disk) save(name string, write func(io.Writer) error) {
	d.offered = name
	d.content.Reset()
	_ = write(&d.content) // into memory, which takes all
}

func TestASavedRunOpensAgainAsItWas(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{At: "end"})
	d := &disk{name: "monday.json"}
	w.files = d
	before := w.state()
	w.saveRun()
	if d.offered != before.Flow+".json" {
		t.Errorf("the name that is offered is %q", d.offered)
	}
	w.openRun()
	got := w.state()
	if got.Saved != "monday.json" || got.Flow != before.Flow || got.Steps != before.Steps || got.Cursor != -1 {
		t.Fatalf("what is shown: %+v", got)
	}
	if w.walk != nil {
		t.Error("the flow is still being walked")
	}
	for range got.Steps { // every message can be looked at, in every voice
		typeKeys(w, fyne.KeyRight, fyne.Key3, fyne.Key1, fyne.Key2)
	}
	if end := w.state(); end.Outcome != before.Outcome || end.Step != before.Step {
		t.Errorf("it ends with %+v, and ended with %+v", end, before)
	}
	if !strings.HasPrefix(w.header.about.Title, savedMark) || w.header.status.Words != savedMark {
		t.Errorf("the header says %q and %q", w.header.about.Title, w.header.status.Words)
	}
}

func TestASavedRunIsReadOnly(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{At: "token"})
	w.files = &disk{name: "run.json"}
	w.saveRun()
	w.openRun()
	typeKeys(w, fyne.KeyRight, fyne.KeyRight, fyne.KeyT)
	if w.state().Tamper {
		t.Error("a request of it can be changed")
	}
	steps := w.state().Steps
	for name, act := range map[string]func(){
		"another person": func() { w.choosePerson("sam") }, "a refusal": w.refuseConsent, "a wrong password": w.wrongPassword, "a mistake": w.showMistakes,
	} {
		act()
		if got := w.state(); got.Steps != steps || got.Saved == "" {
			t.Errorf("%s changed it: %+v", name, got)
		}
		w.dialogs.Dismiss()
	}
	w.openFlow(w.state().Flow)
	if got := w.state(); got.Saved != "" || w.walk == nil {
		t.Errorf("the flow can't be walked again: %+v", got)
	}
	typeKeys(w, fyne.KeyEnd)
	if got := w.state(); got.Outcome != "completed" {
		t.Errorf("the walk ends with %+v", got)
	}
}

func TestADamagedOrForeignFileChangesNothing(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{At: "token"})
	before := w.state()
	for name, content := range map[string]string{
		"nothing": "", "a HAR": `{"log":{}}`, "half a run": `{"grantwalk":1,"flow":"authorization-code-pkce","messages":[{`,
		"a later one": `{"grantwalk":99}`, "a flow of another program": `{"grantwalk":1,"flow":"time-travel","outcome":{"state":"running"},"messages":[]}`,
		"no messages": `{"grantwalk":1,"flow":"authorization-code-pkce","outcome":{"state":"running"},"messages":[]}`,
	} {
		w.readRun(name, strings.NewReader(content))
		if !w.dialogs.IsOpen() {
			t.Errorf("%s: nothing is said", name)
			continue
		}
		w.dialogs.Dismiss()
		if diff := cmp.Diff(before, w.state()); diff != "" {
			t.Errorf("%s changed what is shown:\n%s", name, diff)
		}
	}
}

func TestADroppedFileOpens(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{At: "end"})
	content, err := w.export("json", true)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "masked run.json")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	two := []fyne.URI{storage.NewFileURI(file), storage.NewFileURI(file)}
	w.dropped(fyne.Position{}, two)
	if !w.dialogs.IsOpen() || w.state().Saved != "" {
		t.Error("two files at once are taken")
	}
	w.dropped(fyne.Position{}, two[:1])
	if got := w.state(); got.Saved != "masked run.json" {
		t.Errorf("what is shown: %+v", got)
	}
	if w.dialogs.IsOpen() {
		t.Error("what was said of two files still covers it")
	}
}

func TestAnUnusualRunCanBeLookedAt(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{})
	const head = `{"grantwalk":1,"flow":"authorization-code-pkce","outcome":{"state":"refused"},"messages":[`
	const rest = `"from":"client","to":"resource-owner","at":"2026-03-02T09:00:00Z"`
	for _, m := range []string{
		`{"step":"x","kind":"gesture","channel":"local",` + rest + `}`, `{"step":"token","kind":"note","channel":"front",` + rest + `}`,
		`{"step":"sign-in-page","kind":"response","exchange":9,"status":200,"channel":"front",` + rest + `,"header":[{"name":"Content-Type","value":"text/html"}],"body":"<form><input name=a>"}`,
		`{"step":"token","kind":"request","channel":"back","method":"\u0000","url":"%zz://",` + rest + `,"checks":[{"by":"","id":"","rule":"","spec":{"doc":""},"result":"fail"}]}`,
		`{"step":"callback","kind":"request","channel":"front","method":"GET","url":"https://x/?code=` + url.QueryEscape("<>\u202e") + `",` + rest + `,"calc":{},"act":{"verb":"","object":""}}`,
	} {
		w.readRun("unusual", strings.NewReader(head+m+"]}"))
		if w.dialogs.IsOpen() || w.state().Saved == "" {
			t.Fatalf("%s was refused", m)
		}
		for _, tab := range Tabs() {
			typeKeys(w, fyne.KeyHome, fyne.KeyRight, fyne.Key1, fyne.Key3)
			w.screen.ShowTab(tab)
		}
		for _, f := range export.Formats() {
			if _, err := w.export(f.ID, true); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestTheExportDialogWritesWhatIsChosen(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{At: "end", Voice: tutorials.Developer})
	d := &disk{}
	w.files = d
	for i, f := range export.Formats() {
		w.showExport()
		if !w.dialogs.IsOpen() {
			t.Fatal("no dialog is open")
		}
		w.dialogs.Dismiss()
		dialog := w.newExport()
		dialog.choose(i)
		dialog.mask.SetChecked(true)
		if dialog.copy.Disabled() == f.Text {
			t.Errorf("%s: Copy is wrong", f.ID)
		}
		dialog.save()
		if !strings.HasSuffix(d.offered, "-masked"+f.Extension) || d.content.Len() < 1000 {
			t.Errorf("%s: %d bytes are saved as %q", f.ID, d.content.Len(), d.offered)
		}
		if !f.Text {
			continue
		}
		if strings.Contains(d.content.String(), w.screen.Player().Plan().Latest("code")) {
			t.Errorf("%s: the code survives", f.ID)
		}
		dialog.toClipboard()
		if w.app.Clipboard().Content() != d.content.String() {
			t.Errorf("%s: Copy and Save differ", f.ID)
		}
	}
}
