package player

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/diagram"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// narrator tells the flow to a voice through a lens.
func narrator(tb testing.TB, v tutorials.Voice, lens string) tutorials.Narrator {
	tb.Helper()
	words := wordstest.English(tb)
	return tutorials.Narrator{
		Words: words, Flow: "authorization-code-pkce", Voice: v, Lens: lens,
		Person: "Jane", App: "Travel app", Provider: stage.ProviderName,
	}
}

// open shows a classroom run in a window of that size.
func open(t *testing.T, mode look.Mode, v tutorials.Voice, lens string, size fyne.Size) (*Screen, fyne.Window) {
	t.Helper()
	looktest.Dressed(t, mode)
	s := NewScreen(narrator(t, v, lens))
	s.ReduceMotion(true)
	s.SetOffset(0.64)
	s.OnError = func(err error) { t.Error(err) }
	s.OnKey = func(k *fyne.KeyEvent) bool { return typed(s, k) }
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(size)
	s.Open(classroom(t))
	return s, w
}

// typed has the commands of a screen act, as the window does.
func typed(s *Screen, k *fyne.KeyEvent) bool {
	return room.Typed(slices.Concat(s.Commands(), s.ClockCommands(), s.TabCommands()), k)
}

func press(s *Screen, keys ...fyne.KeyName) {
	for _, k := range keys {
		typed(s, &fyne.KeyEvent{Name: k})
	}
}

// usual is a screen on which everything shows.
func usual() fyne.Size { return fyne.NewSize(1200, 780) }

func TestTheScreenLooksAsItShould(t *testing.T) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return // other machines round the edges of letters differently
	}
	tests := map[string]struct {
		mode      look.Mode
		voice     tutorials.Voice
		lens, tab string
		at        string
		size      fyne.Size
	}{
		"developer-light": {look.Light, tutorials.Developer, "protocol", "checks", "token", usual()},
		"everyone-light":  {look.Light, tutorials.Everyone, "hotel", "words", "token", usual()},
		"everyone-dark":   {look.Dark, tutorials.Everyone, "hotel", "words", "code-redirect", usual()},
		"narrow-contrast": {look.HighContrast, tutorials.Developer, "protocol", "words", "authorize", fyne.NewSize(620, 420)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, w := open(t, tt.mode, tt.voice, tt.lens, tt.size)
			s.Seek(s.Player().Find(tt.at))
			s.ShowTab(tt.tab)
			test.AssertRendersToImage(t, name+".png", w.Canvas())
		})
	}
}

func TestTheWholeFlowIsWalkedByKeyboard(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	for i := range s.Player().Len() {
		press(s, []fyne.KeyName{fyne.KeyRight, fyne.KeySpace, fyne.KeyPageDown}[i%3])
		if s.Player().Cursor() != i {
			t.Fatalf("after %d keys the cursor is %d", i+1, s.Player().Cursor())
		}
	}
	press(s, fyne.KeyRight)
	if !s.Player().AtEnd() {
		t.Error("a key at the end leads away from it")
	}
	press(s, fyne.KeyLeft, fyne.KeyPageUp)
	if got := s.Player().Cursor(); got != s.Player().Len()-3 {
		t.Errorf("two steps back lead to %d", got)
	}
	press(s, fyne.KeyHome)
	if s.Player().Cursor() != -1 {
		t.Error("Home does not lead to the beginning")
	}
	press(s, fyne.KeyEnd)
	if !s.Player().AtEnd() {
		t.Error("End does not lead to the end")
	}
}

func TestVoiceAndLensSwitchInPlace(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	s.Seek(s.Player().Find("token"))
	before := content(s.Player(), s.told()).Title
	for _, lens := range []string{"hotel", "protocol"} {
		for _, v := range tutorials.Voices() {
			n := s.Narrator()
			n.Voice, n.Lens = v, lens
			s.Tell(n)
			if step(s.Player()) != "token" {
				t.Fatalf("%s, %s: the player went to %q", v, lens, step(s.Player()))
			}
		}
	}
	if after := content(s.Player(), s.told()).Title; after == before {
		t.Errorf("everyone and developer read the same title %q", after)
	}
}

