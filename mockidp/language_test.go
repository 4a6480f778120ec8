package mockidp_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/pages"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
)

// accented are the words of the pages in the language of no people.
func accented() pages.Words {
	english := pages.English()
	for _, r := range mockidp.Rules() {
		english[pages.RulePrefix+r.ID] = r.Rule
	}
	return pages.Words{Tag: pseudo.Language, Find: func(id string) (string, bool) {
		text, ok := english[id]
		return pseudo.Text(text), ok
	}}
}

// abroad is the realm of the story with what it says of itself in that language.
func abroad(registration *mockidp.Registration) mockidp.Realm {
	r := mockidp.StoryRealm()
	r.Registration = registration
	for i := range r.Scopes {
		r.Scopes[i].Description = pseudo.Text(r.Scopes[i].Description)
	}
	for i := range r.People {
		r.People[i].About = pseudo.Text(r.People[i].About)
	}
	return r
}

// read are the texts that a person is shown on a page: what stands on it, but neither code nor what is marked as
// English, and the attributes that are read out.
func read(tb testing.TB, page string) string {
	tb.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	var enter func(*html.Node)
	enter = func(n *html.Node) {
		if n.Data == "style" || n.Data == "script" || n.Data == "code" || n.Data != "html" && attribute(n, "lang") == "en" {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data + "\n")
		}
		for _, name := range []string{"title", "alt", "placeholder", "aria-label"} {
			b.WriteString(attribute(n, name) + "\n")
		}
		for child := range n.ChildNodes() {
			enter(child)
		}
	}
	enter(root)
	return b.String()
}

// traveller is a browser that looks for English on each page that it is shown.
type traveller struct {
	*browser
	known pseudo.Known
}

func (v *traveller) sees(name string, page reply) reply {
	v.t.Helper()
	text := regexp.MustCompile(`\s*\n\s*`).ReplaceAllString(read(v.t, page.body), "\n")
	if left := v.known.Left(text); len(left) > 0 {
		v.t.Errorf("%s: %q is English in\n%s", name, left, text)
	}
	return page
}

func travels(t *testing.T, r mockidp.Realm, relaxed mockidp.Relaxed) (*traveller, *mockidp.Provider) {
	t.Helper()
	p := newProvider(t, mockidp.Config{Realms: []mockidp.Realm{r}, Words: accented(), Relaxed: relaxed, Now: newClock().Now})
	known := pseudo.Names("https travel example demo nowhere XXXX")
	for _, typ := range r.AuthorizationDetailsTypes {
		known.Add(typ.Description)
		for _, f := range typ.Fields {
			known.Add(f.Label)
		}
	}
	return &traveller{newBrowser(t, p), known}, p
}

func TestNoEnglishIsLeftOnThePagesOfASignIn(t *testing.T) {
	v, _ := travels(t, abroad(nil), mockidp.Relaxed{})
	v.sees("nothing here", v.get("https://idp.example/"))
	v.sees("no such realm", v.get("https://idp.example/realms/nowhere/protocol/openid-connect/auth"))
	signIn := v.sees("sign-in", v.authorize())
	v.sees("filled in", v.submit(signIn, "fill", "sam"))
	v.sees("wrong", v.signIn(signIn, "nobody"))
	for range 5 {
		signIn = v.signIn(signIn, "nobody")
	}
	v.sees("too often", signIn)
	consent := v.sees("consent", v.signIn(v.authorize("scope", "openid profile mail.read"), "jane"))
	v.sees("back by a form", v.submit(v.authorize("response_mode", "form_post"), "decision", "approve"))
	v.submit(consent, "decision", "approve")
	for name, change := range map[string][]string{
		"unknown client":   {"client_id", "nobody"},
		"another callback": {"redirect_uri", "https://elsewhere.example/"},
		"no callback":      {"redirect_uri", ""},
	} {
		v.sees(name, v.authorize(change...))
	}
	v.sees("a form that is none", v.post(authURL+"/sign-in", "x=y"))
	asked := v.sees("log out", v.logout())
	v.sees("stayed", v.submit(asked, "decision", "refuse"))
	v.sees("logged out", v.submit(v.logout("client_id", "mobile-pkce-client"), "decision", "approve"))
}

