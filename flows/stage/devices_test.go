package stage_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// tv is a television that has asked for a code.
func tv(t *testing.T) (*scene, *stage.TV) {
	t.Helper()
	s := newScene(t, stage.Options{Cast: stage.Cast{Client: stage.TravelTV(), API: stage.Mailbox()}})
	tv := s.TV()
	if err := tv.Ask("mail.read"); err != nil {
		t.Fatal(err)
	}
	return s, tv
}

// answering refuses with one error after the other, and then no more.
func answering(codes ...string) func(url.Values) string {
	return func(url.Values) string {
		if len(codes) == 0 {
			return ""
		}
		code := codes[0]
		codes = codes[1:]
		return code
	}
}

func TestATelevisionAsksAgainUntilSomebodyLetItIn(t *testing.T) {
	s, tv := tv(t)
	s.fake.refuses = answering("authorization_pending", "slow_down", "authorization_pending")
	started := s.Now()
	for i, wait := range []time.Duration{5, 5, 10, 10} { // RFC 8628 section 3.5: slow_down adds 5 seconds
		before := s.Now()
		token, again, err := tv.Poll(true)
		if err != nil || again != (i < 3) || (token != "") == again {
			t.Fatalf("question %d: %q, again %t, %v", i+1, token, again, err)
		}
		if took := s.Now().Sub(before).Round(time.Second); took != wait*time.Second {
			t.Errorf("question %d came after %s, want %ds", i+1, took, wait)
		}
	}
	if form := s.fake.asked[0]; form.Get("device_code") != "a-device-code" || form.Get("client_id") != "tv-client" {
		t.Errorf("it asked with %v after %s", form, s.Now().Sub(started))
	}
}

func TestAnImpatientTelevisionDoesNotWait(t *testing.T) {
	s, tv := tv(t)
	before := s.Now()
	if _, _, err := tv.Poll(false); err != nil || s.Now().Sub(before) > time.Second {
		t.Errorf("it waited %s: %v", s.Now().Sub(before), err)
	}
	tv.WaitsUntilExpiry()
	if waited := s.Now().Sub(before); waited < 600*time.Second {
		t.Errorf("after %s its code is not dead yet", waited)
	}
}

func TestATelevisionThatIsRefusedSaysSo(t *testing.T) {
	s, tv := tv(t)
	s.fake.refuses = answering("access_denied")
	token, again, err := tv.Poll(true)
	if token != "" || again || err == nil {
		t.Fatalf("%q, again %t, %v", token, again, err)
	}
	if err := tv.Shows(nil, err); err != nil {
		t.Fatal(err)
	}
	if object, result := s.shown(); result || object != "That did not work." {
		t.Errorf("it shows %q, as a result: %t", object, result)
	}
}

func TestATelevisionShowsWhatTheAPIGave(t *testing.T) {
	s, tv := tv(t)
	token, _, err := tv.Poll(true)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := tv.Read("/messages", token)
	if err != nil || len(lines) != 2 {
		t.Fatalf("it read %q, %v", lines, err)
	}
	if err := tv.Shows(lines, nil); err != nil {
		t.Fatal(err)
	}
	if object, result := s.shown(); !result || object != "These flights were found in your mailbox:" {
		t.Errorf("it shows %q, as a result: %t", object, result)
	}
	if err := tv.Shows(nil, nil); err != nil {
		t.Fatal(err)
	}
	if object, _ := s.shown(); object != "There is no flight in your mailbox." {
		t.Errorf("without a mail it shows %q", object)
	}
	if _, err := tv.Read("/messages", "nonsense"); err == nil {
		t.Error("a token that is none opened the mailbox")
	}
}

func TestThePersonBringsTheCodeFromTheScreenToThePhone(t *testing.T) {
	const page = `<form method="post" action="/realms/demo/sign-in"><input name="user_code"><button>Go on</button></form>`
	devicePage := func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, page) }
	f := &fake{t: t, pages: map[string]http.HandlerFunc{"GET /realms/demo/device": devicePage}}
	s := newSceneWith(f, stage.Options{Cast: stage.Cast{Client: stage.TravelTV(), API: stage.Mailbox()}})
	tv := s.TV()
	if err := tv.Ask("mail.read"); err != nil {
		t.Fatal(err)
	}
	if err := tv.ShowCode(); err != nil {
		t.Fatal(err)
	}
	scanned, err := s.User.Scan(tv.Complete())
	if err == nil {
		_, err = s.User.CompareCode(scanned)
	}
	if err != nil {
		t.Fatal(err)
	}
	typed, err := s.User.TypeAddress(tv.Address())
	if err == nil {
		typed, err = s.User.TypeCode(typed, tv.Code())
	}
	if err != nil {
		t.Fatal(err)
	}
	if same, err := s.User.TypeCode(typed, tv.Code()); err != nil || same != typed {
		t.Errorf("on a page that asks for no code nothing is typed: %v", err)
	}
	if same, err := s.User.CompareCode(typed); err != nil || same != typed {
		t.Errorf("on a page that asks for no code nothing is compared: %v", err)
	}
	want := []string{stage.StepShowsCode, stage.StepScanCode, stage.StepCompareCode, stage.StepTypeAddress, stage.StepTypeCode}
	if got := gestures(s); !slices.Equal(got, want) {
		t.Errorf("the person did %v, want %v", got, want)
	}
}

