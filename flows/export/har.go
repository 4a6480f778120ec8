package export

import (
	"bufio"
	"cmp"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// HAR writes the exchanges of the run as an HTTP Archive 1.2, which browsers
// and API clients can open. A page is what a browser would call one: a
// navigation with its redirects. Gestures and notes are no HTTP and are left out;
// version is that of this program. What browsers write besides the format asks
// for is there too, as far as a run has it, because other programs read that.
func HAR(w io.Writer, t *trace.Trace, version string) error {
	pages, pageOf := harPages(t)
	j := jsonWriter{out: bufio.NewWriter(w)}
	j.raw("{\n  \"log\": {\n    \"version\": \"1.2\",\n    \"creator\": ")
	j.value("    ", harCreator{"Grantwalk", version})
	j.raw(",\n    \"pages\": ")
	j.value("    ", pages)
	j.raw(",\n    \"entries\": [")
	n, jar := 0, harJar{}
	for i := range t.Messages {
		if t.Messages[i].Kind != trace.Request {
			continue
		}
		var answer *trace.Message
		if k := t.Response(i); k >= 0 {
			answer = &t.Messages[k]
		}
		j.item(n, "      ", jar.entry(&t.Messages[i], answer, pages[pageOf[i]].ID))
		n++
	}
	j.end(n, "    ")
	if t.Flow != "" {
		j.raw(",\n    \"comment\": ")
		j.value("    ", t.Flow)
	}
	j.raw("\n  }\n}\n")
	return j.flush()
}

// harPages finds the pages, and the index of the one that each request belongs to.
func harPages(t *trace.Trace) (pages []harPage, pageOf map[int]int) {
	pages, pageOf = []harPage{}, map[int]int{}
	navigates := true // the next request of the browser begins a page
	var begun time.Time
	for i := range t.Messages {
		m := &t.Messages[i]
		if m.Kind != trace.Request {
			continue
		}
		if len(pages) == 0 || navigates && m.Channel == trace.Front {
			pages = append(pages, harPage{
				Started: m.At.UTC().Format(harTime), ID: "page_" + strconv.Itoa(len(pages)+1), Title: m.URL,
			})
			navigates, begun = false, m.At
		}
		pageOf[i] = len(pages) - 1
		if m.Channel != trace.Front {
			continue
		}
		if k := t.Response(i); k >= 0 && arrives(&t.Messages[k]) {
			navigates = true
			page := &pages[len(pages)-1]
			page.Title = cmp.Or(telling.PageTitle(&t.Messages[k]), page.Title)
			loaded := milliseconds(t.Messages[k].At.Sub(begun))
			page.Timings = harLoaded{Content: loaded, Load: loaded}
		}
	}
	return pages, pageOf
}

// arrives reports whether an answer ends a navigation: the browser shows it.
func arrives(answer *trace.Message) bool {
	return answer != nil && answer.HeaderValue("Location") == ""
}

// harTime is how browsers write a moment: some readers take no finer one.
const harTime = "2006-01-02T15:04:05.000Z07:00"

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// noAnswer is what browsers say of a request that got none.
const noAnswer = "net::ERR_EMPTY_RESPONSE"

// entry is one exchange; the answer may be missing.
func (j harJar) entry(m, answer *trace.Message, page string) harEntry {
	e := harEntry{
		Page: page, Started: m.At.UTC().Format(harTime), Step: m.Step, From: m.From, To: m.To,
		Request: harRequest{
			Method: m.Method, URL: harURL(m.URL), HTTPVersion: httpVersion, Cookies: j.sent(m), Headers: harFields("header", m.Header),
			Query: harFields("query", m.Query()), Post: postOf(m), HeadersSize: len(headOf(m)), BodySize: len(m.Body),
		},
		Timings:     harTimings{Blocked: -1, DNS: -1, Connect: -1, TLS: -1},
		Certificate: harFields("certificate", telling.Presented(m)),
		Initiator:   harInitiator{"other"}, Priority: "High", Resource: "fetch",
	}
	if m.Channel == trace.Front {
		e.Priority, e.Resource = "VeryHigh", "document"
	}
	e.Address, e.Port = peerOf(m.URL)
	if answer == nil { // the format asks for a response; browsers write status 0 for none
		e.Comment = "no answer"
		e.Response = j.response(m, &trace.Message{})
		failed := noAnswer
		e.Response.StatusText, e.Response.BodySize, e.Response.HeadersSize, e.Response.Transferred = "", -1, -1, 0
		e.Response.Error = &failed
		return e
	}
	e.Response = j.response(m, answer)
	e.Timings.Wait = milliseconds(answer.Took)
	e.Time = e.Timings.Wait
	return e
}

const httpVersion = "HTTP/1.1"

// headOf is a message up to its body, as HTTP/1.1 writes it (RFC 9112 section 2.1).
func headOf(m *trace.Message) string {
	var b strings.Builder
	if m.Kind == trace.Request {
		target := "/"
		if u, err := url.Parse(m.URL); err == nil {
			target = u.RequestURI()
		}
		b.WriteString(m.Method + " " + target + " " + httpVersion + "\r\n")
	} else {
		b.WriteString(httpVersion + " " + strconv.Itoa(m.Status) + " " + http.StatusText(m.Status) + "\r\n")
	}
	for _, f := range m.Header {
		b.WriteString(f.Name + ": " + f.Value + "\r\n")
	}
	return b.String() + "\r\n"
}

// peerOf is the IP address that a URL names, where it names one, and its port.
func peerOf(raw string) (ip, port string) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return "", ""
	}
	if addr, err := netip.ParseAddr(u.Hostname()); err == nil {
		ip = addr.String()
	}
	port = u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return ip, port
}