func TestNoEnglishIsLeftOnThePagesForADevice(t *testing.T) {
	v, _ := travels(t, abroad(nil), mockidp.Relaxed{})
	page := v.sees("device", v.get(devicePageURL))
	v.sees("wrong code", v.submit(page, "user_code", "BCDF-GHJK"))
	for _, decision := range []string{"approve", "refuse"} {
		v.sees(decision, v.submit(v.sees("allow the device?", v.deviceConsent(v.tv().UserCode)), "decision", decision))
	}
	for range 6 {
		page = v.submit(page, "user_code", "BCDF-GHJK")
	}
	v.sees("too often", page)
}

func TestNoEnglishIsLeftOnThePagesForAStranger(t *testing.T) {
	v, _ := travels(t, abroad(&mockidp.Registration{}), mockidp.Relaxed{})
	var stranger newcomer
	res := v.post(registerURL, submission("policy_uri", "https://travel.example/policy", "tos_uri", "https://travel.example/terms",
		"client_uri", "https://travel.example/"), "Content-Type", "application/json")
	if err := json.Unmarshal([]byte(res.body), &stranger); err != nil || stranger.ID == "" {
		t.Fatalf("%v: %s", err, res.body)
	}
	v.known.Add("Postcards")
	ask := func(change ...string) reply {
		return v.authorize(append([]string{"client_id", stranger.ID, "scope", "openid"}, change...)...)
	}
	v.sees("by a link", ask("response_type", "nonsense"))
	v.sees("by a form", ask("response_type", "nonsense", "response_mode", "form_post", "state", "1"))
	v.sees("what it says of itself", v.signIn(ask(), "jane"))
}

// What a strict provider would not do stands over each page, and at the start of serve.
func TestNoEnglishIsLeftInWhatAProviderIsMadeToDo(t *testing.T) {
	r := abroad(&mockidp.Registration{PKCEOptional: true})
	r.AutoSignInByHint, r.AccessTokenType = true, "JWT"
	r.Lifetimes.RefreshTokenGrace = time.Minute
	r.Clients[0].Trusted = true
	confidential := slices.IndexFunc(r.Clients, func(c mockidp.Client) bool { return c.ClientSecret != "" })
	r.Clients[confidential].PKCEOptional = true
	v, p := travels(t, r, mockidp.Relaxed{PlainPKCE: true, PlainHTTP: true, RemoteFetch: true})
	for i := range r.Clients {
		v.known.Add(r.Clients[i].ClientID)
	}
	v.known.Add(strings.Join([]string{r.Name, "at_hash iss kid nonce UserInfo HS256 header alg none token"}, " "))
	for _, kind := range mockidp.FaultKinds() {
		f := mockidp.Fault{Kind: kind}
		switch kind {
		case mockidp.FaultError:
			f.Endpoint, f.Error = "token", "invalid_grant"
			v.known.Add(f.Error)
		case mockidp.FaultDelay, mockidp.FaultMoveClock:
			f.By, f.Times = time.Second, 3
		case mockidp.FaultOldIDToken, mockidp.FaultOldCode:
			f.Value, f.OneLogin = "x", true
		}
		if _, err := p.Trouble(r.Name, f); err != nil {
			t.Fatal(err)
		}
	}
	for _, said := range p.Notices() {
		if left := v.known.Left(said); len(left) > 0 {
			t.Errorf("%q is English in %s", left, said)
		}
	}
	if n := len(p.Notices()); n < len(mockidp.FaultKinds())+7 {
		t.Errorf("there are only %d notices", n)
	}
}

func TestARuleThatALanguageDoesNotSayIsSaidInEnglish(t *testing.T) {
	words := pages.Words{Tag: "de", Find: func(id string) (string, bool) { return "Eine Regel", id == "rules.known" }}
	for id, want := range map[string]string{"known": "Eine Regel", "other": "the rule"} {
		if got := words.Rule(id, "the rule"); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	if got := (pages.Words{}).Rule("known", "the rule"); got != "the rule" {
		t.Errorf("in English: %q", got)
	}
}
