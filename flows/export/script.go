package export

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

//go:embed script.sh
var scriptHead string

// servedAt is where `grantwalk serve` listens when nobody says otherwise.
const servedAt = "http://127.0.0.1:8180"

// Script writes the run as a script for a POSIX shell with curl and openssl.
// It makes every request that went to the authorization server again, those of
// the client and those of the browser, in their order, against `grantwalk serve`
// or any provider with the same clients and people. What an answer brought and
// a later request needs (a code, a token, a hidden field) is taken from the
// answer of now. The script ends with an error where an answer has another
// status than in the run. Requests to other hosts stand in it as comments.
//
// With mask, no secret of the run is in it: random values are drawn anew, and
// a password or client secret is asked for by an environment variable.
func Script(w io.Writer, t *trace.Trace, s telling.Story, mask bool) error {
	p := scripter{
		out: bufio.NewWriter(w), teller: telling.Of(t, s), say: s.Say, trace: t, mask: mask,
		names: map[string]string{}, taken: map[string]int{}, used: map[string]int{}, ready: map[string]bool{}, fromForm: map[string]bool{},
	}
	p.plan()
	p.head()
	for i := range t.Messages {
		p.message(i)
	}
	p.line("")
	p.line(`echo "%s"`, p.spoken("done"))
	return p.out.Flush()
}

// scripter writes the script. A bufio.Writer keeps its first error for Flush.
type scripter struct {
	out    *bufio.Writer
	teller *telling.Teller
	say    *catalog.Catalog
	trace  *trace.Trace
	mask   bool
	masked *secret.Masker
	origin string            // scheme and host of the authorization server
	names  map[string]string // shell variable that holds a value
	taken  map[string]int    // how many variables of a name there are
	given  []given           // variables that are set at the top
	used   map[string]int    // the last request that carries a value
	// fromForm are the variables with hidden fields of a page.
	fromForm map[string]bool
	ready    map[string]bool // variables whose value is encoded for a URL already
}

// given is a variable that no answer brings.
type given struct{ variable, name, value string }

func (p *scripter) line(format string, args ...any) { fmt.Fprintf(p.out, format+"\n", args...) }

// served reports whether a request goes to the authorization server and could be sent.
func (p *scripter) served(m *trace.Message) bool {
	if m.Kind != trace.Request || m.To != trace.AuthorizationServer {
		return false
	}
	_, err := Curl(m, CurlOptions{})
	return err == nil && originOf(m.URL) == p.origin
}

func originOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// plan finds the variables: the secrets of the requests that no answer of the
// authorization server has brought before.
func (p *scripter) plan() {
	if p.mask {
		p.masked = secret.MaskerOf(p.trace)
	}
	for i := range p.trace.Messages {
		if m := &p.trace.Messages[i]; m.Kind == trace.Request && m.To == trace.AuthorizationServer && p.origin == "" {
			p.origin = originOf(m.URL)
		}
	}
	brought := map[string]bool{}
	for i := range p.trace.Messages {
		m := &p.trace.Messages[i]
		if m.Kind == trace.Request {
			for _, f := range append(sentSecrets(m), append(m.Query(), m.Form()...)...) {
				p.used[f.Value] = i
			}
		}
		if p.served(m) {
			p.planRequest(i, brought)
		}
	}
}

// planRequest names the secrets of a request that are new, and notes what its answer brings.
func (p *scripter) planRequest(i int, brought map[string]bool) {
	for _, f := range sentSecrets(&p.trace.Messages[i]) {
		if f.Value != "" && !brought[f.Value] && p.names[f.Value] == "" {
			p.given = append(p.given, given{p.variable(f.Name, f.Value), f.Name, f.Value})
		}
	}
	if j := p.trace.Response(i); j >= 0 {
		for _, b := range broughtBy(&p.trace.Messages[j]) {
			brought[b.Value] = true
		}
	}
}

// variable gives a value a name of its own.
func (p *scripter) variable(name, value string) string {
	v := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, strings.ToLower(name))
	if v == "" || v[0] >= '0' && v[0] <= '9' {
		v = "v_" + v
	}
	if slices.Contains([]string{"provider", "work", "step", "expected", "status", "jar", "path", "ifs", "home"}, v) {
		v += "_value"
	}
	p.taken[v]++
	if n := p.taken[v]; n > 1 {
		v += "_" + strconv.Itoa(n)
	}
	p.names[value] = v
	return v
}

