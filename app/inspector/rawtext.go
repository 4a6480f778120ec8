package inspector

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// rawNote says that text is beyond the cap; "" where it is not.
func (k *kit) rawNote(text string) string {
	if len(text) <= page.MaxLines {
		return ""
	}
	return k.say.Text("inspector.http.first", "size", k.bytes(len(text)))
}

// rawText writes a message as HTTP/1.1 would send it (RFC 9112).
func rawText(m *trace.Message) string {
	var b strings.Builder
	if m.Kind == trace.Response {
		fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", m.Status, http.StatusText(m.Status))
	} else {
		host, path, query := splitURL(m.URL)
		if query != "" {
			path += "?" + query
		}
		fmt.Fprintf(&b, "%s %s HTTP/1.1\r\n", m.Method, path)
		if m.HeaderValue("Host") == "" {
			fmt.Fprintf(&b, "Host: %s\r\n", host)
		}
	}
	for _, h := range m.Header {
		fmt.Fprintf(&b, "%s: %s\r\n", h.Name, h.Value)
	}
	b.WriteString("\r\n")
	b.Write(m.Body)
	return b.String()
}
