package intake

import (
	"encoding/base64"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// curl is a request as the options of a command describe it.
type curl struct {
	method, address string
	header          []trace.Field
	data            []string
	parts           [][2]string // of a form that is sent as multipart/form-data
	inQuery, head   bool
	json            bool
	unread          bool // the body is in a file that was not brought
	blanks          *blanks
}

// isCurl knows a line that begins a command, with the prompt of a shell or without.
func isCurl(line string) bool {
	line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "$#>%` "))
	name, _, _ := strings.Cut(line, " ")
	return (name == "curl" || name == "curl.exe") && strings.ContainsAny(line, "-/:\\")
}

// readCurl reads the words of a command, and marks what a shell would have filled
// in. ok is false where it asks for nothing.
func readCurl(words []string, blanks *blanks) (c curl, ok bool) {
	c.blanks = blanks
	for len(words) > 0 && !strings.HasPrefix(words[0], "curl") { // a prompt
		words = words[1:]
	}
	for i := 1; i < len(words); i++ {
		option, value := words[i], ""
		switch {
		case strings.HasPrefix(option, "--"):
			var given bool
			if option, value, given = strings.Cut(option, "="); !given && takesValue(option) && i+1 < len(words) {
				i++
				value = words[i]
			}
			c.set(option, value)
		case strings.HasPrefix(option, "-") && len(option) > 1:
			i += c.cluster(option[1:], words[i+1:])
		case c.address == "":
			c.address = c.blanks.out(option)
		}
	}
	isAddress := strings.ContainsAny(c.address, "./") || strings.Contains(c.address, "localhost")
	return c, isAddress || strings.Contains(c.address, diagnosis.LeftOut)
}

// cluster reads short options that stand together, as in -sXPOST, and returns
// how many of the next words are theirs.
func (c *curl) cluster(letters string, next []string) int {
	for i := range len(letters) {
		option := "-" + letters[i:i+1]
		switch {
		case !takesValue(option):
			c.set(option, "")
		case i+1 < len(letters):
			c.set(option, letters[i+1:])
			return 0
		case len(next) > 0:
			c.set(option, next[0])
			return 1
		}
	}
	return 0
}

// takesValue lists the options of curl(1) that have a value.
func takesValue(option string) bool {
	short, isShort := strings.CutPrefix(option, "-")
	if isShort && len(short) == 1 {
		return strings.Contains("XHdFubAeomxEcTDwUKyYzCrtPQ", short)
	}
	switch option {
	case "--request", "--header", "--data", "--data-raw", "--data-ascii", "--data-binary", "--data-urlencode", "--form", "--form-string",
		"--user", "--url", "--url-query", "--cookie", "--user-agent", "--referer", "--oauth2-bearer", "--json", "--output", "--max-time",
		"--connect-timeout", "--proxy", "--cacert", "--cert", "--cert-type", "--key", "--key-type", "--resolve", "--connect-to", "--retry",
		"--write-out", "--cookie-jar", "--upload-file", "--dump-header", "--ciphers", "--interface", "--proxy-user", "--config",
		"--max-redirs", "--retry-delay", "--tls-max", "--unix-socket", "--pass", "--capath", "--range":
		return true
	}
	return false
}

// set applies an option; those that change nothing of the request are passed over.
func (c *curl) set(option, value string) {
	value = c.blanks.out(value)
	switch option {
	case "-X", "--request":
		c.method = strings.ToUpper(value)
	case "-H", "--header":
		if name, text, found := strings.Cut(value, ":"); found {
			c.add(name, strings.TrimSpace(text))
		}
	case "-d", "--data", "--data-ascii", "--data-binary":
		c.unread = c.unread || strings.HasPrefix(value, "@") || strings.HasPrefix(value, diagnosis.LeftOut)
		c.data = append(c.data, value)
	case "--data-raw":
		c.unread = c.unread || strings.HasPrefix(value, diagnosis.LeftOut)
		c.data = append(c.data, value)
	case "--json":
		c.json = true
		c.data = append(c.data, value)
	case "--data-urlencode", "--url-query":
		c.unread = c.unread || strings.HasPrefix(value, "@")
		c.data = append(c.data, encodedData(value))
		c.inQuery = c.inQuery || option == "--url-query"
	case "-F", "--form", "--form-string":
		name, text, _ := strings.Cut(value, "=")
		c.parts = append(c.parts, [2]string{name, text})
	case "-u", "--user":
		c.add("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(value)))
	case "--oauth2-bearer":
		c.add("Authorization", "Bearer "+value)
	case "-b", "--cookie":
		c.add("Cookie", value)
	case "-G", "--get":
		c.inQuery = true
	case "-I", "--head":
		c.head = true
	case "--url":
		c.address = value
	}
}

func (c *curl) add(name, value string) {
	c.header = append(c.header, trace.Field{Name: http.CanonicalHeaderKey(strings.TrimSpace(name)), Value: value})
}

// encodedData is what --data-urlencode makes of content, =content and name=content.
func encodedData(value string) string {
	name, content, named := strings.Cut(value, "=")
	switch {
	case !named:
		return url.QueryEscape(value)
	case name == "":
		return url.QueryEscape(content)
	}
	return name + "=" + url.QueryEscape(content)
}

// request is what curl would send.
func (c *curl) request() trace.Message {
	m := trace.Message{Kind: trace.Request, Method: c.method, URL: c.address, Header: c.header}
	if !strings.Contains(m.URL, "://") {
		m.URL = "http://" + m.URL // which is what curl guesses
	}
	data := strings.Join(c.data, "&")
	switch {
	case c.inQuery && data != "":
		between := "?"
		if strings.Contains(m.URL, "?") {
			between = "&"
		}
		m.URL += between + data
	case len(c.parts) > 0:
		m.Body, m.Header = c.multipart()
	case len(c.data) > 0:
		m.Body = []byte(data[:min(len(data), maxBody)])
		mime := "application/x-www-form-urlencoded"
		if c.json {
			mime = "application/json"
		}
		if m.HeaderValue("Content-Type") == "" {
			m.Header = append(m.Header, trace.Field{Name: "Content-Type", Value: mime})
		}
	}
	switch {
	case m.Method != "":
	case c.head:
		m.Method = http.MethodHead
	case len(m.Body) > 0 || len(c.data) > 0 && !c.inQuery:
		m.Method = http.MethodPost
	default:
		m.Method = http.MethodGet
	}
	return m
}

// multipart is the body of -F. The boundary is ours, so that it is always the same.
func (c *curl) multipart() (body []byte, header []trace.Field) {
	var text strings.Builder
	w := multipart.NewWriter(&text)
	if err := w.SetBoundary("part"); err != nil {
		return nil, c.header
	}
	for _, part := range c.parts {
		if err := w.WriteField(part[0], part[1]); err != nil {
			return nil, c.header
		}
	}
	if err := w.Close(); err != nil {
		return nil, c.header
	}
	all := text.String()
	header = append(c.header, trace.Field{Name: "Content-Type", Value: w.FormDataContentType()}) //nolint:gocritic // theirs is used once
	return []byte(all[:min(len(all), maxBody)]), header
}
