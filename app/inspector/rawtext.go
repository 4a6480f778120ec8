package inspector

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// maxRaw caps the raw view.
const maxRaw = 64 << 10

// rawNote says that text is beyond the cap; "" where it is not.
func rawNote(text string) string {
	if len(text) <= maxRaw {
		return ""
	}
	return fmt.Sprintf("The first 64 KB of %s. Copy all has the rest.", sayBytes(len(text)))
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

// rawLines splits text into lines of at most that many letters. It stops at the cap.
func rawLines(text string, columns int) []string {
	if len(text) > maxRaw {
		cut := maxRaw
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\r"), "\t", "    ")
		lines = append(lines, splitColumns(line, columns)...)
	}
	return lines
}

// splitColumns cuts a text into stretches of at most that many letters.
func splitColumns(text string, columns int) []string {
	columns = max(1, columns)
	if len(text) <= columns {
		return []string{text}
	}
	lines := make([]string, 0, len(text)/columns+1)
	for text != "" {
		end := prefix(text, columns)
		lines = append(lines, text[:end])
		text = text[end:]
	}
	return lines
}
