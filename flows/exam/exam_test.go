package exam_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// stand is a provider that makes no trouble and writes down what was ordered,
// and a client whose requests a test sends.
type stand struct {
	t       *testing.T
	tape    *tape.Tape
	sitting *exam.Sitting
	ordered []string
	ended   []int
	waits   bool
	n       int
}

func newStand(t *testing.T, questions ...string) *stand {
	t.Helper()
	s := &stand{t: t, tape: tape.New(tape.Bounds{})}
	var asked []exam.Question
	for _, q := range exam.Questions() {
		if slices.Contains(questions, q.ID) {
			asked = append(asked, q)
		}
	}
	s.sitting = exam.New(s, exam.Client{ID: "web", RedirectURIs: []string{"https://app.example/in"}}, asked...)
	return s
}

func (s *stand) Order(client string, q exam.Trouble, value string) (int, error) {
	s.ordered, s.waits = append(s.ordered, strings.TrimSpace(client+" "+q.Kind+" "+value)), true
	return len(s.ordered), nil
}

func (s *stand) Cancel(id int) { s.ended = append(s.ended, id) }

func (s *stand) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.ReadAll(r.Body) // what nobody reads is not on the tape
	switch r.URL.Path {
	case "/auth":
		if s.waits {
			trace.Record(r.Context(), trace.Check{ID: "deliberate-trouble", Result: trace.Skip})
			s.waits = false
		}
		s.n++
		w.Header().Set("Location", fmt.Sprintf("https://app.example/in?code=code-%d&state=x", s.n))
		w.WriteHeader(http.StatusFound)
	case "/token":
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"access_token":"access-%d","id_token":"id-%d"}`, s.n, s.n)
	default:
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"sub":"jane"}`)
	}
}

