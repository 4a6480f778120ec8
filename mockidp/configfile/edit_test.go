package configfile_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/configfile"
)

const noted = `# Our test provider. Ask Ann before you change it.
base_url = "http://127.0.0.1:8180"

[[realm]]
name = "shop"
default_scope = "openid"

# The shop itself.
[[realm.client]]
client_id = "web" # as in production
redirect_uris = [
  "http://localhost:3000/callback", # the dev server
]
scope = "openid"

# What runs at night.
[[realm.client]]
client_id = "nightly"
client_secret = "s"
grant_types = ["client_credentials"]
[realm.client.lifetimes]
access_token = "1m"

# People of the tests.
[[realm.person]]
username = "ann"
password = "ann" # everybody knows it
claims = { name = "Ann" }

[[realm]]
name = "other" # nobody uses it
`

// edited reads noted, changes its first realm and writes it.
func edited(t *testing.T, text string, change func(*mockidp.Realm)) (out string, kept bool) {
	t.Helper()
	f, err := configfile.Read("idp.toml", text)
	if err != nil {
		t.Fatal(err)
	}
	want := f.Config
	change(&want.Realms[0])
	out, kept, err = configfile.Edit("idp.toml", text, want)
	if err != nil {
		t.Fatal(err)
	}
	again, err := configfile.Read("idp.toml", out)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if diff := cmp.Diff(want, again.Config, exported()); diff != "" {
		t.Errorf("it reads as something else (-want +got):\n%s\n%s", diff, out)
	}
	return out, kept
}