// sentSecrets are the secrets that a request carries by name. Cookies are left to the cookie jar.
func sentSecrets(m *trace.Message) []trace.Field {
	fields := slices.DeleteFunc(append(m.Query(), m.Form()...), func(f trace.Field) bool { return !secret.Holds(f) })
	for _, h := range m.Header {
		if !strings.EqualFold(h.Name, "Authorization") {
			continue
		}
		if _, password, ok := basicPair(h.Value); ok {
			fields = append(fields, trace.Field{Name: "client_secret", Value: password})
		} else if scheme, value, found := strings.Cut(h.Value, " "); found && strings.EqualFold(scheme, "Bearer") {
			fields = append(fields, trace.Field{Name: "access_token", Value: value})
		}
	}
	return fields
}

// basicPair reads Basic credentials as they are sent, each part still form-encoded (RFC 6749 section 2.3.1).
func basicPair(header string) (id, password string, ok bool) {
	scheme, value, _ := strings.Cut(header, " ")
	raw, err := base64.StdEncoding.DecodeString(value)
	if err != nil || !strings.EqualFold(scheme, "Basic") || harmless.Needed(string(raw), "") {
		return "", "", false
	}
	return strings.Cut(string(raw), ":")
}

// brought is a value that an answer holds, and the function of the script that finds it there.
type brought struct {
	trace.Field
	by string
}

