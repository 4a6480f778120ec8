package walk

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/storage"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// stand is a room in a window that has no frame, with a classroom run.
type stand struct {
	*Room
	app     fyne.App
	win     fyne.Window
	dialogs *room.Dialogs
	files   room.Files
	said    string // under the header
	read    string // the address that was read beside the walk last
}

var _ room.Window = (*stand)(nil)

func (s *stand) Changed() {}

func (s *stand) Say(words string) { s.said = words }

// SayBack is part of [room.Window].
func (s *stand) SayBack(words string) { s.said = words }

func (s *stand) Read(to address.Address) { s.read = to.String() }

func (s *stand) Go(to address.Address) { s.Room.Go(to) }

func (s *stand) Typed(k *fyne.KeyEvent) bool {
	return s.dialogs.Typed(k) || room.Typed(s.Commands(), k)
}

func (s *stand) Focus(part fyne.Focusable) {
	if part == nil {
		s.win.Canvas().Unfocus()
		return
	}
	s.win.Canvas().Focus(part)
}

func (s *stand) Show(d room.Dialog)      { s.dialogs.Show(d) }
func (s *stand) Dismiss()                { s.dialogs.Dismiss() }
func (s *stand) Fail(err error)          { s.Notice("A fault", err) }
func (s *stand) Copy(text string)        { s.app.Clipboard().SetContent(text) }
func (s *stand) Pasted() string          { return s.app.Clipboard().Content() }
func (s *stand) Size() fyne.Size         { return s.win.Canvas().Size() }
func (s *stand) Files() room.Files       { return s.files }
func (s *stand) Store() fyne.Preferences { return s.app.Preferences() }
func (s *stand) Notice(title string, _ error) {
	s.dialogs.Show(room.Dialog{Title: title, Content: container.NewStack()})
}

// as tells the room in a voice, through a lens.
func (s *stand) as(v tutorials.Voice, lens string) { s.Tell(room.Manner{Voice: v, Lens: lens}) }

// plain leaves pictures out: nothing here looks at them, and they take longer than all else.
func (s *stand) plain() { s.screen.Easel().Beside = func(func(), func()) {} }

// opening is a room with a classroom run, as a window would show it.
func opening(t *testing.T, o Options) *stand {
	t.Helper()
	return openingIn(t, looktest.App(t), o)
}

