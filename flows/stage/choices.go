package stage

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Choices are what the learner decided for a run. The zero value is the happy path with Jane.
type Choices struct {
	Person string `json:"person,omitempty"` // user name; "" is the first of [People]
	Typed  *Typed `json:"typed,omitempty"`  // instead of that person's name and password
	Deny   bool   `json:"deny,omitempty"`   // refuses consent
	// Withhold are the scopes that the person does not agree to, while agreeing to the others.
	Withhold []string `json:"withhold,omitempty"`
	// Switches are the flow's own alternatives, by id; what is missing is as the flow has it.
	Switches map[string]string `json:"switches,omitempty"`
	Jumps    []Jump            `json:"jumps,omitempty"`
	Edits    []Edit            `json:"edits,omitempty"`
	// Client is how somebody set the app of the flow up; nil: as the story has it.
	Client *SetUp `json:"client,omitempty"`
}

// Jump lets the clock run before a message crosses.
type Jump struct {
	Step       string        `json:"step"`
	Occurrence int           `json:"occurrence,omitempty"` // 0 is the first message of that step
	By         time.Duration `json:"by"`
}

// Check says what is wrong with a jump.
func (j Jump) Check() error {
	switch {
	case j.Step == "":
		return errors.New("a jump of the clock names the step that it comes before")
	case j.By <= 0 || j.By > maxWait:
		return fmt.Errorf("the clock goes forward only, by at most %s", maxWait)
	}
	return nil
}

// Typed is what stands in the sign-in form when it is sent, empty fields included.
type Typed struct {
	Username string `json:"username"`
	Password string `json:"password"`
}

// typed returns what the person types.
func (c Choices) typed() Typed {
	if c.Typed != nil {
		return *c.Typed
	}
	p := c.person()
	return Typed{Username: p.Username, Password: p.Password}
}

// SignsIn reports whether name and password are those of one of [People].
func (c Choices) SignsIn() bool {
	return slices.ContainsFunc(People(), func(p Person) bool {
		return c.typed() == Typed{Username: p.Username, Password: p.Password}
	})
}

// Person is somebody who can sign in.
type Person struct {
	Name     string // "Jane Doe"
	Username string
	Password string
	About    string // "travels, and owns the mailbox"
}

// People are the people of the story.
func People() []Person {
	return []Person{
		{Name: "Jane Doe", Username: "jane", Password: "jane", About: "traveller"},
		{Name: "Sam Reyes", Username: "sam", Password: "sam", About: "sales rep"},
		{Name: "Dana Okafor", Username: "dana", Password: "dana", About: "finance director"},
	}
}

// person returns whom the story is about.
func (c Choices) person() Person {
	people := People()
	if c.Person == "" {
		return people[0]
	}
	for _, p := range people {
		if p.Username == c.Person {
			return p
		}
	}
	return Person{Name: c.Person, Username: c.Person}
}

// Edit changes one request before it is sent. The zero value of a field leaves that part as it is.
type Edit struct {
	Step       string        `json:"step"`                 // id of the request's step
	Occurrence int           `json:"occurrence,omitempty"` // 0 is the first request of that step
	Method     string        `json:"method,omitempty"`
	URL        string        `json:"url,omitempty"`     // absolute, or a path on the same host
	Params     []Change      `json:"params,omitempty"`  // in the form body of a POST, otherwise in the query
	Headers    []Change      `json:"headers,omitempty"` //
	Body       *string       `json:"body,omitempty"`    // raw; Params are applied after it
	Twice      bool          `json:"twice,omitempty"`   // send it once more after the answer
	Wait       time.Duration `json:"wait,omitempty"`    // let the clock run before it is sent
	// Certificate is presented instead of the sender's: [NoCertificate] or [StrangerCertificate].
	Certificate string `json:"certificate,omitempty"`
	Mistake     string `json:"mistake,omitempty"` // id of the classic mistake that this edit makes
}

// mistake is the classic mistake that a run makes: one that is made alone.
// With a second change beside it, what comes of the run may be another lesson.
func (c Choices) mistake() string {
	if len(c.Edits) != 1 {
		return ""
	}
	return c.Edits[0].Mistake
}

// Change sets, adds or removes one named value.
type Change struct {
	Name   string `json:"name"`
	Value  string `json:"value,omitempty"`
	Remove bool   `json:"remove,omitempty"`
}

// Limits of an edit.
const (
	maxURL  = 8 << 10
	maxWait = 400 * 24 * time.Hour
)

