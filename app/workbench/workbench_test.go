package workbench

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/pkce"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// ofTheRFC is RFC 7519 section 3.1.
const ofTheRFC = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." +
	"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ." +
	"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

// desk speaks by ids and notes what is asked of it.
type notes struct {
	copied, pasted string
	left, closed   int
}

func desk(n *notes) *Desk {
	say, _ := tutorials.Catalog("en") // without one the benches say ids, which no test looks for
	return &Desk{
		Words: say,
		Say:   func(id string) string { return "<" + id + ">" }, Rule: func(c trace.Check) string { return c.Rule },
		Meaning:   func(claim string) string { return "what `" + claim + "` means, see [there](glossary:there)" },
		Plainly:   func(f trace.Field) (string, string) { return f.Value, "" },
		Developer: func() bool { return true },
		Copy:      func(text, _ string) { n.copied = text }, Pasted: func() string { return n.pasted },
		Key: func(*fyne.KeyEvent) bool { return true }, Leave: func() { n.left++ }, Close: func() { n.closed++ }, Changed: func() {},
	}
}

// checks pass the token of the RFC and no other.
func checks(_ token.Kind, raw string) []trace.Check {
	c := trace.Check{ID: "signature", Rule: "the signature fits", Result: trace.Pass}
	if raw != ofTheRFC {
		c.Result, c.Reason = trace.Fail, "it was changed"
	}
	return []trace.Check{c, {ID: "azp", Rule: "azp fits", Result: trace.Skip, Reason: "there is none"}}
}

func tokenBench(t *testing.T, n *notes) (*TokenBench, fyne.Window) {
	t.Helper()
	looktest.App(t)
	b := NewTokenBench(desk(n))
	b.Offered = func() []Offered { return []Offered{{Label: "ID token · step 16", Raw: ofTheRFC}} }
	b.Check, b.Slot = checks, func(token.Kind) int { return 20 }
	b.Update()
	w := test.NewTempWindow(t, b.Content())
	w.Resize(fyne.NewSize(840, 700))
	return b, w
}

// words are all that is visible.
func words(o fyne.CanvasObject) string {
	var out []string
	walk(o, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Label:
			out = append(out, o.Text)
		case *canvas.Text:
			out = append(out, o.Text)
		case *page.Line:
			out = append(out, o.Words)
		case *page.Text:
			out = append(out, o.Words())
		case *page.Button:
			out = append(out, o.Label)
		}
	})
	return strings.Join(out, "\n")
}

func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			walk(child, visit)
		}
	}
}

func tap(t *testing.T, o fyne.CanvasObject, label string) {
	t.Helper()
	var found *page.Button
	walk(o, func(o fyne.CanvasObject) {
		if b, ok := o.(*page.Button); ok && b.Label == label {
			found = b
		}
	})
	if found == nil {
		t.Fatalf("no button %q in\n%s", label, words(o))
	}
	found.Tapped(nil)
}

func TestATokenIsReadWithWhatItsClaimsMean(t *testing.T) {
	n := &notes{}
	b, w := tokenBench(t, n)
	if all := words(w.Content()); !strings.Contains(all, "<token/none>") {
		t.Errorf("an empty bench says %s", all)
	}
	tap(t, w.Content(), "ID token · step 16")
	all := words(w.Content())
	for _, want := range []string{"<token/read>", "alg", `"HS256"`, "iss", `"joe"`, "1300819380", "what iss means, see there", "signature"} {
		if !strings.Contains(all, want) {
			t.Errorf("does not show %q:\n%s", want, all)
		}
	}
	if strings.Contains(all, "signature fits") {
		t.Error("reading is mixed with checking")
	}
	tap(t, w.Content(), "Copy token")
	if n.copied != ofTheRFC || b.Raw() != ofTheRFC || b.Verdict() != "" {
		t.Errorf("copied %q", n.copied)
	}
}

func TestEachRuleIsShownWithWhatCameOfIt(t *testing.T) {
	b, w := tokenBench(t, &notes{})
	b.Paste(ofTheRFC)
	b.Show(PartCheck)
	all := words(w.Content())
	for _, want := range []string{"<token/accepted>", "the signature fits", "azp fits", "skipped: there is none"} {
		if !strings.Contains(all, want) {
			t.Errorf("does not show %q:\n%s", want, all)
		}
	}
	if b.Part() != "check" || strings.Contains(all, `"joe"`) {
		t.Error("checking is mixed with reading")
	}
}

