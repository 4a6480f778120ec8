package flows

import (
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Step gives a message its id: the first step of the flow that fits names it.
type Step struct {
	ID      string
	Chapter string // empty: that of the message before
	Kind    trace.Kind
	From    trace.Role // of a note: who makes it
	To      trace.Role

	// Of a request: the method and how its path ends. Empty fits any.
	Method, Path string
	// Of a request: a parameter that its query, or the fragment that the
	// browser keeps, carries; "name" or "name=value".
	Param string
	// Of a request: a parameter that its form carries; likewise.
	Form string
	// Of a request: it is the second sending of the same.
	Again bool
	// Of a response: the step that it answers; a request that is sent again counts as the same.
	Answers string
	// Of a response: the statuses that fit, and a parameter of its Location; likewise. Empty fits any.
	Status   []int
	Location string
	// Of a response: the request brought no cookie, so nobody remembers who asks.
	Bare bool
	// Of a response: a member of its JSON, as "error=slow_down". Empty fits any.
	Member string
}

// Steps for what no flow foresees: a learner's edit led there.
const (
	OtherRequest  = "other-request"
	OtherResponse = "other-response"
)

func (s *Step) fits(m, request *trace.Message) bool {
	if s.Kind != m.Kind || m.Kind == trace.Gesture || m.Kind == trace.Note {
		return s.Kind == m.Kind && s.ID == m.Step
	}
	if m.Kind == trace.Response {
		return request != nil && s.fitsAnswer(m, request)
	}
	second := m.To == trace.OtherClient // two apps answer at the same paths
	return s.From == m.From && second == (s.To == trace.OtherClient) && s.fitsRequest(m)
}

func (s *Step) fitsRequest(m *trace.Message) bool {
	path, carried := parts(m.URL)
	again := slices.ContainsFunc(m.Edited, func(e trace.EditMark) bool { return e.What == trace.SentAgain })
	return (s.Method == "" || s.Method == m.Method) &&
		strings.HasSuffix(path, s.Path) && s.Again == again &&
		(s.Param == "" || has(carried, s.Param)) && (s.Form == "" || has(m.Form(), s.Form))
}

func (s *Step) fitsAnswer(m, request *trace.Message) bool {
	if s.Answers != strings.TrimSuffix(request.Step, againSuffix) || (len(s.Status) > 0 && !slices.Contains(s.Status, m.Status)) {
		return false
	}
	if s.Bare && request.HeaderValue("Cookie") != "" {
		return false
	}
	if name, value, _ := strings.Cut(s.Member, "="); s.Member != "" && trace.JSONMember(m.Body, name) != value {
		return false
	}
	if s.Location == "" {
		return true
	}
	_, carried := parts(m.HeaderValue("Location"))
	return has(carried, s.Location)
}

// parts splits a URL into what comes before its parameters, and the parameters
// of query and fragment: implicit grants answer in the latter.
func parts(address string) (string, []trace.Field) {
	rest, fragment, _ := strings.Cut(address, "#")
	path, query, _ := strings.Cut(rest, "?")
	return path, slices.Concat(trace.ParsePairs(query), trace.ParsePairs(fragment))
}

const againSuffix = "-again"

// has reports whether one of the fields has that name or, of "name=value", is that.
func has(fields []trace.Field, want string) bool {
	name, value, exact := strings.Cut(want, "=")
	return slices.ContainsFunc(fields, func(f trace.Field) bool { return f.Name == name && (!exact || f.Value == value) })
}

// Name returns step and chapter of a message; request is the one that it answers, or nil.
func (f *Flow) Name(m, request *trace.Message) (step, chapter string) {
	for i := range f.Steps {
		if f.Steps[i].fits(m, request) {
			return f.Steps[i].ID, f.Steps[i].Chapter
		}
	}
	chapter = f.Chapters[len(f.Chapters)-1]
	if m.Kind == trace.Response {
		if request != nil {
			chapter = request.Chapter
		}
		return OtherResponse, chapter
	}
	return OtherRequest, chapter
}

// Statuses that refuse.
func refusals() []int {
	return []int{
		http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		http.StatusMethodNotAllowed, http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong,
		http.StatusUnsupportedMediaType, http.StatusTooManyRequests, http.StatusMisdirectedRequest,
		http.StatusInternalServerError, http.StatusBadGateway, http.StatusRequestHeaderFieldsTooLarge,
	}
}