// Check says what is wrong with an edit, by the rule that it breaks.
func (e Edit) Check() error {
	switch {
	case e.Step == "":
		return errors.New("an edit names the step that it changes")
	case e.Method != "" && !httpguts.ValidHeaderFieldName(e.Method):
		return fmt.Errorf("a method is one word of letters, such as POST; %q is not (RFC 9110 section 9.1)", e.Method)
	case !slices.Contains([]string{"", NoCertificate, StrangerCertificate}, e.Certificate):
		return fmt.Errorf("a certificate is %s or %s, not %q", NoCertificate, StrangerCertificate, e.Certificate)
	case len(e.URL) > maxURL:
		return fmt.Errorf("the URL has %d bytes, at most %d are sent", len(e.URL), maxURL)
	case e.Body != nil && len(*e.Body) > MaxBody:
		return fmt.Errorf("the body has %d bytes, at most %d are sent", len(*e.Body), MaxBody)
	case e.Wait < 0 || e.Wait > maxWait:
		return fmt.Errorf("a wait is between 0 and %s", maxWait)
	}
	if e.URL != "" {
		if _, err := url.Parse(e.URL); err != nil {
			return fmt.Errorf("the URL cannot be read (RFC 3986): %w", err)
		}
	}
	for _, h := range e.Headers {
		if !httpguts.ValidHeaderFieldName(h.Name) {
			return fmt.Errorf("a header name holds letters, digits and - but no space; %q does not (RFC 9110 section 5.1)", h.Name)
		}
		if !httpguts.ValidHeaderFieldValue(h.Value) {
			return fmt.Errorf("header %s: the value holds a control character (RFC 9110 section 5.5)", h.Name)
		}
	}
	for _, p := range e.Params {
		if p.Name == "" {
			return errors.New("a parameter has a name")
		}
	}
	return nil
}

// apply changes the message and marks what was changed.
func (e Edit) apply(m *trace.Message) {
	mark := func(what, before, after string) {
		if before != after {
			m.Edited = append(m.Edited, trace.EditMark{What: what, Before: before, After: after})
		}
	}
	if e.Method != "" {
		mark("method", m.Method, e.Method)
		m.Method = e.Method
	}
	if e.URL != "" {
		before := m.URL
		m.URL = resolve(m.URL, e.URL)
		mark("url", before, m.URL)
	}
	if e.Body != nil {
		mark("body", string(m.Body), *e.Body)
		m.Body = []byte(*e.Body)
	}
	for _, c := range e.Params {
		mark("parameter "+c.Name, paramOf(m, c.Name), c.after())
		setParam(m, c)
	}
	for _, c := range e.Headers {
		name := http.CanonicalHeaderKey(c.Name)
		mark("header "+name, m.HeaderValue(name), c.after())
		m.Header = set(m.Header, Change{Name: name, Value: c.Value, Remove: c.Remove})
	}
	if e.Wait > 0 {
		mark("time", "sent at once", "sent "+e.Wait.String()+" later")
	}
	if e.Twice {
		mark("repeat", "sent once", "sent twice")
	}
	fitLength(m)
}

func (c Change) after() string {
	if c.Remove {
		return ""
	}
	return c.Value
}

func resolve(base, ref string) string {
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	r, err := b.Parse(ref)
	if err != nil {
		return base
	}
	return r.String()
}

func paramOf(m *trace.Message, name string) string {
	return trace.ValueOf(slices.Concat(m.Form(), m.Query()), name)
}

func setParam(m *trace.Message, c Change) {
	if m.Method == http.MethodPost {
		if !m.IsForm() && len(m.Body) == 0 {
			m.Header = set(m.Header, Change{Name: "Content-Type", Value: formType})
		}
		if m.IsForm() {
			m.Body = []byte(trace.EncodePairs(set(m.Form(), c)))
			return
		}
	}
	path, _, _ := strings.Cut(m.URL, "?")
	if query := trace.EncodePairs(set(m.Query(), c)); query != "" {
		path += "?" + query
	}
	m.URL = path
}

// set replaces the first field of that name and drops its doubles, or adds it at the end.
func set(fields []trace.Field, c Change) []trace.Field {
	out := make([]trace.Field, 0, len(fields)+1)
	done := c.Remove
	for _, f := range fields {
		if !strings.EqualFold(f.Name, c.Name) {
			out = append(out, f)
			continue
		}
		if !done {
			out = append(out, trace.Field{Name: f.Name, Value: c.Value})
			done = true
		}
	}
	if !done {
		out = append(out, trace.Field{Name: c.Name, Value: c.Value})
	}
	return out
}

// fitLength makes Content-Length true again.
func fitLength(m *trace.Message) {
	if len(m.Body) == 0 {
		m.Header = set(m.Header, Change{Name: "Content-Length", Remove: true})
		return
	}
	m.Header = set(m.Header, Change{Name: "Content-Length", Value: strconv.Itoa(len(m.Body))})
}

// IsZero reports whether the edit changes nothing.
func (e Edit) IsZero() bool {
	return e.Method == "" && e.URL == "" && len(e.Params) == 0 && len(e.Headers) == 0 && e.Body == nil && !e.Twice && e.Wait == 0 &&
		e.Certificate == ""
}
