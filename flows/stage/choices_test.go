package stage_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestAnEditThatCannotBeSentIsNamed(t *testing.T) {
	long := strings.Repeat("x", stage.MaxBody+1)
	for name, tt := range map[string]struct {
		edit stage.Edit
		told string
	}{
		"no step":              {stage.Edit{Method: "PUT"}, "names the step"},
		"a method of two":      {stage.Edit{Step: "x", Method: "GET IT"}, "one word"},
		"a URL that is none":   {stage.Edit{Step: "x", URL: "http://[::1"}, "cannot be read"},
		"a URL without end":    {stage.Edit{Step: "x", URL: strings.Repeat("x", 9000)}, "at most 8192"},
		"a body without end":   {stage.Edit{Step: "x", Body: &long}, "at most 262144"},
		"a wait into the past": {stage.Edit{Step: "x", Wait: -1}, "between 0 and"},
		"a bad header name":    {stage.Edit{Step: "x", Headers: []stage.Change{{Name: "X:Y"}}}, "no space"},
		"a bad header value":   {stage.Edit{Step: "x", Headers: []stage.Change{{Name: "X", Value: "a\r\nb"}}}, "control character"},
		"a nameless value":     {stage.Edit{Step: "x", Params: []stage.Change{{Value: "1"}}}, "has a name"},
	} {
		if err := tt.edit.Check(); err == nil || !strings.Contains(err.Error(), tt.told) {
			t.Errorf("%s: told is %v, want %q in it", name, err, tt.told)
		}
		if tt.edit.IsZero() {
			t.Errorf("%s: it changes something", name)
		}
	}
	if err := (stage.Edit{Step: "x"}).Check(); err != nil || !(stage.Edit{Step: "x"}).IsZero() {
		t.Errorf("an edit of nothing is no edit, and no fault: %v", err)
	}
}

func TestTheClockGoesForwardOnly(t *testing.T) {
	for name, j := range map[string]stage.Jump{
		"nowhere": {By: time.Hour}, "back": {Step: "x", By: -1}, "not at all": {Step: "x"},
		"into another age": {Step: "x", By: 1000 * 24 * time.Hour},
	} {
		if err := j.Check(); err == nil {
			t.Errorf("a jump %s was taken", name)
		}
	}
	if err := (stage.Jump{Step: "x", By: time.Hour}).Check(); err != nil {
		t.Error(err)
	}
}

// byPath names each message by its method and path, as a flow names steps.
func byPath(m, request *trace.Message) (step, chapter string) {
	if m.Kind == trace.Response {
		return request.Step + "-answer", ""
	}
	path := m.URL[strings.LastIndex(m.URL, "/")+1:]
	path, _, _ = strings.Cut(path, "?")
	return path, "all"
}

func TestARequestIsSentAsTheLearnerChangedIt(t *testing.T) {
	body := "a=1"
	for name, tt := range map[string]struct {
		edit  stage.Edit
		marks []string
		holds func(trace.Message) bool
	}{
		"another parameter of a form": {
			stage.Edit{Step: "token", Params: []stage.Change{{Name: "code", Value: "other"}}},
			[]string{"parameter code: a-code to other"},
			func(m trace.Message) bool { return strings.Contains(string(m.Body), "code=other&") },
		},
		"a parameter of the address taken away": {
			stage.Edit{Step: "auth", Params: []stage.Change{{Name: "scope", Remove: true}, {Name: "new", Value: "1"}}},
			[]string{"parameter scope: openid mail.read to ", "parameter new:  to 1"},
			func(m trace.Message) bool {
				return !strings.Contains(m.URL, "scope=") && strings.Contains(m.URL, "new=1")
			},
		},
		"another header": {
			stage.Edit{Step: "messages", Headers: []stage.Change{{Name: "accept", Value: "text/plain"}, {Name: "X-New", Value: "1"}}},
			[]string{"header Accept: application/json to text/plain", "header X-New:  to 1"},
			func(m trace.Message) bool {
				return m.HeaderValue("Accept") == "text/plain" && m.HeaderValue("X-New") == "1"
			},
		},
		"another body": {
			stage.Edit{Step: "token", Body: &body},
			nil,
			func(m trace.Message) bool { return string(m.Body) == body && m.HeaderValue("Content-Length") == "3" },
		},
		"another method": {
			stage.Edit{Step: "userinfo", Method: http.MethodDelete},
			[]string{"method: GET to DELETE"},
			func(m trace.Message) bool { return m.Method == http.MethodDelete },
		},
		"another path": {
			stage.Edit{Step: "userinfo", URL: "/nowhere"},
			[]string{"url: https://idp.example/realms/demo/userinfo to https://idp.example/nowhere"},
			nil,
		},
		"later": {
			stage.Edit{Step: "token", Wait: time.Minute},
			[]string{"time: sent at once to sent 1m0s later"},
			func(m trace.Message) bool { return m.Waited == time.Minute },
		},
	} {
		s := newScene(t, stage.Options{Name: byPath, Choices: stage.Choices{Edits: []stage.Edit{tt.edit}}})
		s.logIn(everything())
		changed := changedIn(s)
		if changed == nil {
			t.Errorf("%s: no request was changed", name)
			continue
		}
		if marks := marksOf(changed); tt.marks != nil && !slices.Equal(marks, tt.marks) {
			t.Errorf("%s: the marks differ:\n%s", name, cmp.Diff(tt.marks, marks))
		}
		if tt.holds != nil && !tt.holds(*changed) {
			t.Errorf("%s: sent was %s %s %v %q", name, changed.Method, changed.URL, changed.Header, changed.Body)
		}
	}
}