func openingIn(t *testing.T, a fyne.App, o Options) *stand {
	t.Helper()
	words := wordstest.English(t)
	keys, err := mockidp.DemoKeys()
	if err != nil {
		t.Fatal(err)
	}
	o.Classroom, o.Provider = true, onstage.Provider(keys)
	look.Wear(a.Settings(), look.Light)
	s := &stand{app: a, win: a.NewWindow("A room"), files: &disk{}}
	s.dialogs = room.NewDialogs(s.win.Canvas(), words.Catalog(), func() {})
	s.Room = New(s, words, o)
	s.plain()
	s.as(tutorials.Everyone, tutorials.ProtocolLens)
	s.win.SetContent(s.Content())
	s.win.Resize(fyne.NewSize(1180, 840))
	s.win.Show()
	ready := make(chan struct{})
	s.Open(func() { close(ready) })
	<-ready
	t.Cleanup(func() {
		s.win.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// act does what a command says; a command that can't act does nothing.
func (s *stand) act(t *testing.T, id string) {
	t.Helper()
	c, ok := room.Find(s.Commands(), id)
	if !ok {
		t.Fatalf("there is no command %s", id)
	}
	if !c.Off {
		c.Do()
	}
}

func typeKeys(s *stand, keys ...fyne.KeyName) {
	for _, k := range keys {
		s.Typed(&fyne.KeyEvent{Name: k})
	}
}

// row finds one of the rail by its label.
func (s *stand) row(t *testing.T, label string) room.Row {
	t.Helper()
	sections := s.Rail()
	for _, chip := range s.Strip() {
		sections = append(sections, chip.Section)
	}
	for _, section := range sections {
		for _, row := range section.Rows {
			if row.Label == label {
				return row
			}
		}
	}
	t.Fatalf("the rail has no row %q", label)
	return room.Row{}
}

func TestEveryFlowOpensWithItsOwnPartiesAndTheSamePerson(t *testing.T) {
	s := opening(t, Options{})
	s.whatIf.choosePerson("sam")
	for _, f := range flows.All() {
		s.openFlow(f.ID)
		if got := s.state().Flow; got != f.ID || s.whatIf.person() != "sam" {
			t.Errorf("opening %s shows %s with %s", f.ID, got, s.whatIf.person())
		}
		if n := s.screen.Narrator(); n.App != f.Cast.Client.Name {
			t.Errorf("%s: the app is called %q", f.ID, n.App)
		}
		if rows := s.Rail()[0].Rows; len(rows) != len(flows.All())+len(f.Chapters) {
			t.Errorf("%s: the rail lists %d rows of flows and chapters", f.ID, len(rows))
		}
		if c, _ := room.Find(s.Commands(), "flow."+f.ID); !c.On {
			t.Errorf("%s is open, and the menu does not mark it", f.ID)
		}
	}
	last := flows.All()[len(flows.All())-1].ID
	if got := known(s.Store().String(keyFlow)); got != last {
		t.Errorf("the next start opens %q", got)
	}
}

func TestChaptersAreTurned(t *testing.T) {
	s := opening(t, Options{})
	s.act(t, "chapter.next")
	if s.chapters.here() != "ask" {
		t.Errorf("the first chapter is %q", s.chapters.here())
	}
	s.act(t, "chapter.next")
	s.act(t, "chapter.next")
	if got := s.state(); got.Step != "consent" {
		t.Errorf("three times leads to %q", got.Step)
	}
	s.act(t, "chapter.before")
	if got := s.state(); got.Step != "type-password" {
		t.Errorf("back leads to %q", got.Step)
	}
	for range 3 {
		s.act(t, "chapter.before")
	}
	if got := s.state(); got.Cursor != -1 {
		t.Errorf("back from the first chapter leads to %d", got.Cursor)
	}
}

func TestTheRailGoesToChaptersAndPeople(t *testing.T) {
	s := opening(t, Options{})
	s.row(t, "Key").Do()
	if got := s.state().Step; got != "token" || !s.row(t, "Key").Here {
		t.Errorf("the fourth chapter begins at %q", got)
	}
	s.row(t, "Sam Reyes").Do()
	if s.whatIf.person() != "sam" || !s.row(t, "Sam Reyes").On {
		t.Errorf("%s signs in", s.whatIf.person())
	}
	s.row(t, "The password is wrong").Do()
	if got := s.state().Step; got != stage.StepWrongPassword {
		t.Errorf("the wrong password leads to %q", got)
	}
	s.row(t, "The password is wrong").Do()
	s.row(t, "Consent is refused").Do()
	if got := s.state().Step; got != stage.StepRefuseConsent {
		t.Errorf("refusing consent leads to %q", got)
	}
}

func TestTheRailSaysWhichRequestWasChangedAndTakesItBack(t *testing.T) {
	s := opening(t, Options{Mistake: "other-verifier"})
	title, _ := s.screen.Narrator().Mistake("other-verifier")
	row := s.row(t, title)
	if !row.On || row.Note != "undo" {
		t.Fatalf("the changed request is listed as %+v", row)
	}
	row.Do()
	if edits := s.whatIf.choices().Edits; len(edits) != 0 {
		t.Errorf("after taking it back %v is still changed", edits)
	}
	s.row(t, "A request is changed …").Do()
	if !s.dialogs.IsOpen() {
		t.Error("where nothing is changed, no mistakes are offered")
	}
}

func TestEveryDialogOfTheRoomTakesTheKeysAndEscapeClosesIt(t *testing.T) {
	s := opening(t, Options{})
	for name, show := range map[string]func(){
		"mistakes": mistakes{s.Room}.show,
		"fault":    func() { s.fail(errors.New("broken")) },
	} {
		show()
		if !s.dialogs.IsOpen() {
			t.Errorf("%s: no dialog is open", name)
			continue
		}
		typeKeys(s, fyne.KeyRight)
		if s.state().Cursor != -1 {
			t.Errorf("%s: a key under the dialog walked the flow", name)
		}
		typeKeys(s, fyne.KeyEscape)
		if s.dialogs.IsOpen() {
			t.Errorf("%s: Escape does not close the dialog", name)
		}
	}
}

func TestTheOptionsSayWhereToBegin(t *testing.T) {
	s := opening(t, Options{Mistake: "other-verifier", Tab: "checks", Follow: "state"})
	if got := s.state(); got.Step != "token" || got.Tab != "checks" || got.Followed == "" {
		t.Errorf("the room begins as %+v", got)
	}
}

func TestAFlowThatDoesNotExistIsAnErrorAndADefaultStandsIn(t *testing.T) {
	s := opening(t, Options{Flow: "no-such-flow"})
	if got := s.state().Flow; got != flows.Default().ID {
		t.Errorf("%q is open", got)
	}
	if _, err := s.start("no-such-flow", stage.Choices{}); err == nil {
		t.Error("it was opened")
	}
}

func TestARoomThatWasClosedOpensNothingMore(t *testing.T) {
	s := opening(t, Options{})
	walk, err := s.start(flows.Default().ID, stage.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	before := s.screen.Player()
	s.closed = true
	s.opened(walk, nil)
	if s.screen.Player() != before {
		t.Error("a run is shown in a room that was closed")
	}
}

func TestTheSplitComesBackAndADamagedOneDoesNotHideAPane(t *testing.T) {
	a := looktest.App(t)
	s := openingIn(t, a, Options{})
	s.screen.SetOffset(0.5)
	s.Remember()
	if got := openingIn(t, a, Options{}).screen.Offset(); got != 0.5 {
		t.Errorf("the split comes back at %v", got)
	}
	a.Preferences().SetFloat(keyOffset, 7)
	if got := openingIn(t, a, Options{}).screen.Offset(); got != usualSplit {
		t.Errorf("a damaged setting puts the split at %v", got)
	}
}

func TestTheTitleNamesTheFlowAndOffersTheOtherPaneInANarrowWindow(t *testing.T) {
	s := opening(t, Options{})
	title := s.Title()
	if title.Name == "" || title.Short == "" || title.Badge != "Recommended" || title.Caution || title.Aside.Do != nil {
		t.Errorf("the title is %+v", title)
	}
	s.openFlow("implicit")
	if title := s.Title(); !title.Caution {
		t.Errorf("of a flow that is no longer to be used the title says %+v", title)
	}
	s.win.Resize(fyne.NewSize(600, 500))
	for _, want := range []string{"Details", "Diagram"} {
		aside := s.Title().Aside
		if aside.Do == nil || aside.Words != want {
			t.Fatalf("in a narrow window the title offers %q, want %q", aside.Words, want)
		}
		aside.Do()
	}
}

// disk is files without dialogs.
type disk struct {
	name, offered string // of the file that is opened, and the name that was offered for the one that is saved
	content       []byte
	launched      string
}

func (d *disk) Open(_ string, read func(string, io.Reader)) { read(d.name, bytes.NewReader(d.content)) }

func (d *disk) Fetch(at fyne.URI, read func(string, io.Reader)) {
	read(at.Name(), bytes.NewReader(d.content))
}

func (d *disk) Save(name string, write func(io.Writer) error, saved func(fyne.URI)) {
	d.offered, d.content = name, nil
	_ = write(d) // into memory, which takes all
	saved(storage.NewFileURI("/documents/" + name))
}

// Launch is asked for by a button of the toast.
func (d *disk) Launch(at fyne.URI) error { d.launched = at.Name(); return nil }

func (d *disk) Write(p []byte) (int, error) {
	d.content = append(d.content, p...)
	return len(p), nil
}
