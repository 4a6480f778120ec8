package export

import (
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// request is what curl is told about a request.
func (p *scripter) request(m *trace.Message) []string {
	target, query, hasQuery := strings.Cut(strings.SplitN(m.URL, "#", 2)[0], "?")
	var args []string
	get := m.Method == http.MethodGet && len(m.Body) == 0
	switch {
	case get && hasQuery:
		args = append(args, "--get")
	case get, m.Method == http.MethodPost && len(m.Body) > 0:
	default:
		args = append(args, "--request "+quoteShell(m.Method))
	}
	if c := p.certificates[m.Certificate]; c != "" {
		args = append(args, `--cert "$work/`+c+`.pem"`)
	}
	for _, f := range m.Header {
		args = append(args, p.headerArgs(f)...)
	}
	if m.IsForm() {
		args = append(args, p.pairs(string(m.Body))...)
	} else if len(m.Body) > 0 && m.IsJSON() {
		args = append(args, "--data-raw "+p.document(m))
	} else if len(m.Body) > 0 {
		args = append(args, "--data-raw "+quoteShell(p.hide(harmless.Text(string(m.Body)))))
	}
	if hasQuery && get {
		args = append(args, p.pairs(query)...)
	} else if hasQuery {
		target += "?" + query
	}
	return append(args, p.address(target))
}

func (p *scripter) headerArgs(f trace.Field) []string {
	switch strings.ToLower(f.Name) {
	case "host", "content-length", "cookie", "user-agent":
		return nil
	case "content-type":
		if strings.HasPrefix(strings.ToLower(f.Value), "application/x-www-form-urlencoded") {
			return nil // as curl says by itself
		}
	case "authorization":
		if id, password, ok := basicPair(f.Value); ok && (p.names[password] != "" || p.names[formDecoded(password)] != "") {
			return []string{"--user " + p.woven(id+":", p.toldNames()) + p.basicPassword(password)}
		}
		if scheme, value, found := strings.Cut(f.Value, " "); found && p.names[value] != "" {
			return []string{`--header "Authorization: ` + quoteInside(scheme) + " $" + p.names[value] + `"`}
		}
	}
	value := f.Value
	if p.masked != nil {
		value = p.masked.Header(f)
	}
	return []string{"--header " + quoteShell(f.Name+": "+value)}
}

// basicPassword is the variable of a secret, as it stands in Basic credentials:
// encoded, where it has to be and was in the run (RFC 6749 section 2.3.1).
func (p *scripter) basicPassword(password string) string {
	if v := p.names[password]; v != "" {
		return `"$` + v + `"`
	}
	return `"$(form_encoded "$` + p.names[formDecoded(password)] + `")"`
}

// quoteInside makes text that can stand between double quotes.
func quoteInside(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "`", "\\`").Replace(s)
}

func (p *scripter) address(target string) string {
	if v := p.told[target]; v != "" {
		return `"$` + v + `"`
	}
	if rest, found := strings.CutPrefix(target, p.origin); found && p.origin != "" {
		return `"$provider` + quoteInside(p.hide(rest)) + `"`
	}
	return quoteShell(p.hide(target))
}

// pairs writes the parameters of a form or query, one a line. A value that a
// variable holds comes from it.
func (p *scripter) pairs(raw string) []string {
	var args []string
	for part := range strings.SplitSeq(raw, "&") {
		f := trace.Field{}
		if parsed := trace.ParsePairs(part); len(parsed) == 1 {
			f = parsed[0]
		}
		v := p.variableOf(f)
		switch {
		case !isWord(f.Name) || harmless.Needed(f.Value, ""):
			args = append(args, "--data-raw "+quoteShell(p.hide(part)))
		case v != "" && p.inAddress[v]:
			args = append(args, `--data-raw "`+f.Name+"=$"+v+`"`)
		case v != "":
			args = append(args, `--data-urlencode "`+f.Name+"=$"+v+`"`)
		case f.Name == "code_challenge" && p.verifierOf(f.Value) != "":
			args = append(args, `--data-urlencode "code_challenge=$(s256 "$`+p.verifierOf(f.Value)+`")"`)
		default:
			args = append(args, "--data-urlencode "+quoteShell(f.Name+"="+p.hide(f.Value)))
		}
	}
	return args
}
