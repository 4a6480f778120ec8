package configfile

import (
	"crypto/x509"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// fromGoAlone are errors that no file can lead to.
func fromGoAlone() map[string]string {
	return map[string]string{
		"there are Keys as well":                "keys that were made in Go",
		"must be a value that JSON can hold":    "what TOML can say, JSON can",
		"must be https where clients are asked": "--tls makes the base URL, see the tests of serve",
		"default_max_age":                       "the reader refuses a negative duration",
		"leave rotate-keys out":                 "the demonstration key, which no file can ask for",
		`claims\..*: .*is listed twice`:         "TOML has no key twice",
		"must be what JSON can hold":            "what TOML can say, JSON can",
		"must be scheme and host":               "the reader refuses an empty text, and serve has an address of its own",
		"initiate_login_uri":                    "of clients that register themselves",
		"it is .* since the start":              "of a running server, see the tests of serve",
		"at once; move it several times":        "the clock of a running server, see the tests of the operator",
		"about a whole login":                   "trouble for one held request, see the tests of hold",
	}
}

// here marks the line that an error has to name.
const here = " # here"

// Each slip that a config file can have is named with its line, in the words of
// a file, with a key that there is and a way out: every place that makes one.
func TestEverySlipHasItsLineItsKeyAndAWayOut(t *testing.T) {
	all := sites(t)
	for _, text := range slips() {
		words, wrong := refusal(t, text)
		for _, what := range wrong {
			t.Errorf("%s\nis told as %q: %s", text, words, what)
		}
		for _, s := range all {
			s.reached = s.reached || s.said.MatchString(words)
		}
	}
	for _, s := range all {
		exempt := false
		for words := range fromGoAlone() {
			exempt = exempt || strings.Contains(s.said.String(), words)
		}
		if !exempt && !s.reached {
			t.Errorf("%s makes an error that no case comes to: %s", s.at, s.said)
		}
	}
}

// refusal is what a file with a slip is told, and what is wrong with that.
func refusal(t *testing.T, text string) (words string, wrong []string) {
	t.Helper()
	err := refusedAs(t, text)
	var at *Error
	if !errors.As(err, &at) {
		return fmt.Sprint(err), []string{"that is no error of a file"}
	}
	words = at.Err.Error()
	if want := lineHere(text); at.Line != want {
		wrong = append(wrong, fmt.Sprintf("that is in line %d, not in line %d", want, at.Line))
	}
	inGo := regexp.MustCompile(`\b(Config|Realm|Client|Relaxed|Person|Scope|Fault|Lifetimes|Registration)\.[A-Z]|\b[A-Z][a-z]+[A-Z][A-Za-z]+\b`)
	if found := inGo.FindString(strings.NewReplacer("OpenID", "", "EdDSA", "").Replace(words)); found != "" {
		wrong = append(wrong, found+" is a name of Go")
	}
	if found := regexp.MustCompile(`parse "|net/url|json: |strconv|invalid URL`).FindString(words); found != "" {
		wrong = append(wrong, found+" are words of Go's library")
	}
	wayOut := regexp.MustCompile(`must |use |one of |neither |needs? |leave |did you mean|belongs |there are |at most |write |give |allowed: |` +
		`such as |with plain_http|openssl|; the kinds |go with`)
	if !wayOut.MatchString(words) {
		wrong = append(wrong, "there is no way out")
	}
	var of *mockidp.ConfigError
	if errors.As(err, &of) && !isKey(of.Key) {
		wrong = append(wrong, "no file has the key "+of.Key)
	}
	return words, wrong
}

// What others call otherwise, and what is no misspelling of a key that looks like it, is told by its name here.
func TestAKeyOfSomebodyElseIsToldInOurWords(t *testing.T) {
	for text, want := range map[string]string{
		"issuer = 'x'":                "base_url",
		"port = 1":                    "--listen",
		aRealm + "[[realm.users]]":    "[[realm.person]]",
		aWebApp + "pkce = false":      "pkce_optional",
		aWebApp + "consent = false":   "trusted",
		aWebApp + "secret = 'x'":      "client_secret",
		aRealm + "session_ttl = '1h'": "[realm.lifetimes], as session",
		aRealm + "[[realm.person]]\nusername = 'a'\npassword = 'a'\ngroups = ['x']": "claims.groups",
		aRealm + "[[realm.person]]\nusername = 'a'\npasword = 'a'":                  `"password"`,
	} {
		if err := refusedAs(t, text+here); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\nis told as %v, without %s", text, err, want)
		}
	}
}

// lineHere is the line that has to be named.
func lineHere(text string) int {
	for i, line := range strings.Split(text, "\n") {
		if strings.HasSuffix(line, here) {
			return i + 1
		}
	}
	return 0
}

// isKey reports whether each part of a path is a key of some table, save for names that the file chose.
func isKey(path string) bool {
	parts := strings.Split(path, ".")
	for i, part := range parts {
		known := false
		for _, table := range tables() {
			_, ok := table.key(part)
			known = known || ok
		}
		if chosen := i > 0 && (parts[i-1] == "claims" || parts[i-1] == "field"); !known && !chosen {
			return false
		}
	}
	return true
}

func refusedAs(t *testing.T, text string) error {
	t.Helper()
	f, err := Read("idp.toml", text)
	if err != nil {
		return err
	}
	if f.Config.BaseURL == "" && !strings.Contains(text, "base_url") {
		f.Config.BaseURL = "https://idp.example"
	}
	if strings.Contains(text, "# with --tls") {
		f.Config.ClientCertificates, f.Config.ClientCAs = true, x509.NewCertPool()
	}
	provider, err := mockidp.New(f.Config)
	if err == nil {
		_ = provider.Close()
	}
	return f.Explain(err)
}

// What an error calls a field in Go is the field that the key fills.
func TestAKeyIsTheFieldOfItsErrorInGo(t *testing.T) {
	places := map[string]mockidp.ConfigError{
		"Config": {}, "Realm": {Realm: "a"}, "Client": {Realm: "a", Client: "x"}, "Person": {Realm: "a", Person: "x"},
		"Scope": {Realm: "a", Scope: "x"}, "AuthorizationDetailsType": {Realm: "a", DetailsType: "x"}, "Fault": {Realm: "a", Fault: 1},
	}
	for _, table := range tables() {
		at, ok := places[table.of.Name()]
		if !ok {
			continue
		}
		for _, k := range table.keys {
			at.Key = k.name
			if want := table.of.Name() + "." + k.field; at.Field() != want {
				t.Errorf("%s %s is told as %s, want %s", table.header, k.name, at.Field(), want)
			}
		}
	}
}
