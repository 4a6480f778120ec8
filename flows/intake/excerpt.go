package intake

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// How long a text of commands and exchanges may be, how many fields a header may
// have, and how many lines may begin a command that asks for nothing: each of
// those may be read to the end of the text.
const (
	maxExcerpt = 1 << 20
	maxFields  = 1000
	maxUseless = 20
)

// readExcerpt takes what people paste of HTTP: a curl command, what curl -v or -i
// showed, a request and its answer as a book or a proxy prints them. It returns
// nil where there is none of it. What was left out is told in Known, so that
// nothing is concluded from it.
func readExcerpt(text string, now time.Time) *Brought {
	if len(text) > maxExcerpt {
		return nil
	}
	x := excerpt{now: now}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		if x.useless < maxUseless && isCurl(lines[i]) {
			words, used := shellWords(lines[i:])
			if x.command(words) {
				i += used - 1
				continue
			}
			x.useless++
		}
		x.line(lines[i])
	}
	if len(x.all) == 0 || tokenIn(x.before.String()) != "" {
		return nil
	}
	return x.brought()
}

// part is what the next line belongs to.
type part int

const (
	around part = iota // before and between exchanges
	requestHead
	requestBody
	answerHead
	answerBody
	afterCommand
)

// excerpt is what has been read so far.
type excerpt struct {
	now     time.Time
	all     []*pair
	left    int
	useless int // commands that ask for nothing
	part    part
	before  strings.Builder // the text in front of the first exchange
	blanks  blanks
}

func (x *excerpt) last() *pair { return x.all[len(x.all)-1] }

// begin starts an exchange, unless there are too many.
func (x *excerpt) begin(p *pair, next part) {
	if len(x.all) >= maxEntries {
		x.left++
		x.part = around
		return
	}
	x.all = append(x.all, p)
	x.part = next
}

func (x *excerpt) command(words []string) bool {
	blanks := x.blanks
	c, asks := readCurl(words, &blanks)
	if !asks {
		return false
	}
	x.blanks = blanks
	x.begin(&pair{request: c.request(), typed: true, unread: c.unread}, afterCommand)
	return true
}

// line reads one line that is no command.
func (x *excerpt) line(line string) {
	mark, text := marked(line)
	switch request, status := requestLine(text), statusLine(text); {
	case mark == '*':
		x.note(text)
	case request != nil:
		x.asked(request, mark == '>')
	case status != 0 && len(x.all) > 0:
		x.answeredWith(status)
	case x.part == requestHead || x.part == answerHead:
		x.head(text)
	case x.part == requestBody && text != "":
		x.last().sent = append(x.last().sent, text)
	case x.part == answerBody || x.part == afterCommand:
		x.last().came = append(x.last().came, line)
	case len(x.all) == 0:
		x.before.WriteString(line + "\n")
	}
}

// marked takes the mark of curl -v off a line: > sent, < received, * a note; also
// the fence of Markdown.
func marked(line string) (mark byte, text string) {
	line = strings.TrimRight(line, " \t")
	if strings.HasPrefix(line, "```") {
		return '*', ""
	}
	for _, m := range []string{"> ", "< ", "* "} {
		if rest, found := strings.CutPrefix(line, m); found {
			return m[0], rest
		}
	}
	if line == ">" || line == "<" {
		return line[0], ""
	}
	if grammar().progress.MatchString(line) {
		return '*', ""
	}
	return 0, strings.TrimSpace(line)
}

// note keeps of what curl says by itself why nothing came.
func (x *excerpt) note(text string) {
	if len(x.all) > 0 && !x.last().answered && grammar().note.MatchString(text) {
		x.last().came = append(x.last().came, text)
	}
}

// requestLine is method, target and version (RFC 9112 section 3), the last of which people leave out.
func requestLine(text string) []string {
	m := grammar().request.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	return m[1:]
}

// statusLine returns the status of a status line (RFC 9112 section 4), or 0.
func statusLine(text string) int {
	m := grammar().status.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	status, _ := strconv.Atoi(m[1]) // three digits
	return status
}

// asked begins an exchange at a request line. What curl -v shows of the command
// before it is that command's.
func (x *excerpt) asked(line []string, shown bool) {
	if shown && len(x.all) > 0 && x.last().typed && !x.last().shown {
		x.last().shown = true
		x.last().request.Method = line[0]
		x.part = requestHead
		return
	}
	x.begin(&pair{
		request: trace.Message{Kind: trace.Request, Method: line[0]}, target: []string{x.blanks.out(line[1])}, shown: shown, exact: line[2] != "",
	}, requestHead)
}

func (x *excerpt) answeredWith(status int) {
	x.part = answerHead
	if status >= 200 { // others announce the answer
		p := x.last()
		p.answered, p.came, p.answer.Header, p.answer.Status = true, nil, nil, status
	}
}

// head reads a line of a header, and where it ends.
func (x *excerpt) head(text string) {
	p, m := x.last(), &x.last().request
	if x.part == answerHead {
		m = &p.answer
	}
	name, value, found := strings.Cut(text, ":")
	switch {
	case text == "" && x.part == requestHead && p.shown:
		x.part = around // curl -v shows no body
	case text == "":
		x.part++ // from the head to the body
	case x.part == requestHead && len(m.Header) == 0 && strings.IndexByte("&?", text[0]) >= 0:
		p.target = append(p.target, x.blanks.out(text)) // a long address, as books break it
	case found && grammar().name.MatchString(name) && !strings.HasPrefix(value, "//"):
		name, value = http.CanonicalHeaderKey(name), strings.TrimSpace(value)
		if m == &p.request {
			value = x.blanks.out(value)
		}
		if len(m.Header) < maxFields && (!p.typed || name == "Set-Cookie" || m.HeaderValue(name) == "") {
			m.Header = append(m.Header, trace.Field{Name: name, Value: value})
		}
	case x.part == requestHead:
		x.part = requestBody // somebody left the empty line out
		p.sent = append(p.sent, text)
	default:
		x.part = answerBody
		p.came = append(p.came, text)
	}
}

// happened is when an answer was given, by its Date (RFC 9110 section 6.6.1); the
// zero time where it says none.
func happened(answer trace.Message) time.Time {
	at, err := http.ParseTime(answer.HeaderValue("Date"))
	if err != nil {
		return time.Time{}
	}
	return at
}

// brought makes messages of what was read, and says what was left out.
func (x *excerpt) brought() *Brought {
	b := &Brought{Kind: Excerpt, Trace: &trace.Trace{}, Known: diagnosis.Known{Asked: true, Read: x.now}, Left: x.left}
	for i, p := range x.all {
		p.finish(&x.blanks)
		at := happened(p.answer)
		p.request.Exchange, p.request.At = i+1, at
		b.Trace.Messages = append(b.Trace.Messages, p.request)
		if p.answered {
			p.answer.Kind, p.answer.Exchange, p.answer.At = trace.Response, i+1, at
			b.Trace.Messages = append(b.Trace.Messages, p.answer)
		}
		if scheme, token, _ := strings.Cut(p.request.HeaderValue("Authorization"), " "); strings.EqualFold(scheme, "Bearer") &&
			!strings.Contains(token, diagnosis.LeftOut) {
			b.Token = strings.TrimSpace(token)
		}
		b.Known.LeftOut = append(b.Known.LeftOut, p.leftOut()...)
	}
	if x.blanks.n > 0 {
		b.Known.LeftOut = append(b.Known.LeftOut, diagnosis.UnknownValues)
	}
	slices.Sort(b.Known.LeftOut)
	b.Known.LeftOut = slices.Compact(b.Known.LeftOut)
	return b
}