// changedIn is the last request that the learner changed, or nil.
func changedIn(s *scene) *trace.Message {
	var changed *trace.Message
	for i := range s.Trace().Messages {
		if m := &s.Trace().Messages[i]; len(m.Edited) > 0 {
			changed = m
		}
	}
	return changed
}

func marksOf(m *trace.Message) []string {
	var marks []string
	for _, e := range m.Edited {
		marks = append(marks, e.What+": "+e.Before+" to "+e.After)
	}
	return marks
}

func TestARequestThatIsSentTwiceIsSentAsPlannedTheSecondTime(t *testing.T) {
	twice := stage.Edit{Step: "token", Twice: true, Params: []stage.Change{{Name: "code", Value: "other"}}}
	s := newScene(t, stage.Options{Name: byPath, Choices: stage.Choices{Edits: []stage.Edit{twice}}})
	s.logIn(everything())
	if len(s.fake.asked) != 2 || s.fake.asked[0].Get("code") != "other" || s.fake.asked[1].Get("code") != "a-code" {
		t.Errorf("sent were %v", s.fake.asked)
	}
}

func TestAJumpLetsTheClockRunBeforeItsMessage(t *testing.T) {
	s := newScene(t, stage.Options{Name: byPath, Choices: stage.Choices{Jumps: []stage.Jump{{Step: "token", By: time.Hour}}}})
	s.logIn(everything())
	for i, m := range s.Trace().Messages {
		if m.Step != "token" {
			continue
		}
		if gap := m.At.Sub(s.Trace().Messages[i-1].At); m.Waited != time.Hour || gap < time.Hour {
			t.Errorf("it crossed after %s and waited %s", gap, m.Waited)
		}
	}
}

func TestAnAnswerBelongsToTheChapterBeforeIt(t *testing.T) {
	s := newScene(t, stage.Options{Name: byPath})
	s.logIn(everything())
	for _, m := range s.Trace().Messages {
		if m.Kind == trace.Response && m.Chapter != "all" {
			t.Errorf("%s is of the chapter %q", m.Step, m.Chapter)
		}
	}
}

func TestAnEditCanLeadToTheCastOnly(t *testing.T) {
	s := newScene(t, stage.Options{})
	for address, good := range map[string]bool{
		"": true, "/elsewhere": true, "https://mailbox.example/": true, "https://evil.example/": false,
	} {
		if err := s.CheckHost("https://idp.example/token", address); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestASwitchIsAsTheFlowHasItUnlessSomebodyChose(t *testing.T) {
	s := newScene(t, stage.Options{Choices: stage.Choices{Switches: map[string]string{"phone": "types"}}})
	if got := s.Chosen("phone", "scans"); got != "types" {
		t.Errorf("chosen is %q", got)
	}
	if got := s.Chosen("tv", "patient"); got != "patient" {
		t.Errorf("where nobody chose it is %q", got)
	}
}

func TestTheAPITellsWhichKeysThereAre(t *testing.T) {
	s := newScene(t, stage.Options{})
	if keys, err := s.API.PublishedKeys(t.Context()); err != nil || !strings.Contains(string(keys), `"kid":"k1"`) {
		t.Errorf("%s, %v", keys, err)
	}
	if len(s.Trace().Messages) > 0 {
		t.Error("the API read them long ago, which leaves no arrow")
	}
	s = newScene(t, stage.Options{})
	s.fake.keys = said(http.StatusInternalServerError, "")
	if _, err := s.API.PublishedKeys(t.Context()); err == nil {
		t.Error("keys came from nowhere")
	}
}