func TestTamperingSendsWhatWasTyped(t *testing.T) {
	s, w := open(t, look.Light, tutorials.Developer, "protocol", usual())
	s.Seek(s.Player().Find("callback"))
	press(s, fyne.KeyT)
	if !s.Tampering() {
		t.Fatal("T does not open the pane")
	}
	row := param(t, s, "code_verifier")
	row.entry.SetText("")
	w.Canvas().Focus(row.entry)
	test.Type(row.entry, strings.Repeat("x", 43))
	s.tamper.send()
	if s.Tampering() || step(s.Player()) != "token" {
		t.Fatalf("after sending the pane is open: %v, the step is %q", s.Tampering(), step(s.Player()))
	}
	if c := s.Player().Current().FailedCheck(); c == nil || c.ID != "code-verifier-matches" {
		t.Errorf("the check that failed is %+v", c)
	}
}

func TestNothingIsSentChangedBeforeSomethingIs(t *testing.T) {
	s, w := open(t, look.Light, tutorials.Developer, "protocol", usual())
	s.Seek(s.Player().Find("callback"))
	press(s, fyne.KeyT)
	row := param(t, s, "code_verifier")
	was := row.entry.Text
	row.entry.OnEnter()
	if !s.Tampering() || !s.tamper.sends.Disabled() || w.Canvas().Focused() == s.tamper.sends {
		t.Error("a request that nobody changed can be sent changed")
	}
	row.entry.SetText(was + "x")
	if s.tamper.sends.Disabled() {
		t.Error("a request with another code_verifier can't be sent")
	}
	row.entry.SetText(was)
	s.tamper.twice.SetChecked(true)
	if s.tamper.sends.Disabled() {
		t.Error("a request can't be sent twice")
	}
}

func TestWhatIsRefusedStaysInThePane(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Developer, "protocol", usual())
	s.Seek(s.Player().Find("callback"))
	press(s, fyne.KeyT)
	s.tamper.target.SetText("https://elsewhere.example/token")
	s.tamper.send()
	if !s.Tampering() || !strings.Contains(s.tamper.problem.Text, "elsewhere.example") || !s.tamper.problem.Visible() {
		t.Errorf("open: %v, it says %q", s.Tampering(), s.tamper.problem.Text)
	}
	if s.tamper.target.Text != "https://elsewhere.example/token" {
		t.Errorf("the field now holds %q", s.tamper.target.Text)
	}
	press(s, fyne.KeyEscape)
	if s.Tampering() || len(s.Player().Choices().Edits) > 0 {
		t.Error("Escape does not close the pane without a change")
	}
}

func param(t *testing.T, s *Screen, name string) *pairRow {
	t.Helper()
	for _, r := range s.tamper.params {
		if r.was == name {
			return r
		}
	}
	t.Fatalf("the pane has no field %s", name)
	return nil
}

func TestARefusedStepIsRedAndSaysWhy(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	s.Try("other-verifier")
	red := false
	for i, a := range arrows(s.Player(), s.told(), s.lit()) {
		if i == s.Player().Cursor() {
			red = a.Sign != diagram.NoSign
		}
	}
	if !red {
		t.Error("the refused arrow is not marked as failed")
	}
	if words := content(s.Player(), s.told()).Words.Refused; words == "" {
		t.Error("nobody says why")
	}
}

func TestEscapeStopsFollowing(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Developer, "protocol", usual())
	s.Seek(s.Player().Find("authorize"))
	s.Player().Follow(s.Player().Plan().Latest("state"))
	if !s.following.bar.Visible() {
		t.Fatal("nothing says that a value is followed")
	}
	press(s, fyne.KeyEscape)
	if s.Player().Followed() != "" || s.following.bar.Visible() {
		t.Error("Escape does not end it")
	}
}

// TestTheStepIsCopiedAsText: what a mail or a slide needs, without the mouse.
func TestTheStepIsCopiedAsText(t *testing.T) {
	for voice, want := range map[tutorials.Voice][]string{
		tutorials.Everyone:  {"15. ", "Travel app → Identity provider: ", "Why it matters. ", "checks passed"},
		tutorials.Developer: {"15. ", "POST https://", "code_verifier: ", "pass: "},
	} {
		s, _ := open(t, look.Light, voice, "protocol", usual())
		var copied string
		s.OnCopy = func(text, _ string) { copied = text }
		s.Seek(s.Player().Find("token"))
		s.copying().putStep()
		for _, part := range want {
			if !strings.Contains(copied, part) {
				t.Errorf("%s: %q is not in what was copied:\n%s", voice, part, copied)
			}
		}
	}
}