// gestures are the steps of the person and of what is shown to them.
func gestures(s *scene) []string {
	var out []string
	for _, m := range s.Trace().Messages {
		if m.Kind == trace.Gesture {
			out = append(out, m.Step)
		}
	}
	return out
}

// job is a machine that works for nobody.
func job(t *testing.T, method string) (*scene, *stage.Job) {
	t.Helper()
	client := stage.BillingJob()
	if client.AuthMethod = method; method == stage.AuthKey {
		client.Secret = ""
	}
	s := newScene(t, stage.Options{Cast: stage.Cast{Client: client, API: stage.Invoices()}})
	s.fake.accessToken = claim("sub", client.ID)
	return s, s.Job()
}

func TestAMachineProvesWhoItIsAsItIsRegistered(t *testing.T) {
	for method, sends := range map[string]string{
		stage.AuthBasic: "basic", stage.AuthPost: "client_secret", stage.AuthKey: "client_assertion",
	} {
		s, job := job(t, method)
		if token, err := job.Token("read:invoices"); err != nil || token == "" {
			t.Fatalf("%s: %q, %v", method, token, err)
		}
		form := s.fake.asked[0]
		for _, proof := range []string{"basic", "client_secret", "client_assertion"} {
			if form.Has(proof) != (proof == sends) {
				t.Errorf("%s: the proof %s is sent: %t", method, proof, form.Has(proof))
			}
		}
		if form.Get("grant_type") != "client_credentials" || form.Get("scope") != "read:invoices" {
			t.Errorf("%s: it asked with %v", method, form)
		}
	}
}

func TestWhatAMachineSignsSpeaksOfItAndOfThisProvider(t *testing.T) {
	s, job := job(t, stage.AuthKey)
	if _, err := job.Token("read:invoices"); err != nil {
		t.Fatal(err)
	}
	signed, err := trace.DecodeJWT(s.fake.asked[0].Get("client_assertion"))
	if err != nil {
		t.Fatal(err)
	}
	machine := stage.BillingJob().ID
	for name, want := range map[string]string{"iss": machine, "sub": machine, "aud": s.Issuer()} { // RFC 7523 section 3
		if got := signed.Claim(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if keys := s.fake.env.Client.Keys; keys == nil || len(keys.Keys) != 1 || !keys.Keys[0].IsPublic() {
		t.Errorf("the provider is given %+v, not one public key", keys)
	}
}

func TestAMachineSaysHowItsNightWent(t *testing.T) {
	s, job := job(t, stage.AuthBasic)
	if err := job.Starts(); err != nil {
		t.Fatal(err)
	}
	token, err := job.Token("read:invoices write:invoices")
	if err == nil {
		err = job.Get("/invoices", token)
	}
	if err == nil {
		err = job.Post("/invoices", token, map[string]any{"customer": "Blue Air", "euros": 640})
	}
	if err := job.Ends(err); err != nil {
		t.Fatal(err)
	}
	if last := s.Trace().Messages[len(s.Trace().Messages)-1].Step; last != stage.StepJobDone {
		t.Errorf("it ends with %s", last)
	}
	if err := job.Ends(job.Get("/invoices", "nonsense")); err != nil {
		t.Errorf("a refusal is an outcome: %v", err)
	}
	if last := s.Trace().Messages[len(s.Trace().Messages)-1].Step; last != stage.StepJobFailed {
		t.Errorf("a refused job ends with %s", last)
	}
	if err := job.Post("/invoices", token, func() {}); err == nil {
		t.Error("what is no document was sent")
	}
	if err := job.Ends(http.ErrHandlerTimeout); err == nil {
		t.Error("a fault of the program was taken for an outcome")
	}
}

func TestAnOldAppHoldsThePassword(t *testing.T) {
	s := newScene(t, stage.Options{Cast: stage.Cast{Client: stage.OldDesktopApp(), API: stage.Mailbox()}})
	app := s.DesktopApp()
	token, err := app.SignIn("mail.read")
	if err != nil {
		t.Fatal(err)
	}
	if form := s.fake.asked[0]; form.Get("grant_type") != "password" || form.Get("username") != "jane" || form.Get("password") != "jane" {
		t.Errorf("the app sent %v", form)
	}
	lines, err := app.Read("/messages", token)
	if err := app.Shows(lines, err); err != nil {
		t.Fatal(err)
	}
	if object, result := s.shown(); !result || object != "These flights were found in your mailbox:" {
		t.Errorf("the app shows %q, as a result: %t", object, result)
	}
	s.fake.refuses = answering("invalid_grant")
	_, err = app.SignIn("mail.read")
	if err := app.Shows(nil, err); err != nil {
		t.Errorf("a refusal is an outcome: %v", err)
	}
	if object, result := s.shown(); result || object != "That did not work." {
		t.Errorf("a refused app shows %q, as a result: %t", object, result)
	}
	if err := app.Shows(nil, http.ErrHandlerTimeout); err == nil {
		t.Error("a fault of the program was taken for an outcome")
	}
}