func put(t *testing.T, list, name, object string) func(*mockidp.Realm) {
	t.Helper()
	return func(r *mockidp.Realm) {
		t.Helper()
		if _, err := configfile.Put(r, list, name, []byte(object)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFileIsChangedAndKeepsItsComments(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*mockidp.Realm)
		old    string // what of the text gives way
		now    string // to what
	}{
		"nothing": {func(*mockidp.Realm) {}, "", ""},
		"a value": {
			put(t, "person", "ann", `{"username":"ann","password":"better","claims":{"name":"Ann"}}`),
			`password = "ann" #`, `password = "better" #`,
		},
		"a value over several lines": {
			put(t, "client", "web", `{"client_id":"web","redirect_uris":["http://localhost:4000/cb"],"scope":"openid"}`),
			"[\n  \"http://localhost:3000/callback\", # the dev server\n]", `["http://localhost:4000/cb"]`,
		},
		"a key more": {
			put(t, "client", "web", `{"client_id":"web","redirect_uris":["http://localhost:3000/callback"],"scope":"openid","client_name":"Shop"}`),
			"scope = \"openid\"\n\n# What", "scope = \"openid\"\nclient_name = \"Shop\"\n\n# What",
		},
		"a key less, and claims": {
			put(t, "person", "ann", `{"username":"ann","password":"ann","claims":{"name":"Ann","age":7}}`),
			`{ name = "Ann" }`, `{ name = "Ann", age = 7 }`,
		},
		"no scope any more": {
			put(t, "client", "web", `{"client_id":"web","redirect_uris":["http://localhost:3000/callback"]}`), "scope = \"openid\"\n\n# What", "\n# What",
		},
		"lifetimes": {
			put(t, "client", "nightly", `{"client_id":"nightly","client_secret":"s","grant_types":["client_credentials"],"lifetimes":{"access_token":"2m"}}`),
			"[realm.client.lifetimes]\naccess_token = \"1m\"", "\n[realm.client.lifetimes]\naccess_token = \"2m\"",
		},
		"one gone": {
			func(r *mockidp.Realm) { configfile.Remove(r, "client", "nightly") },
			noted[strings.Index(noted, "# What runs"):strings.Index(noted, "# People")], "",
		},
		"one more": {
			put(t, "client", "tv", `{"client_id":"tv","grant_types":["urn:ietf:params:oauth:grant-type:device_code"]}`),
			"# People", "[[realm.client]]\nclient_id = \"tv\"\ngrant_types = [\"urn:ietf:params:oauth:grant-type:device_code\"]\n\n# People",
		},
	} {
		got, kept := edited(t, noted, c.change)
		want := noted
		if c.old != "" {
			want = strings.Replace(noted, c.old, c.now, 1)
		}
		if diff := cmp.Diff(want, got); diff != "" || !kept {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWhatCannotBeChangedPieceByPieceIsWrittenAnew(t *testing.T) {
	const inline = "[[realm]]\nname = \"a\"\nclient = [{ client_id = \"web\", redirect_uris = [\"http://localhost/cb\"] }] # mine\n"
	if out, kept := edited(t, inline, put(t, "person", "ann", `{"username":"ann","password":"ann"}`)); !kept || !strings.Contains(out, "# mine") {
		t.Errorf("what stays is written anew:\n%s", out)
	}
	out, kept := edited(t, inline, func(r *mockidp.Realm) { configfile.Remove(r, "client", "web") })
	if kept || strings.Contains(out, "# mine") {
		t.Errorf("it is said to be kept:\n%s", out)
	}
}

func TestAFileWithoutAnEndOfLineOrWithAMarkAtItsBeginningIsChangedToo(t *testing.T) {
	for _, text := range []string{"[[realm]]\nname = \"a\"", "\ufeff[[realm]]\r\nname = \"a\"\r\n"} {
		out, kept := edited(t, text, put(t, "person", "ann", `{"username":"ann","password":"ann"}`))
		if !kept || !strings.HasPrefix(out, text[:4]) {
			t.Errorf("it is written anew:\n%s", out)
		}
		edited(t, out, put(t, "person", "ann", `{"username":"ann","password":"ann","about":"tester"}`))
	}
}

func TestTablesAreWrittenAsJSONThatReadsBack(t *testing.T) {
	cfg := full(t)
	for _, list := range configfile.Lists() {
		text, err := configfile.Entries(cfg.Realms[0], list)
		if err != nil {
			t.Fatal(err)
		}
		var objects []json.RawMessage
		if err := json.Unmarshal(text, &objects); err != nil || len(objects) != 2 {
			t.Fatalf("%v: %s", err, text)
		}
		again := mockidp.Realm{Scopes: cfg.Realms[0].Scopes[:1]} // with none, it has the usual ones
		again.Scopes[0].Name = "first"
		for i, o := range objects {
			if _, err := configfile.Put(&again, list, []string{"first", "second"}[i], o); err != nil {
				t.Fatalf("%v: %s", err, o)
			}
		}
		back, err := configfile.Entries(again, list)
		if err != nil || string(back) != string(text) {
			t.Errorf("%s reads back as something else, %v:\n%s\n%s", list, err, text, back)
		}
	}
}

func TestASlipInATableOfJSONIsNamedAsTheReaderOfTheFileDoes(t *testing.T) {
	for object, want := range map[string]string{
		`{}`:                                    "[[realm.client]] needs client_id",
		`{"client_id":"x","redirect_uri":[]}`:   `did you mean "redirect_uris"?`,
		`{"client_id":"x","redirect_uris":"y"}`: "realm.client.redirect_uris must be a list of texts",
		`{"client_id":7}`:                       "realm.client.client_id must be a text in quotes, got a number",
		`{"client_id":"x","lifetimes":{"access_token":"soon"}}`: "soon",
		`{"client_id":"x","scope":null}`:                        "scope: null says nothing; leave the key out",
		`{"client_id":"x","client_id":"y"}`:                     "client_id is there twice",
		`{"client_id":"x"} {}`:                                  "something follows the object",
		`[`:                                                     "it is not one JSON object",
		strings.Repeat(`{"claims":`, 99) + strings.Repeat("}", 9): "more than 32 lists and tables in each other",
	} {
		if _, err := configfile.Put(&mockidp.Realm{}, "client", "x", []byte(object)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: %v, want %s", object, err, want)
		}
	}
	if _, err := configfile.Put(&mockidp.Realm{}, "fault", "x", []byte(`{}`)); err == nil || configfile.Remove(&mockidp.Realm{}, "fault", "x") {
		t.Errorf("of faults it says %v", err)
	}
}

func TestTheUsualScopesStayWhereOneIsAdded(t *testing.T) {
	r := mockidp.Realm{Name: "a"}
	_, err := configfile.Put(&r, "scope", "shop", []byte(`{"name":"shop"}`))
	if err != nil || len(r.Scopes) != len(mockidp.StandardScopes())+1 {
		t.Errorf("%v: the realm has %d scopes", err, len(r.Scopes))
	}
	if !configfile.Has(&r, "scope", "openid") || configfile.Has(&r, "client", "shop") || configfile.Keys("person")[0].Name != "username" {
		t.Error("openid is gone, or something is there that is not")
	}
}