func TestAnEditMakesTheSignatureFailAndCanBeTakenBack(t *testing.T) {
	b, w := tokenBench(t, &notes{})
	var put string
	b.Put = func(_ token.Kind, raw string) error { put = raw; return nil }
	b.Paste(ofTheRFC)
	b.Show(PartMake)
	if all := words(w.Content()); !strings.Contains(all, "<token/same>") {
		t.Errorf("without an edit: %s", all)
	}
	b.payload.SetText(strings.Replace(b.payload.Text, "joe", "ann", 1))
	all := words(w.Content())
	if !strings.Contains(all, "<token/refused>") || !strings.Contains(all, "it was changed") || b.Verdict() != "signature" {
		t.Errorf("after an edit: %s", all)
	}
	tap(t, w.Content(), "Send it in step 20")
	if put == "" || put == ofTheRFC || put != b.Raw() {
		t.Errorf("sent %q", put)
	}
	b.Show(PartRead)
	if all := words(w.Content()); !strings.Contains(all, `"ann"`) {
		t.Errorf("the edit is not read: %s", all)
	}
	b.Show(PartMake)
	b.payload.SetText("{")
	if all := words(w.Content()); !strings.Contains(all, "<token/problem/bad-edit>") || b.Raw() != "" || b.Verdict() != "" {
		t.Errorf("a broken edit: %s", all)
	}
	b.Show(PartCheck)
	b.Show(PartMake)
	if b.payload.Text != "{" {
		t.Errorf("what was typed is lost: %q", b.payload.Text)
	}
	tap(t, w.Content(), "Take the change back")
	if b.Raw() != ofTheRFC || b.Verdict() != "" {
		t.Errorf("the token is %q", b.Raw())
	}
}

func TestWhatIsNoTokenIsNamedAndNothingIsLost(t *testing.T) {
	n := &notes{pasted: strings.Repeat("a", token.MaxPasted+1)}
	b, w := tokenBench(t, n)
	b.Paste(ofTheRFC)
	tap(t, w.Content(), "Paste")
	if all := words(w.Content()); !b.Complaint() || !strings.Contains(all, "<token/problem/too-long>") ||
		!strings.Contains(all, "65537 bytes") {
		t.Errorf("says %s", all)
	}
	if b.Raw() != ofTheRFC {
		t.Error("the token that lay there is gone")
	}
	b.entry.SetText("hello")
	b.entry.OnSubmitted(b.entry.Text)
	if all := words(w.Content()); !strings.Contains(all, "<token/problem/parts>") || b.entry.Text != "hello" || b.Raw() != ofTheRFC {
		t.Errorf("says %s", all)
	}
	n.pasted = "Bearer " + ofTheRFC
	tap(t, w.Content(), "Paste")
	if b.Complaint() || b.entry.Text != "" {
		t.Error("the complaint stays though a token came")
	}
}

func TestALongTextIsNeverPutIntoAField(t *testing.T) {
	n := &notes{}
	b, _ := tokenBench(t, n)
	clip := looktest.App(t).Clipboard()
	clip.SetContent(strings.Repeat("x", 1<<20))
	b.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if b.entry.Text != "" || !b.Complaint() {
		t.Errorf("the field holds %d letters", len(b.entry.Text))
	}
	b.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if n.closed != 1 || b.entry.AcceptsTab() {
		t.Error("Escape and Tab do not leave the field")
	}
}

func pkceBench(t *testing.T, ofRun string) (*PKCEBench, fyne.Window) {
	t.Helper()
	looktest.App(t)
	b := NewPKCEBench(desk(&notes{}), func() string { return ofRun })
	b.Update()
	w := test.NewTempWindow(t, b.Content())
	w.Resize(fyne.NewSize(840, 900))
	return b, w
}

