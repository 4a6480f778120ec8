package export

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// CurlOptions say how curl reaches the host. The zero value adds nothing.
type CurlOptions struct {
	ConnectTo string // HOST1:PORT1:HOST2:PORT2, see --connect-to: connect to the second instead of the first
	Insecure  bool   // accept any certificate
}

// ErrNotCurl means that no curl command sends this message: it is no HTTP
// request, or one that could not have been sent.
var ErrNotCurl = errors.New("not a request that curl can send")

// Curl returns one request as a curl command for a POSIX shell. Method, URL,
// headers and body are those of the message; curl adds its own User-Agent and
// Accept where the message has none. It follows no redirect and shows the
// response's headers.
func Curl(m *trace.Message, o CurlOptions) (string, error) {
	if m.Kind != trace.Request {
		return "", fmt.Errorf("%w: a %s", ErrNotCurl, m.Kind)
	}
	target, host, err := curlTarget(m.URL)
	if err != nil {
		return "", err
	}
	args := []string{"curl --include"}
	args = append(args, curlReach(target, o)...)
	if m.Certificate != "" { // shown in the TLS handshake; its key stayed in the run
		args = append(args, "--cert client.pem")
	}
	method, err := curlMethod(m)
	if err != nil {
		return "", err
	}
	args = append(args, method...)
	headers, err := curlHeaders(m, host)
	if err != nil {
		return "", err
	}
	args = append(args, headers...)
	before, data := curlBody(m.Body)
	args = append(args, data...)
	args = append(args, quoteShell(target))
	return before + strings.Join(args, " \\\n  "), nil
}

// curlTarget returns the URL in ASCII and without its fragment, which is never sent.
func curlTarget(raw string) (target, host string, err error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", "", fmt.Errorf("%w: its address is no http or https URL", ErrNotCurl)
	}
	target, _, _ = strings.Cut(raw, "#")
	var b strings.Builder
	for i := range len(target) {
		if c := target[i]; c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String(), u.Host, nil
}

func curlReach(target string, o CurlOptions) []string {
	var args []string
	if o.Insecure {
		args = append(args, "--insecure")
	}
	if o.ConnectTo != "" {
		args = append(args, "--connect-to "+quoteShell(o.ConnectTo))
	}
	if strings.ContainsAny(target, "[]{}") { // curl would take them for a range of addresses
		args = append(args, "--globoff")
	}
	if path, _, _ := strings.Cut(target, "?"); strings.Contains(path, "/.") { // curl would squash /../
		args = append(args, "--path-as-is")
	}
	return args
}

// curlMethod names the method where curl would not choose it by itself.
func curlMethod(m *trace.Message) ([]string, error) {
	switch {
	case !httpguts.ValidHeaderFieldName(m.Method): // a method is a token, as a header name is: RFC 9110 section 9.1
		return nil, fmt.Errorf("%w: its method %q is no token", ErrNotCurl, m.Method)
	case m.Method == http.MethodHead && len(m.Body) == 0:
		return []string{"--head"}, nil
	case m.Method == http.MethodGet && len(m.Body) == 0, m.Method == http.MethodPost && len(m.Body) > 0:
		return nil, nil
	}
	return []string{"--request " + quoteShell(m.Method)}, nil
}

// curlHeaders leaves out what curl writes itself from the URL and the body.
func curlHeaders(m *trace.Message, host string) ([]string, error) {
	var args []string
	for _, f := range m.Header {
		switch {
		case !httpguts.ValidHeaderFieldName(f.Name) || !httpguts.ValidHeaderFieldValue(f.Value) || harmless.Needed(f.Value, "\t"):
			return nil, fmt.Errorf("%w: the header %q is not allowed in HTTP", ErrNotCurl, f.Name)
		case strings.EqualFold(f.Name, "Content-Length"), strings.EqualFold(f.Name, "Host") && strings.EqualFold(f.Value, host):
			continue
		case strings.TrimSpace(f.Value) == "": // "Name:" would remove it
			args = append(args, "--header "+quoteShell(f.Name+";"))
		default:
			args = append(args, "--header "+quoteShell(f.Name+": "+f.Value))
		}
	}
	typed := slices.ContainsFunc(m.Header, func(f trace.Field) bool { return strings.EqualFold(f.Name, "Content-Type") })
	if len(m.Body) > 0 && !typed { // curl would call any body a form
		args = append(args, "--header 'Content-Type:'")
	}
	return args, nil
}

// curlBody returns the arguments that send the body. One that is no plain text
// is printed into curl, because no argument can hold every byte, and because
// some bytes would act on the terminal that they are pasted into.
func curlBody(body []byte) (before string, args []string) {
	switch {
	case len(body) == 0:
		return "", nil
	case !harmless.Needed(string(body), "\n\t"):
		return "", []string{"--data-raw " + quoteShell(string(body))}
	}
	return "printf '" + harmless.Octal(body) + "' | ", []string{"--data-binary @-"}
}

// quoteShell makes one word of any text for a POSIX shell.
func quoteShell(s string) string {
	plain := s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && !strings.ContainsRune("-_./:=@%+,", r)
	})
	if plain {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