func (s *stand) send(method, path, body, bearer string) {
	r := httptest.NewRequestWithContext(s.t.Context(), method, "https://idp.example"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	s.tape.Around(s, trace.AuthorizationServer).ServeHTTP(httptest.NewRecorder(), r)
	s.sitting.Read(s.tape)
}

// login goes as far as it is told: to the callback, the tokens, or UserInfo.
func (s *stand) login(as string, far int) {
	s.send(http.MethodGet, "/auth?client_id="+as+"&response_type=code&redirect_uri=https://app.example/in&state=x", "", "")
	if far > 0 {
		s.send(http.MethodPost, "/token", fmt.Sprintf("grant_type=authorization_code&code=code-%d&client_id=%s", s.n, as), "")
	}
	if far > 1 {
		s.send(http.MethodGet, "/userinfo", "", fmt.Sprintf("access-%d", s.n))
	}
}

func (s *stand) verdicts() map[string]exam.Verdict {
	found := map[string]exam.Verdict{}
	r := s.sitting.Report()
	for _, one := range r.Results {
		found[one.ID] = one.Verdict
	}
	return found
}

func TestEachLoginIsGivenTheNextQuestionAfterAnOrdinaryOne(t *testing.T) {
	s := newStand(t, "issuer", "nonce", "state", "replayed-code")
	if step, _, _ := s.sitting.Next(); step != exam.First {
		t.Errorf("it begins with %s", step)
	}
	s.login("web", 1)
	s.login("web", 1)
	s.login("web", 0)
	s.login("web", 1)
	if step, _, _ := s.sitting.Next(); step != exam.Last {
		t.Errorf("after the questions comes %s", step)
	}
	s.login("web", 1)
	if step, _, _ := s.sitting.Next(); step != exam.Over {
		t.Errorf("after all comes %s", step)
	}
	want := []string{"web wrong-issuer", "web wrong-state", "web replayed-code code-1"}
	if !slices.Equal(s.ordered, want) {
		t.Errorf("ordered %q, want %q: a client that sends no nonce is not asked about it", s.ordered, want)
	}
	if r := s.sitting.Report(); !r.Works || !r.Still || !r.Whole || s.verdicts()["nonce"] != exam.Moot {
		t.Errorf("the report is %+v", r)
	}
	if s.sitting.Close(); !slices.Equal(s.ended, []int{1, 2, 3}) {
		t.Errorf("cancelled %v: each trouble ends", s.ended)
	}
}

func TestTokensThatAreUsedWereSwallowed(t *testing.T) {
	for far, want := range map[int]exam.Verdict{0: exam.Unreached, 1: exam.Noticed, 2: exam.Swallowed} {
		s := newStand(t, "issuer")
		s.login("web", 2)
		s.login("web", far)
		s.login("web", 2)
		if got := s.verdicts()["issuer"]; got != want {
			t.Errorf("a client that goes to %d is said to have %s, want %s", far, got, want)
		}
	}
}

func TestOfAClientThatDoesNothingWithItsTokensNobodyKnows(t *testing.T) {
	s := newStand(t, "issuer")
	s.login("web", 1)
	s.login("web", 1)
	s.login("web", 1)
	if got := s.verdicts()["issuer"]; got != exam.Unknown {
		t.Errorf("it is %s, though nothing shows it", got)
	}
}

func TestACodeThatIsSentOnAfterAWrongAnswerWasSwallowed(t *testing.T) {
	for far, want := range map[int]exam.Verdict{0: exam.Noticed, 1: exam.Swallowed} {
		s := newStand(t, "state")
		s.login("web", 1)
		s.login("web", far)
		s.login("web", 1)
		if got := s.verdicts()["state"]; got != want {
			t.Errorf("a client that goes to %d is said to have %s, want %s", far, got, want)
		}
	}
}

func TestWhoeverSeesTheAppKnowsBetter(t *testing.T) {
	s := newStand(t, "issuer", "userinfo-subject")
	s.login("web", 2)
	s.login("web", 2)
	s.sitting.Saw(exam.Sight{Known: true, Evidence: []exam.Evidence{{Seen: exam.SeenPage}}})
	s.login("web", 2)
	s.sitting.Saw(exam.Sight{Known: true, LoggedIn: true, Person: true})
	got := s.verdicts()
	if got["issuer"] != exam.Noticed || got["userinfo-subject"] != exam.Noticed {
		t.Errorf("%v: a client that throws the wrong answer away and lets the person in does right", got)
	}
	s.sitting.Saw(exam.Sight{Known: true, LoggedIn: true, Other: true})
	if got := s.verdicts()["userinfo-subject"]; got != exam.Swallowed {
		t.Errorf("an app that shows somebody else is said to have %s", got)
	}
}

func TestWhatMustBeNoticedDecides(t *testing.T) {
	advised := exam.Report{Works: true, Results: []exam.Result{{Verdict: exam.Swallowed}, {Verdict: exam.Unknown}}}
	if advised.Failed(false) || !advised.Failed(true) {
		t.Error("what is advised fails a strict exam alone")
	}
	demanded := exam.Report{Works: true, Results: []exam.Result{{Question: exam.Question{Must: true}, Verdict: exam.Swallowed}}}
	if !demanded.Failed(false) || demanded.Count(exam.Swallowed) != 1 {
		t.Error("what is demanded fails it")
	}
	if broken := (exam.Report{Works: true, Whole: true}); !broken.Failed(false) {
		t.Error("a client that no longer works passes")
	}
}

func TestALoginOfAnotherClientIsNoneOfOurs(t *testing.T) {
	s := newStand(t, "issuer")
	s.login("other", 1) // it is sent back to the same address
	if step, _, _ := s.sitting.Next(); step != exam.First || len(s.ordered) > 0 {
		t.Errorf("after a login of another client comes %s, and %q was ordered", step, s.ordered)
	}
	s.login("web", 1)
	if step, _, _ := s.sitting.Next(); step != exam.Ask {
		t.Errorf("after a login of ours comes %s", step)
	}
}

func TestWhatSomebodySawIsToldAtAnyTime(t *testing.T) {
	s := newStand(t, "issuer", "expired")
	s.login("web", 1)
	s.login("web", 1)
	if q, asked := s.sitting.Latest(); !asked || q.ID != "issuer" {
		t.Errorf("the latest question is said to be %q", q.ID)
	}
	s.login("web", 1)
	s.sitting.SawOf("issuer", exam.Sight{Known: true, LoggedIn: true})
	if got := s.verdicts(); got["issuer"] != exam.Swallowed || got["expired"] == exam.Swallowed {
		t.Errorf("after it was said of the first question, the verdicts are %v", got)
	}
}

func TestAnExamThatWasClosedOrdersNothing(t *testing.T) {
	s := newStand(t, "issuer", "expired")
	s.login("web", 1)
	s.sitting.Close()
	s.login("web", 1)
	if len(s.ordered) != 1 || !slices.Equal(s.ended, []int{1}) {
		t.Errorf("ordered %q, and cancelled %v", s.ordered, s.ended)
	}
}

func TestWhatCrossedBeforeTheExamIsSkipped(t *testing.T) {
	s := newStand(t, "issuer")
	s.login("web", 1)
	late := exam.New(s, exam.Client{ID: "web", RedirectURIs: []string{"https://app.example/in"}})
	late.Skip(s.tape)
	late.Read(s.tape)
	if step, _, _ := late.Next(); step != exam.First {
		t.Errorf("a login of before the exam is taken for its first, and %s comes", step)
	}
}

func TestAStateIsDemandedOfAClientThatHasNothingElse(t *testing.T) {
	for more, want := range map[string]bool{"": true, "&code_challenge=x": false, "&nonce=n": false} {
		s := newStand(t, "state")
		s.send(http.MethodGet, "/auth?client_id=web&response_type=code&redirect_uri=https://app.example/in&state=x"+more, "", "")
		s.send(http.MethodPost, "/token", "grant_type=authorization_code&client_id=web&code=code-1", "")
		s.login("web", 1)
		r := s.sitting.Report()
		if r.Results[0].Verdict != exam.Swallowed || r.Results[0].Must != want || r.Failed(false) != want {
			t.Errorf("with %q the state is %s, and demanded: %t", more, r.Results[0].Verdict, r.Results[0].Must)
		}
	}
}

func TestACodeThatWentToTheWrongProviderIsGoneWhateverTheAppDoesThen(t *testing.T) {
	for question, want := range map[string]exam.Verdict{"mix-up": exam.Swallowed, "state": exam.Noticed} {
		s := newStand(t, question)
		s.login("web", 1)
		s.login("web", 1)
		s.sitting.Saw(exam.Sight{Known: true})
		if got := s.verdicts()[question]; got != want {
			t.Errorf("%s: the code was sent on and nobody was let in, and it is %s, want %s", question, got, want)
		}
	}
}