// TestAHintStandsBesideWhatItSpeaksOf: a line in the corner is read by nobody.
func TestAHintStandsBesideWhatItSpeaksOf(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "hotel", usual())
	b := s.transport.tamper
	b.MouseIn(nil)
	middle := func(o fyne.CanvasObject) float32 {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).X + o.Size().Width/2
	}
	if !s.tip.All.Visible() || s.tip.Words() != b.Help || middle(s.tip.All)-middle(b) > 40 || middle(b)-middle(s.tip.All) > 40 {
		t.Errorf("%q stands at %v, the button at %v", s.tip.Words(), middle(s.tip.All), middle(b))
	}
	if b.MouseOut(); s.tip.All.Visible() {
		t.Error("it stays when the pointer has left")
	}
	b.FocusGained()
	if !s.tip.All.Visible() {
		t.Error("who goes by keyboard is told nothing")
	}
	b.FocusLost()
	s.Done("Saved", "Open", func() { s.Done("Opened", "", nil) }) // what is animated is over at once here
	if s.toast.words.Words != "Saved" || !s.toast.act.Visible() || s.toast.act.Label != "Open" {
		t.Fatalf("what was done is said as %q, with a button %q", s.toast.words.Words, s.toast.act.Label)
	}
	s.toast.act.Tapped(nil)
	if s.toast.words.Words != "Opened" || s.toast.act.Visible() {
		t.Errorf("the button leads to %q", s.toast.words.Words)
	}
}

// TestTheEndOffersWhatToDoNext: the first of it is the one filled button.
func TestTheEndOffersWhatToDoNext(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "hotel", usual())
	var asked []string
	s.OnMistakes, s.OnExport = func() { asked = append(asked, "mistakes") }, func() { asked = append(asked, "export") }
	s.OnFlow = func(id string) { asked = append(asked, id) }
	s.End()
	c := content(s.Player(), s.told())
	for _, a := range c.Actions {
		s.act(a.ID)
	}
	if want := []string{"mistakes", "export", "client-credentials"}; !slices.Equal(asked, want) {
		t.Errorf("the end offers %v, want %v", asked, want)
	}
	if s.transport.next.Primary || len(c.Known) < 10 || len(c.Trade) > 0 {
		t.Errorf("walk again is filled: %t; %d words are known", s.transport.next.Primary, len(c.Known))
	}
	if s.Back(); !s.transport.next.Primary {
		t.Error("before the end the next step is not the filled button")
	}
}

func TestTheRoomOfTheBarOfAFollowedValueComesBack(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Developer, "protocol", usual())
	s.Seek(s.Player().Find("authorize"))
	before := s.diagram.Size().Height
	s.ShowSeen()
	if now := s.diagram.Size().Height; now >= before {
		t.Fatalf("the bar takes no room: the diagram was %v high and is %v", before, now)
	}
	press(s, fyne.KeyEscape)
	if now := s.diagram.Size().Height; now != before {
		t.Errorf("the diagram was %v high, and after the bar it is %v", before, now)
	}
}

// TestATabDoesNotTakeTheStoryAway: whoever is no developer finds the words again
// at each step, at a refusal and at the end; developers keep their tab.
func TestATabDoesNotTakeTheStoryAway(t *testing.T) {
	for _, c := range []struct {
		voice tutorials.Voice
		want  string
	}{{tutorials.Everyone, "words"}, {tutorials.Executive, "words"}, {tutorials.Developer, "request"}} {
		s, _ := open(t, look.Light, c.voice, "protocol", usual())
		s.Seek(s.Player().Find("authorize"))
		for _, act := range []func(){s.Next, func() { s.Try("other-verifier") }, s.End} {
			s.ShowTab("request")
			if act(); s.Tab() != c.want {
				t.Errorf("%s, step %d: the tab is %s, want %s", c.voice, s.Player().Cursor()+1, s.Tab(), c.want)
			}
		}
	}
}

func TestWhoSeesAValueIsToldFromStepToStep(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	s.Seek(s.Player().Find("authorize"))
	s.ShowSeen()
	if s.Next(); s.Tab() != seenTab {
		t.Errorf("while a value is followed the tab is %s", s.Tab())
	}
	if s.End(); s.Tab() != "words" {
		t.Errorf("at the end the tab is %s", s.Tab())
	}
}

