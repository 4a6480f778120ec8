package walk

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/workbench"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestATokenOfTheRunIsEditedSentAndRefused(t *testing.T) {
	s := opening(t, Options{Flow: "authorization-code-pkce", At: "welcome-page"})
	offered := s.benches.offered()
	if len(offered) != 2 {
		t.Fatalf("the run offers %v", offered)
	}
	s.benches.lay(benchToken, offered[0].Raw)
	if got := s.state(); got.Bench != "token/read" || got.Verdict != "" {
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
	if err := s.benches.token.Lay(edited); err != nil {
		t.Fatal(err)
	}
	if got := s.state().Verdict; got != "token-signature" {
		t.Errorf("the edited token breaks %q", got)
	}
	if err := s.benches.put(token.AccessToken, edited); err != nil {
		t.Fatal(err)
	}
	if got := s.state(); got.Bench != "" || got.Step != "mail" {
		t.Errorf("after sending: %+v", got)
	}
	s.screen.End()
	if got := s.state(); got.Outcome != "refused" || got.Rule != "token-signature" {
		t.Errorf("the run ends with %+v", got)
	}
}

func TestWhatIsNoTokenOfTheRunCannotBeSent(t *testing.T) {
	s := opening(t, Options{Flow: "authorization-code-pkce", At: "token-response"})
	if err := s.screen.Player().Bench().Put(token.IDToken, "x"); err == nil {
		t.Error("no request of this run brings an ID token")
	}
}

func failedOf(checks []trace.Check) *trace.Check {
	return (&trace.Message{Checks: checks}).FailedCheck()
}

func TestABenchKeepsWhatLiesOnItAndItsKeys(t *testing.T) {
	s := opening(t, Options{Flow: "authorization-code-pkce", At: "create-pkce"})
	s.benches.showPKCE()
	s.benches.pkce.Set("short")
	typeKeys(s, fyne.KeyReturn, fyne.KeyPageDown, fyne.KeyEnd, fyne.KeyHome, fyne.KeyPageUp)
	if got := s.state(); got.Bench != "pkce" || got.Verdict != "verifier-least" || got.Step != "create-pkce" {
		t.Errorf("%+v", got)
	}
	typeKeys(s, fyne.KeyEscape)
	if s.dialogs.IsOpen() || s.state().Bench != "" {
		t.Error("Escape does not close the bench")
	}
	s.benches.showPKCE()
	if got := s.state().Verdict; got != "verifier-least" {
		t.Errorf("what lay there is gone: %q", got)
	}
	s.benches.lay(benchPKCE, s.screen.Player().Plan().Latest("code_verifier"))
	if got := s.state(); got.Verdict != "" || got.Bench != "pkce" {
		t.Errorf("%+v", got)
	}
	s.benches.showToken()
	if got := s.state(); got.Bench != "token/read" || s.benches.token.Raw() != s.screen.Player().Bench().Sample() {
		t.Errorf("before any token has crossed one lies there that will: %+v", got)
	}
	s.benches.token.Show(workbench.PartMake)
	if got := s.state().Bench; got != "token/make" {
		t.Errorf("the bench shows %q", got)
	}
}