func TestTheExampleOfTheRFCIsOneClick(t *testing.T) {
	b, w := pkceBench(t, "")
	b.Set("hunter2")
	if b.Verdict() != pkce.RuleLeast || !strings.Contains(words(w.Content()), "<pkce/verifier-least> Here: 7 characters.") {
		t.Errorf("a short verifier: %s", words(w.Content()))
	}
	if !strings.Contains(words(w.Content()), "<pkce/short>") {
		t.Error("a verifier that can be guessed is called safe")
	}
	tap(t, w.Content(), "The example of RFC 7636")
	all := words(w.Content())
	for _, want := range []string{"64 42 6a 66", "13 d3 1e 96", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "<pkce/s256>"} {
		if !strings.Contains(all, want) {
			t.Errorf("does not show %q:\n%s", want, all)
		}
	}
	if b.Verdict() != "" || b.entry.Text != pkce.Example() {
		t.Errorf("%q: %s", b.entry.Text, b.Verdict())
	}
}

func TestTheChallengeFollowsWhatIsTypedAndRolled(t *testing.T) {
	b, w := pkceBench(t, strings.Repeat("r", 43))
	b.entry.SetText(strings.Repeat("a", 42) + " ")
	if b.Verdict() != pkce.RuleLeast { // a space at the end is a slip
		t.Errorf("breaks %q", b.Verdict())
	}
	b.entry.SetText(strings.Repeat("a", 43) + "+")
	if b.Verdict() != pkce.RuleAlphabet {
		t.Errorf("breaks %q", b.Verdict())
	}
	b.entry.SetText(strings.Repeat("a", 4000))
	if b.Verdict() != pkce.RuleMost || len(b.entry.Text) != maxVerifier {
		t.Errorf("breaks %q with %d letters", b.Verdict(), len(b.entry.Text))
	}
	tap(t, w.Content(), "Roll a new one")
	rolled := b.Worked()
	tap(t, w.Content(), "Roll a new one")
	if rolled.Verifier == b.Worked().Verifier || !rolled.Sound() {
		t.Errorf("rolled %q twice", rolled.Verifier)
	}
	tap(t, w.Content(), "The one of this run")
	if b.Worked().Verifier != strings.Repeat("r", 43) {
		t.Errorf("%q is not the one of the run", b.Worked().Verifier)
	}
}

func TestPlainGivesTheVerifierAway(t *testing.T) {
	b, w := pkceBench(t, "")
	b.method.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if all := words(w.Content()); !strings.Contains(all, "<pkce/plain>") || strings.Contains(all, "<pkce/s256>") ||
		!strings.Contains(all, pkce.Example()+"  (the same)") {
		t.Errorf("shows %s", all)
	}
}

func TestABenchShowsItsWordsWithoutTheirMarks(t *testing.T) {
	all := wordstest.English(t)
	for _, voice := range tutorials.Voices() {
		n := tutorials.Narrator{Words: all, Voice: voice}
		for _, id := range all.Benches().IDs() {
			if shown := newBench(desk(&notes{})).prose(n.Bench(id)).Words(); shown == "" || strings.ContainsAny(shown, "`*[") {
				t.Errorf("%s to %s shows %q", id, voice, shown)
			}
		}
	}
}

func TestABenchShowsValuesAsTheyStand(t *testing.T) {
	c := trace.Check{ID: "signature", Rule: "x", Result: trace.Fail, Expected: "**a**", Got: "`b` [c](glossary:d)"}
	shown := words(newBench(desk(&notes{})).verdict(&c))
	if !strings.Contains(shown, "**a**") || !strings.Contains(shown, "`b` [c](glossary:d)") {
		t.Errorf("two values are shown as %q", shown)
	}
}

func TestTheKeyboardStaysWhereItIsWhileTheBenchIsDrawnAnew(t *testing.T) {
	n := &notes{}
	b, w := tokenBench(t, n)
	b.Paste(ofTheRFC)
	if w.Canvas().Focus(b.First()); w.Canvas().Focused() != b.entry {
		t.Error("a token can't be pasted at once")
	}
	w.Canvas().Focus(b.parts)
	for _, part := range []string{"check", "make"} {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		if b.Part() != part || w.Canvas().Focused() != b.parts || n.left != 0 {
			t.Fatalf("the bench shows %s, and %T has the keyboard", b.Part(), w.Canvas().Focused())
		}
	}
}
