package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/workbench"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestATokenOfTheRunIsEditedSentAndRefused(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{Flow: "authorization-code-pkce", At: "welcome-page"})
	offered := w.offered()
	if len(offered) != 2 {
		t.Fatalf("the run offers %v", offered)
	}
	w.bench(benchToken, offered[0].Raw)
	if got := w.state(); got.Bench != "token/read" || got.Verdict != "" {
		t.Fatalf("the bench: %q breaks %q", got.Bench, got.Verdict)
	}
	draft, err := token.NewDraft(offered[0].Raw)
	if err != nil {
		t.Fatal(err)
	}
	edited, err := draft.Make(draft.Header, strings.Replace(draft.Payload, "mail.read", "mail.read mail.send", 1))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.benches.token.Lay(edited); err != nil {
		t.Fatal(err)
	}
	if got := w.state().Verdict; got != "token-signature" {
		t.Errorf("the edited token breaks %q", got)
	}
	if err := w.putToken(token.AccessToken, edited); err != nil {
		t.Fatal(err)
	}
	if got := w.state(); got.Bench != "" || got.Step != "mail" {
		t.Errorf("after sending: %+v", got)
	}
	w.screen.End()
	if got := w.state(); got.Outcome != "refused" || got.Rule != "token-signature" {
		t.Errorf("the run ends with %+v", got)
	}
}

func TestWhatIsNoTokenOfTheRunCannotBeSent(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{Flow: "authorization-code-pkce", At: "token-response"})
	if err := w.screen.Player().Put(token.IDToken, "x"); err == nil {
		t.Error("no request of this run brings an ID token")
	}
}

// Each flow has its own app, API and keys; the access token of each is accepted on the bench.
func TestTheTokensOfEveryFlowPassTheirRules(t *testing.T) {
	for _, f := range flows.All() {
		t.Run(f.ID, func(t *testing.T) {
			w := opening(t, test.NewTempApp(t), Options{Flow: f.ID})
			p := w.screen.Player()
			i := p.Find("token-response")
			if i < 0 {
				return // the implicit grant has none
			}
			w.screen.Seek(i)
			for _, o := range w.offered() {
				if c := failedOf(p.Check(token.KindOf(o.Raw), o.Raw)); c != nil {
					t.Errorf("%s: %s: expected %s, got %s", o.Label, c.ID, c.Expected, c.Got)
				}
			}
		})
	}
}

func failedOf(checks []trace.Check) *trace.Check {
	return (&trace.Message{Checks: checks}).FailedCheck()
}

func TestABenchKeepsWhatLiesOnItAndItsKeys(t *testing.T) {
	w := opening(t, test.NewTempApp(t), Options{Flow: "authorization-code-pkce", At: "create-pkce"})
	w.showPKCEBench()
	w.benches.pkce.Set("short")
	typeKeys(w, fyne.KeyReturn, fyne.KeyPageDown, fyne.KeyEnd, fyne.KeyHome, fyne.KeyPageUp)
	if got := w.state(); got.Bench != "pkce" || got.Verdict != "verifier-least" || got.Step != "create-pkce" {
		t.Errorf("%+v", got)
	}
	typeKeys(w, fyne.KeyEscape)
	if w.dialogs.IsOpen() || w.state().Bench != "" {
		t.Error("Escape does not close the bench")
	}
	w.showPKCEBench()
	if got := w.state().Verdict; got != "verifier-least" {
		t.Errorf("what lay there is gone: %q", got)
	}
	w.bench(benchPKCE, w.screen.Player().Plan().Latest("code_verifier"))
	if got := w.state(); got.Verdict != "" || got.Bench != "pkce" {
		t.Errorf("%+v", got)
	}
	w.showTokenBench()
	if got := w.state(); got.Bench != "token/read" || w.benches.token.Raw() != "" {
		t.Errorf("before any token: %+v", got)
	}
	w.benches.token.Show(workbench.PartMake)
	if got := w.state().Bench; got != "token/make" {
		t.Errorf("the bench shows %q", got)
	}
}