func TestFollowingLightsEveryArrowThatCarriesTheValue(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Developer, "protocol", usual())
	s.End()
	s.Player().Follow(s.Player().Plan().Latest("nonce"))
	lit := map[string]bool{}
	for i, a := range arrows(s.Player(), s.told(), s.lit()) {
		if a.Lit {
			lit[s.Player().At(i).Step] = true
		}
	}
	for _, want := range []string{"create-state", "login-redirect", "authorize", "token-response", "validate-id-token"} {
		if !lit[want] {
			t.Errorf("%s carries the nonce and is not lit; lit are %v", want, lit)
		}
	}
}

func TestButtonsDoWhatTheKeysDo(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	for _, b := range []struct {
		button *page.Button
		want   int
	}{{s.transport.next, 0}, {s.transport.next, 1}, {s.transport.back, 0}, {s.transport.restart, -1}} {
		test.Tap(b.button)
		if s.Player().Cursor() != b.want {
			t.Errorf("%s leads to %d, want %d", b.button.Label, s.Player().Cursor(), b.want)
		}
	}
	x, wide := s.transport.progress.span(6, s.transport.progress.Size().Width)
	test.TapAt(s.transport.progress, fyne.NewPos(x+wide/2, 10))
	if s.Player().Cursor() != 6 {
		t.Errorf("a tap on the seventh segment leads to %d", s.Player().Cursor())
	}
}

func TestANarrowScreenShowsOnePaneAtATime(t *testing.T) {
	s, w := open(t, look.Light, tutorials.Everyone, "protocol", fyne.NewSize(600, 500))
	if narrow, details := s.Narrow(); !narrow || details || s.panes.right.Visible() || !s.panes.left.Visible() {
		t.Errorf("narrow %v, details %v", narrow, details)
	}
	s.TogglePane()
	if !s.panes.right.Visible() || s.panes.left.Visible() {
		t.Error("the other pane does not show")
	}
	s.TogglePane()
	press(s, fyne.KeyT)
	if !s.panes.right.Visible() || s.panes.left.Visible() {
		t.Error("the pane for changing a request does not show")
	}
	press(s, fyne.KeyEscape)
	w.Resize(usual())
	if !s.panes.right.Visible() || !s.panes.left.Visible() {
		t.Error("a wide screen does not show both panes")
	}
}

func TestTheInspectorKeepsRoomAndTheSplitComesBack(t *testing.T) {
	s, w := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	s.SetOffset(0.8)
	w.Resize(fyne.NewSize(900, 600))
	if got := s.panes.right.Size().Width; got < inspectorLeast-8 {
		t.Errorf("the inspector is %v wide", got)
	}
	w.Resize(fyne.NewSize(2400, 900))
	if s.Offset() != 0.8 || s.panes.split.Offset != 0.8 {
		t.Errorf("the split stands at %v, wanted %v", s.panes.split.Offset, s.Offset())
	}
}

func TestPlayStopsAtTheEnd(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	s.Seek(s.Player().Len() - 2)
	press(s, fyne.KeyP)
	if !s.Player().AtEnd() || s.auto.on {
		t.Errorf("at the end: %v, still playing: %v", s.Player().AtEnd(), s.auto.on)
	}
	s.Seek(s.Player().Len() - 2)
	s.auto.on = true // as after a tick: nobody pressed anything since
	s.Next()
	if s.transport.play.Chosen || s.transport.play.Icon != "play" {
		t.Error("the button still offers to pause")
	}
}

func TestTheChipIsTheTokenThatWasReallySent(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Developer, "protocol", usual())
	for mistake, want := range map[string]string{
		"id-token-instead": look.IDToken, "token-in-query": look.AccessToken, "tampered-token": look.AccessToken,
	} {
		s.Try(mistake)
		chips := arrows(s.Player(), s.told(), s.lit())[s.Player().Cursor()].Chips
		if len(chips) != 1 || chips[0].Artefact != want {
			t.Errorf("%s carries %+v, want %s", mistake, chips, want)
		}
	}
}

func TestAPartyHasOneArticle(t *testing.T) {
	for lens, want := range map[string]string{"protocol": "the browser", "hotel": "you, in the lobby"} {
		if got := party(narrator(t, tutorials.Everyone, lens), trace.UserAgent); got != want {
			t.Errorf("%s: got %q, want %q", lens, got, want)
		}
	}
}

