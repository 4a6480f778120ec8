package tutorials

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const flowID = "authorization-code-pkce"

// openEnglish is what all tests read, which change nothing of it: each part of it is read once, by whoever asks first.
var openEnglish = sync.OnceValues(func() (*Library, error) { return Open(files, "en") }) //nolint:gochecknoglobals // see english

func english(t *testing.T) *Library {
	t.Helper()
	l, err := openEnglish()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// copyOfEnglish is the embedded words in a form that can be damaged.
func copyOfEnglish(t *testing.T) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	err := fs.WalkDir(files, "en", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		m[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// happySteps are the steps of a run in which nothing goes wrong, in order.
func happySteps() []string {
	return []string{
		"click-login", "login", "create-state", "create-pkce", "login-redirect", "authorize", "sign-in-page",
		"type-password", "sign-in", "consent-page", "give-consent",
		"consent", "code-redirect", "callback",
		"token", "token-response", "jwks", "jwks-response", "validate-id-token",
		"mail", "mail-response", "welcome-page", "see-result",
	}
}

// elsewhereSteps are those of an app that does not run on a server.
func elsewhereSteps() []string {
	return []string{
		"visit", "open-page", "app-page", "tap-login", "open-browser", "callback-page", "opens-app", "opens-other",
		"stolen-code", "stolen-response", "stolen-refused", "stolen-mail", "stolen-mail-response", "stolen-mail-refused",
		"passes-on", "check-answer", "preflight", "preflight-response",
	}
}

// unhappySteps are those that occur only when something goes wrong.
func unhappySteps() []string {
	return []string{
		"type-wrong-password", "sign-in-refused", "refuse-consent", "denied-redirect", "error-redirect", "error-page",
		"callback-error", "token-again", "token-refused", "jwks-refused", "mail-refused", "login-failed-page",
		"see-refusal", "other-request", "other-response",
	}
}

func TestEveryStepHasWordsAndNoOther(t *testing.T) {
	want := slices.Concat(happySteps(), elsewhereSteps(), unhappySteps())
	if diff := cmp.Diff(want, english(t).Flows().Steps(flowID)); diff != "" {
		t.Errorf("steps with words (-want +got):\n%s", diff)
	}
}

func TestEveryStepIsCompleteInEveryVoiceAndLens(t *testing.T) {
	l := english(t)
	for _, id := range l.Flows().Steps(flowID) {
		for _, v := range Voices() {
			for _, lens := range l.Lenses() {
				s, ok := l.Flows().Step(flowID, id, v, lens.ID)
				texts := []string{s.Label, s.Title, s.Picture, s.Likeness, s.Happened, s.Why, s.Risk}
				if !ok || slices.Contains(texts, "") {
					t.Errorf("%s, %s, %s: something is missing: %+v", id, v, lens.ID, s)
				}
			}
		}
	}
}

// TestALensNamesThingsAndTheVoiceTellsTheStep keeps what executives and developers
// read, whatever things are called.
func TestALensNamesThingsAndTheVoiceTellsTheStep(t *testing.T) {
	l := english(t)
	for _, id := range l.Flows().Steps(flowID) {
		told := l.flows.step(flowID, id).lenses["hotel"].Step
		for _, v := range Voices() {
			got, _ := l.Flows().Step(flowID, id, v, "hotel")
			plain, _ := l.Flows().Step(flowID, id, v, ProtocolLens)
			want := told
			want.Picture, want.Holds = plain.Picture, plain.Holds
			if v != Everyone {
				want.Happened, want.Why, want.Risk = plain.Happened, plain.Why, plain.Risk
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", id, v, diff)
			}
		}
	}
	if s, _ := l.Flows().Step(flowID, "token", Developer, "hotel"); s.Label != "Trades ticket, shows seal stamp" {
		t.Errorf("the label is %q and not the hotel's", s.Label)
	}
}

func TestTheHotelTellsEveryStepFromBeginningToEnd(t *testing.T) {
	l := english(t)
	for _, id := range l.Flows().Steps(flowID) {
		told := l.flows.step(flowID, id).lenses["hotel"]
		if slices.Contains([]string{told.Label, told.Title, told.Likeness, told.Happened, told.Why, told.Risk}, "") {
			t.Errorf("%s: the hotel leaves something out: %+v", id, told)
		}
	}
}

func TestALensThatTellsNoMoreThanItsLikenessLeavesTheRestToTheVoice(t *testing.T) {
	m := copyOfEnglish(t)
	f := m["en/flows/authorization-code-pkce.md"]
	told := english(t).flows.step(flowID, "login").lenses["hotel"]
	f.Data = []byte(strings.NewReplacer(
		"Happened: "+told.Happened+"\n", "", "Why: "+told.Why+"\n", "", "Risk: "+told.Risk+"\n", "",
	).Replace(string(f.Data)))
	l, err := Open(m, "en")
	if err != nil {
		t.Fatal(err)
	}
	got, _ := l.Flows().Step(flowID, "login", Everyone, "hotel")
	plain, _ := l.Flows().Step(flowID, "login", Everyone, ProtocolLens)
	if got.Title != told.Title || got.Happened != plain.Happened || got.Why != plain.Why || got.Risk != plain.Risk {
		t.Errorf("got %+v", got)
	}
}

func TestDevelopersReadTheRequestOnTheArrow(t *testing.T) {
	l := english(t)
	if s, _ := l.Flows().Step(flowID, "token", Developer, ProtocolLens); s.Label != "POST /token code + code_verifier" {
		t.Errorf("the developer's label is %q", s.Label)
	}
}

func TestTheStepsNamesAreFilledIn(t *testing.T) {
	s := Step{
		Label: "{person}", Title: "{app}", Likeness: "{provider}",
		Happened: "{person} {app}", Why: "{provider}", Risk: "{person}", Picture: "scene-app",
	}
	want := Step{
		Label: "Jane", Title: "Travel app", Likeness: "Demo",
		Happened: "Jane Travel app", Why: "Demo", Risk: "Jane", Picture: "scene-app",
	}
	if diff := cmp.Diff(want, s.With("Jane", "Travel app", "Demo")); diff != "" {
		t.Error(diff)
	}
}

func TestEverySuggestedMistakeHasWords(t *testing.T) {
	want := []string{
		"other-redirect-uri", "unknown-client", "missing-challenge", "plain-challenge", "missing-state", "other-nonce",
		"other-response-type", "unknown-scope", "forged-form", "other-state", "other-issuer", "unknown-code",
		"other-verifier", "missing-verifier", "token-other-redirect-uri", "replayed-code", "other-client", "late-code",
		"no-token", "tampered-token", "id-token-instead", "token-in-query", "expired-token",
	}
	l := english(t)
	if diff := cmp.Diff(want, l.Flows().Mistakes(flowID)); diff != "" {
		t.Errorf("mistakes with words (-want +got):\n%s", diff)
	}
	m, ok := l.Flows().Mistake(flowID, "forged-form")
	if !ok || m.Step != "sign-in" || m.Title[Developer] == "" || m.Tries[Everyone] == "" || m.Lesson[Executive] == "" {
		t.Errorf("forged-form is incomplete: %+v", m)
	}
}

func TestTheFlowSaysWhatItIsFor(t *testing.T) {
	f, ok := english(t).Flows().Flow(flowID)
	if !ok {
		t.Fatal("no such flow")
	}
	if f.ID != flowID || f.Title != "Authorization code with PKCE" || f.Status != "recommended" {
		t.Errorf("head of the flow: %+v", f)
	}
	for _, chapter := range []string{"ask", "sign-in", "code", "tokens", "use"} {
		if f.Chapters[chapter] == "" {
			t.Errorf("chapter %s has no title", chapter)
		}
	}
}

func TestTheProtocolLensComesFirst(t *testing.T) {
	var ids []string
	for _, lens := range english(t).Lenses() {
		ids = append(ids, lens.ID)
	}
	if diff := cmp.Diff([]string{"protocol", "hotel", "office"}, ids); diff != "" {
		t.Error(diff)
	}
	hotel, _ := english(t).Lens("hotel")
	if hotel.Roles["authorization-server"] != (RoleName{
		Name: "Front desk", Phrase: "the front desk", Also: "Identity provider", Plain: "knows every guest",
	}) ||
		hotel.Artefacts["code"] != "claim ticket" || hotel.Artefacts["secret"] != "seal stamp" {
		t.Errorf("the hotel: %+v", hotel)
	}
}

func TestNamesAreLookedUpInTheDictionary(t *testing.T) {
	l := english(t)
	for _, row := range []struct{ name, kind, asked, want string }{
		{"a parameter by its name", "parameter", "code_challenge", "code_challenge"},
		{"a header without regard to case", "header", "WWW-AUTHENTICATE", "WWW-Authenticate"},
		{"a member of a key set as a claim", "member", "kty", "kty"},
		{"a claim of UserInfo as a member", "claim", "owner", "owner"},
	} {
		if e, ok := l.Dictionary().Entry(row.kind, row.asked); !ok || e.Name != row.want {
			t.Errorf("%s: got %q, %t", row.name, e.Name, ok)
		}
	}
	if scope, _ := l.Dictionary().Entry("member", "scope"); scope.Kind != "member" {
		t.Error("a member that has its own entry was explained as something else")
	}
	if _, ok := l.Dictionary().Entry("parameter", "kty"); ok {
		t.Error("a claim was found among the parameters")
	}
	if _, ok := l.Dictionary().Entry("parameter", "CODE"); ok {
		t.Error("parameters are compared with case")
	}
}

func TestWhatIsUnknownIsNotFound(t *testing.T) {
	l := english(t)
	_, flow := l.Flows().Flow("x")
	_, step := l.Flows().Step(flowID, "x", Everyone, ProtocolLens)
	_, voice := l.Flows().Step(flowID, "token", "x", ProtocolLens)
	_, mistake := l.Flows().Mistake("x", "no-token")
	_, lens := l.Lens("x")
	_, entry := l.Dictionary().Entry("x", "code")
	_, rule := l.Rules().Text("x", Everyone)
	_, refusal := l.Refusals().Text("x", Everyone)
	_, term := l.Glossary().Term("x")
	lists := l.Flows().Steps("x") != nil || l.Flows().Mistakes("x") != nil
	if flow || step || voice || mistake || lens || entry || rule || refusal || term || lists {
		t.Error("something that does not exist was found")
	}
	if _, err := Load("xx"); err == nil {
		t.Error("a language that does not exist was loaded")
	}
}

func TestRulesAreForThoseWhoDoNotReadTheRuleItself(t *testing.T) {
	l := english(t)
	for _, id := range l.Rules().IDs() {
		everyone, _ := l.Rules().Text(id, Everyone)
		executive, _ := l.Rules().Text(id, Executive)
		developer, ok := l.Rules().Text(id, Developer)
		if everyone == "" || executive == "" || developer != "" || !ok {
			t.Errorf("%s: %q, %q, %q", id, everyone, executive, developer)
		}
		if demanded, ok := l.Demanded(id); id != "deliberate-trouble" && (!ok || demanded == "") { // which says each time what it does
			t.Errorf("developers are not told what %s demands", id)
		}
	}
}

func TestARefusalIsExplainedByItsRuleThenByItsCodeThenInGeneral(t *testing.T) {
	l := english(t)
	rule, _ := l.Refusals().Text("code-unused", Everyone)
	code, _ := l.Refusals().Text("error:invalid_grant", Everyone)
	general, _ := l.Refusals().Text("error:", Everyone)
	for _, row := range []struct{ rule, code, want string }{
		{"code-unused", "invalid_grant", rule},
		{"a-rule-without-words", "invalid_grant", code},
		{"", "invalid_grant", code},
		{"a-rule-without-words", "a_code_without_words", general},
		{"", "", general},
	} {
		if got := l.Refusals().For(row.rule, row.code, Everyone); got == "" || got != row.want {
			t.Errorf("%q, %q: got %q", row.rule, row.code, got)
		}
	}
}

func TestCallersCannotChangeTheLibrary(t *testing.T) {
	l := english(t)
	l.Flows().Steps(flowID)[0], l.Rules().IDs()[0], l.Refusals().IDs()[0] = "x", "x", "x"
	l.Dictionary().Entries()[0].Name, l.Glossary().Terms()[0].ID = "x", "x"
	l.Lenses()[0].ID = "x"
	f, _ := l.Flows().Flow(flowID)
	f.Title = "x"
	g, _ := l.Flows().Flow(flowID)
	if l.Flows().Steps(flowID)[0] == "x" || l.Rules().IDs()[0] == "x" || l.Refusals().IDs()[0] == "x" || l.Dictionary().Entries()[0].Name == "x" ||
		l.Glossary().Terms()[0].ID == "x" || l.Lenses()[0].ID == "x" || g.Title == "x" {
		t.Error("a caller's change shows")
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load("en"); err != nil {
			b.Fatal(err)
		}
	}
}
