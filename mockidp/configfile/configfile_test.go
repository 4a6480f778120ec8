package configfile_test

import (
	"bytes"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/configfile"
)

func TestThePrintedFileReadsBackAsTheSame(t *testing.T) {
	for name, cfg := range map[string]mockidp.Config{
		"the story":  {Realms: []mockidp.Realm{mockidp.StoryRealm()}},
		"nothing":    {},
		"everything": full(t),
	} {
		text := write(t, cfg)
		f, err := configfile.Read(name, text)
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
			continue
		}
		if diff := cmp.Diff(cfg, f.Config, exported()); diff != "" {
			t.Errorf("%s: -written +read\n%s\n%s", name, diff, text)
		}
	}
}

func exported() cmp.Option {
	return cmp.Exporter(func(reflect.Type) bool { return true })
}

func write(t *testing.T, cfg mockidp.Config) string {
	t.Helper()
	var b bytes.Buffer
	if err := configfile.Write(&b, cfg); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Whoever takes a # away must not meet a typing error of ours.
func TestEveryExampleInThePrintedFileCanBeSaid(t *testing.T) {
	text := write(t, mockidp.Config{Realms: []mockidp.Realm{mockidp.StoryRealm()}})
	said := regexp.MustCompile(`(?m)^#([a-z\[])`).ReplaceAllString(text, "$1")
	f, err := configfile.Read("said", said)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if n := strings.Count(said, "\n") - strings.Count(text, "\n"); n != 0 || said == text {
		t.Errorf("nothing to say was found")
	}
	r := f.Config.Realms[0]
	if c := r.Clients[0]; c.ClientID != "web" || c.DefaultMaxAge == nil || *c.DefaultMaxAge != time.Hour || len(c.JWKS.Keys) != 1 {
		t.Errorf("the first client is %+v", c)
	}
	if r.Registration == nil || r.Lifetimes.Session != 8*time.Hour || !f.Config.Relaxed.PlainPKCE {
		t.Errorf("got %+v %+v %+v", r.Registration, r.Lifetimes, f.Config.Relaxed)
	}
	for _, line := range strings.Split(text, "\n") {
		if len(line) > 90 && !regexp.MustCompile(`^#?[a-z_]+ = `).MatchString(line) {
			t.Errorf("too long: %s", line)
		}
	}
}

const start = "[[realm]]\nname = \"a\"\n" // lines 1 and 2

func TestAMistakeIsNamedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"x = ":                           "line 1: not TOML",
		"\n\n=":                          "line 3: not TOML",
		"realms = 1":                     `line 1: unknown key "realms" above all tables; did you mean "realm"?`,
		"client = []":                    `line 1: unknown key "client" above all tables; it belongs in [[realm]]`,
		"[realm]\nname = \"a\"":          "line 1: realm must be a list of tables: write [[realm]], with two brackets, above what belongs to it",
		"[[realm]]\n":                    `line 1: [[realm]] needs name`,
		"[relaxed]\nplain_pkce = 1":      "line 2: relaxed.plain_pkce must be true or false, got a number",
		"hosts = [\"a\",\n # why\n 7]":   "line 3: hosts must be a list of texts in quotes, got a number",
		"hosts = \"a\"":                  "line 1: hosts must be a list of texts",
		"base_url = 'x'\nBase_URL = 'y'": `line 2: unknown key "Base_URL" above all tables; did you mean "base_url"?`,
		start + "[[realm.client]]\n":     "line 3: [[realm.client]] needs client_id",
		start + "[[realm.client]]\nclient_id = 1":                                                                   "line 4: realm.client.client_id must be a text in quotes, got a number",
		start + "[[realm.client]]\nid = 'x'":                                                                        "unknown key \"id\" in [[realm.client]]",
		start + "[[realm.client]]\nclient_id='x'\nredirect_uri = []":                                                `line 5: unknown key "redirect_uri" in [[realm.client]]; did you mean "redirect_uris"?`,
		start + "[[realm.client]]\nclient_id='x'\nusername = 'y'":                                                   `line 5: unknown key "username" in [[realm.client]]; it belongs in [[realm.person]]`,
		start + "client = [\n{ client_id = 'x' },\n{ client_id = 'y', scpe = '' } ]":                                `line 5: unknown key "scpe" in [[realm.client]]; did you mean "scope"?`,
		start + "[realm.lifetimes]\ncode = 'soon'":                                                                  `line 4: realm.lifetimes.code "soon" is no duration`,
		start + "[realm.lifetimes]\ncode = '-1s'":                                                                   `line 4: realm.lifetimes.code must not be negative`,
		start + "[realm.lifetimes]\ncode = -1":                                                                      `line 4: realm.lifetimes.code -1 seconds is out of range`,
		start + "[realm.lifetimes]\ncode = 1.5":                                                                     `line 4: realm.lifetimes.code must be a duration`,
		start + "lifetimes = 1":                                                                                     "line 3: [realm.lifetimes] must be a table, got a number",
		start + "[[realm.client]]\nclient_id='x'\njwks = '{}'":                                                      "line 5: realm.client.jwks is not a JWK Set",
		start + "[[realm.client]]\nclient_id='x'\njwks = 1":                                                         "line 5: realm.client.jwks must be a JWK Set",
		start + "[[realm.client]]\nclient_id='x'\njwks = { keys = [\n{ kty = 'oct' }] }":                            "line 5: realm.client.jwks key 1 of the set is not a JWK",
		start + "[[realm.person]]\nusername='x'\npassword='x'\nclaims = 1":                                          "line 6: realm.person.claims must be a table",
		start + "[[realm.person]]\nusername='x'\npassword='x'\nclaims.a = nan":                                      "line 6: realm.person.claims.a must be a number that JSON knows",
		"[[realm]]\nname='a'\n[[realm.client]]\nclient_id='x'\n[[realm]]\nname='b'\n[[realm.client]]\nclientid='x'": `line 8: unknown key "clientid"`,
	} {
		f, err := configfile.Read("idp.toml", text)
		var at *configfile.Error
		if !errors.As(err, &at) || !strings.HasPrefix(err.Error(), "idp.toml: line ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q\n got %v, %+v\nwant %s", text, err, f, want)
		}
	}
}