// TestTheFragmentDoesNotTravelToTheApp: the browser keeps it (RFC 9110 section 7.1).
func TestTheFragmentDoesNotTravelToTheApp(t *testing.T) {
	p := played(t, "implicit", nil)
	all := arrows(p, narrator(t, tutorials.Everyone, "protocol"), "")
	for step, want := range map[string]int{"token-redirect": 1, "callback": 0, "mail": 1} {
		if got := all[p.Find(step)].Chips; len(got) != want {
			t.Errorf("the arrow of %s carries %+v, want %d", step, got, want)
		}
	}
}

func TestAfterTheEndTheWalkBeginsAgainWithoutTheChange(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	s.Try("other-verifier")
	if s.Player().Mistake() != "other-verifier" {
		t.Errorf("the mistake is %q", s.Player().Mistake())
	}
	s.End()
	s.act(actionRed)
	if step(s.Player()) != "token" {
		t.Errorf("the red step is %q", step(s.Player()))
	}
	asked := false
	s.OnMistakes = func() { asked = true }
	s.act(actionMistakes)
	if !asked {
		t.Error("nobody is asked for another mistake")
	}
	s.End()
	test.Tap(s.transport.next)
	if s.Player().Cursor() != -1 || len(s.Player().Choices().Edits) > 0 || s.Player().Mistake() != "" {
		t.Errorf("cursor %d, choices %+v", s.Player().Cursor(), s.Player().Choices())
	}
}

func TestOneFilledButtonAtATime(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	s.Seek(s.Player().Find("sign-in-page"))
	if !s.transport.next.Primary {
		t.Error("Next is not the filled button")
	}
	s.ShowTab("page")
	if s.transport.next.Primary {
		t.Error("Next is filled beside the page's own button")
	}
	s.ShowTab("words")
	s.Seek(s.Player().Find("authorize"))
	press(s, fyne.KeyT)
	if s.transport.next.Primary {
		t.Error("Next is filled beside the pane's own button")
	}
	press(s, fyne.KeyEscape)
	if !s.transport.next.Primary {
		t.Error("Next is not filled again")
	}
}

func TestPointingAtAValueLightsItUpUntilThePointerLeaves(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Developer, "protocol", usual())
	s.Seek(s.Player().Find("authorize"))
	s.inspector.OnPoint(s.Player().Plan().Latest("state"))
	count := func() (n int) {
		for _, a := range arrows(s.Player(), s.told(), s.lit()) {
			if a.Lit {
				n++
			}
		}
		return n
	}
	if count() != 3 {
		t.Errorf("%d arrows are lit, want 3", count())
	}
	if s.Player().Followed() != "" {
		t.Error("pointing follows")
	}
	s.inspector.OnPoint("")
	if count() != 0 {
		t.Error("the light stays")
	}
}

func TestTabLeavesAFieldOfSeveralRows(t *testing.T) {
	s, w := open(t, look.Light, tutorials.Developer, "protocol", usual())
	s.Seek(s.Player().Find("callback"))
	press(s, fyne.KeyT)
	row := param(t, s, "code_verifier")
	if !row.entry.MultiLine {
		t.Fatal("the verifier has one row only; choose a longer value")
	}
	w.Canvas().Focus(row.entry)
	w.Canvas().FocusNext()
	if w.Canvas().Focused() == fyne.Focusable(row.entry) || row.entry.AcceptsTab() {
		t.Error("Tab stays in the field")
	}
}

func TestAnotherVoiceKeepsWhatWasTypedInThePane(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Developer, "protocol", usual())
	s.Seek(s.Player().Find("callback"))
	press(s, fyne.KeyT)
	param(t, s, "code_verifier").entry.SetText("half typed")
	n := s.Narrator()
	n.Voice = tutorials.Everyone
	s.Tell(n)
	if got := param(t, s, "code_verifier").entry.Text; got != "half typed" {
		t.Errorf("the field now holds %q", got)
	}
}

// A long run has more segments than the row has room for with its usual gaps:
// they stand closer together before they become grains.
func TestSegmentsOfALongRunStandCloserTogether(t *testing.T) {
	p := newProgress()
	run := func(steps int) (wide float32) {
		segments := make([]segment, steps)
		for i := range segments {
			segments[i].starts = i%6 == 0
		}
		p.set(segments)
		last, wide := p.span(steps-1, 370)
		if last+wide > 370.5 {
			t.Errorf("%d segments take %v of 370", steps, last+wide)
		}
		return wide
	}
	if short, long := run(23), run(49); short < 8 || long < 4 {
		t.Errorf("of 23 a segment is %v wide, of 49 %v", short, long)
	}
}