// broughtBy lists what an answer brings that a later request may need.
func broughtBy(m *trace.Message) []brought {
	var found []brought
	add := func(by string, f trace.Field) {
		if f.Value != "" && isWord(f.Name) {
			found = append(found, brought{f, by})
		}
	}
	location := m.HeaderValue("Location")
	for _, f := range append(trace.QueryOf(location), trace.FragmentOf(location)...) {
		if secret.Holds(f) {
			add("from_location", f)
		}
	}
	switch {
	case m.IsJSON():
		for _, s := range secret.InJSON(m.Body) {
			if !strings.ContainsAny(s.Value, `"\`) {
				add("from_json", trace.Field{Name: s.Name, Value: s.Value})
			}
		}
	case m.IsHTML():
		for _, f := range hiddenFields(m.Body) {
			add("from_form", f)
		}
	}
	return found
}

// hiddenFields are the fields that a page sends along by itself.
func hiddenFields(page []byte) []trace.Field {
	var found []trace.Field
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		token := z.Token()
		at := map[string]string{}
		for _, a := range token.Attr {
			at[a.Key] = a.Val
		}
		if token.Data == "input" && at["type"] == "hidden" && at["name"] != "" {
			found = append(found, trace.Field{Name: at["name"], Value: at["value"]})
		}
	}
	return found
}

// isWord reports whether a name can stand in a pattern of sed and in a shell as it is.
func isWord(name string) bool {
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

func (p *scripter) head() {
	p.line("#!/bin/sh")
	p.comment(p.words("head", "title", p.teller.Title()))
	p.comment(p.words("serve"))
	p.comment(p.words("run"))
	p.line("%s", strings.TrimSuffix(strings.NewReplacer(
		"@PROVIDER@", servedAt, "@NO-ANSWER@", p.spoken("no-answer"),
		"@OTHER-STATUS@", p.spoken("other-status"), "@NOTHING@", p.spoken("nothing"),
	).Replace(scriptHead), "\n"))
	if len(p.given) == 0 {
		return
	}
	p.line("")
	p.comment(p.words("given"))
	for _, g := range p.given {
		p.line("%s=%s # %s", g.variable, p.start(g), p.words("secret"))
	}
}

// words are those of a comment.
func (p *scripter) words(id string, pairs ...string) string {
	return p.say.Text("export.script."+id, pairs...)
}

// spoken is what the script says while it runs, for between double quotes: the
// shell fills in what the catalog leaves in braces.
func (p *scripter) spoken(id string) string {
	return strings.NewReplacer("{step}", "$step", "{status}", "$status", "{expected}", "$expected", "{name}", "$1").
		Replace(quoteInside(harmless.Line(p.say.Text("export.running." + id))))
}

// start is the value that a variable begins with.
func (p *scripter) start(g given) string {
	if !p.mask {
		return quoteShell(g.value)
	}
	switch g.name {
	case "state", "code_verifier":
		return "$(random)"
	}
	variable := strings.ToUpper(g.variable)
	return "${" + variable + ":?" + quoteInside(strings.ReplaceAll(p.say.Text("export.running.ask", "name", variable), "}", ")")) + "}"
}

// comment writes text that cannot leave its comment.
func (p *scripter) comment(words string) { p.line("# %s", p.hide(harmless.Line(words))) }

// hide masks text where that was asked for.
func (p *scripter) hide(s string) string {
	if p.masked != nil {
		return p.masked.Text(s)
	}
	return s
}

func (p *scripter) message(i int) {
	m := &p.trace.Messages[i]
	if m.Kind == trace.Response {
		return
	}
	p.line("")
	title := p.teller.Words(i).Title
	p.comment(fmt.Sprintf("%d. %s", i+1, title))
	switch {
	case m.Kind == trace.Request && p.pause(i) > longPause:
		p.comment(p.words("waited", "time", p.pause(i).String()))
	case m.Kind != trace.Request:
		p.comment(p.words("alone", "party", p.teller.Party(m.From).Name))
		return
	}
	if !p.served(m) {
		p.elsewhere(m)
		return
	}
	expected := "000"
	j := p.trace.Response(i)
	if j >= 0 {
		expected = strconv.Itoa(p.trace.Messages[j].Status)
	}
	who := "send"
	if m.From == trace.UserAgent || m.From == trace.Attacker {
		who = "browser " + string(m.From)
	}
	args := []string{who + " " + quoteShell(strconv.Itoa(i+1)+" "+p.hide(harmless.Line(m.Step))) + " " + expected}
	p.line("%s", strings.Join(append(args, p.request(m)...), " \\\n\t"))
	if j >= 0 {
		p.answer(j)
	}
}

// longPause is more than a person takes for a page.
const longPause = 20 * time.Second

// pause is how long the clock of the run ran before message i.
func (p *scripter) pause(i int) time.Duration {
	m := &p.trace.Messages[i]
	if i == 0 {
		return m.Waited
	}
	return max(m.Waited, m.At.Sub(p.trace.Messages[i-1].At))
}

// elsewhere tells of a request to a host that the provider is not.
func (p *scripter) elsewhere(m *trace.Message) {
	p.comment(p.words("elsewhere", "party", p.teller.Party(m.To).Name))
	args := append([]string{"curl"}, p.request(m)...)
	for _, a := range args {
		p.comment("  " + a)
	}
}

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
	for _, f := range m.Header {
		args = append(args, p.headerArgs(f)...)
	}
	if m.IsForm() {
		args = append(args, p.pairs(string(m.Body))...)
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
		if id, password, ok := basicPair(f.Value); ok && p.names[password] != "" {
			return []string{"--user " + quoteShell(id+":") + `"$` + p.names[password] + `"`}
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

// quoteInside makes text that can stand between double quotes.
func quoteInside(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "`", "\\`").Replace(s)
}

func (p *scripter) address(target string) string {
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
		v := p.names[f.Value]
		if !secret.Holds(f) && !p.fromForm[v] { // a name that is also somebody's password stays a name
			v = ""
		}
		switch {
		case !isWord(f.Name) || harmless.Needed(f.Value, ""):
			args = append(args, "--data-raw "+quoteShell(p.hide(part)))
		case v != "" && f.Value != "" && p.ready[v]:
			args = append(args, `--data-raw "`+f.Name+"=$"+v+`"`)
		case v != "" && f.Value != "":
			args = append(args, `--data-urlencode "`+f.Name+"=$"+v+`"`)
		case f.Name == "code_challenge" && p.verifierOf(f.Value) != "":
			args = append(args, `--data-urlencode "code_challenge=$(s256 "$`+p.verifierOf(f.Value)+`")"`)
		default:
			args = append(args, "--data-urlencode "+quoteShell(f.Name+"="+p.hide(f.Value)))
		}
	}
	return args
}

// verifierOf returns the variable whose hash is a code_challenge, or "".
func (p *scripter) verifierOf(challenge string) string {
	for _, g := range p.given {
		sum := sha256.Sum256([]byte(g.value))
		if g.name == "code_verifier" && base64.RawURLEncoding.EncodeToString(sum[:]) == challenge {
			return g.variable
		}
	}
	return ""
}

// answer keeps what later requests need of an answer.
func (p *scripter) answer(j int) {
	m := &p.trace.Messages[j]
	for _, b := range broughtBy(m) {
		known := p.names[b.Value]
		switch {
		case known != "" && b.by == "from_location" && b.Name == "state":
			p.line(`[ "$(from_location state)" = "$%s" ] || fail "%s"`, known, p.spoken("other-state"))
		case known != "" && !p.isGiven(known) && b.by == "from_form": // the page has it again
			p.line("%s=$(%s %s)", known, b.by, b.Name)
		case known == "" && p.used[b.Value] > j:
			known = p.variable(b.Name, b.Value)
			p.fromForm[known] = b.by == "from_form"
			p.ready[known] = b.by == "from_location"
			p.line("%s=$(%s %s) # %s", known, b.by, b.Name, p.markOf(b.Name))
		}
	}
	switch trace.JSONMember(m.Body, "error") {
	case "authorization_pending", "slow_down":
		p.line("sleep 5")
	}
}

// markOf says in a comment what a variable holds.
func (p *scripter) markOf(name string) string {
	if secret.Kind(name) != "" {
		return p.words("secret")
	}
	return p.words("of-the-form")
}

func (p *scripter) isGiven(variable string) bool {
	return slices.ContainsFunc(p.given, func(g given) bool { return g.variable == variable })
}