// What is no mistake of form is found by mockidp.New, and still has a line.
func TestWhatMakesNoSenseIsNamedWithItsLine(t *testing.T) {
	const client = start + "[[realm.client]]\nclient_id = 'x'\n" // lines 3 and 4
	for text, want := range map[string]string{
		client:                            "line 3: config: realm a: client \"x\": redirect_uris: ",
		client + "redirect_uris = ['/a']": "line 5: config: realm a: client \"x\": redirect_uris: \"/a\" must be",
		client + "redirect_uris = ['http://127.0.0.1/']\nscope = 'b'":         "line 6: config: realm a: client \"x\": scope: ",
		client + "grant_types=[]\n[[realm.client]]\nclient_id = 'x'":          "line 7: config: realm a: client \"x\": client_id: is listed twice",
		start + "[[realm]]\nname = 'a'":                                       "line 4: config: realm a: name: is listed twice",
		"[[realm]]\nname = 'a b'":                                             "line 2: config: realm a b: name",
		start + "[[realm.person]]\nusername = 'p'\npassword = ''":             "line 5: config: realm a: person \"p\": ",
		start + "[[realm.scope]]\nname = 'p q'":                               "line 4: config: realm a: scope \"p q\": name",
		start + "[[realm.fault]]\nkind = 'drop'\n[[realm.fault]]\nkind = 'x'": "line 6: config: realm a: fault number 2: kind",
		"base_url = 'https://a/b/'":                                           "line 1: config: base_url: \"https://a/b/\" must not end",
	} {
		f, err := configfile.Read("idp.toml", text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		f.Config.BaseURL = orElse(f.Config.BaseURL, "https://idp.example")
		_, err = mockidp.New(f.Config)
		if err == nil || !strings.Contains(f.Explain(err).Error(), want) {
			t.Errorf("%q\n got %v\nwant %s", text, f.Explain(err), want)
		}
	}
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func TestClaimsKeepTheirOrderAndTheirShape(t *testing.T) {
	f, err := configfile.Read("idp.toml", start+`[[realm.person]]
username = "p"
password = "p"
[realm.person.claims]
zoneinfo = "Europe/Bern"
roles = ["admin", "staff"]
birthdate = 1990-02-03
updated_at = 1700000000
address.country = "CH"
address.lines = [{ a = 1 }]
"https://idp.example/level" = 2.5
`)
	if err != nil {
		t.Fatal(err)
	}
	want := []mockidp.Claim{
		{Name: "zoneinfo", Value: "Europe/Bern"},
		{Name: "roles", Value: []any{"admin", "staff"}},
		{Name: "birthdate", Value: "1990-02-03"},
		{Name: "updated_at", Value: int64(1700000000)},
		{Name: "address", Value: map[string]any{"country": "CH", "lines": []any{map[string]any{"a": int64(1)}}}},
		{Name: "https://idp.example/level", Value: 2.5},
	}
	if diff := cmp.Diff(want, f.Config.Realms[0].People[0].Claims); diff != "" {
		t.Error(diff)
	}
}
