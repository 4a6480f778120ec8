package root

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

func english() (*catalog.Catalog, error) { return tutorials.Catalog("en") }

// lessons is a server of the lessons' realms.
func lessons() Server {
	s := Server{Version: "1"}
	for _, r := range mockidp.StoryRealms() {
		s.Realms = append(s.Realms, Realm{Name: r.Name, Issuer: "http://127.0.0.1:8180/realms/" + r.Name, Clients: r.Clients, People: r.People})
	}
	return s
}

func pageOf(t *testing.T, s Server) *Page {
	t.Helper()
	p := New(func() Server { return s }, english)
	t.Cleanup(p.Close)
	return p
}

// asked is what the page answers to a request that is changed a little.
func asked(p *Page, below string, change func(*http.Request)) (*httptest.ResponseRecorder, bool) {
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8180"+below, http.NoBody)
	r.RemoteAddr = "127.0.0.1:50000"
	change(r)
	w := httptest.NewRecorder()
	return w, p.Answer(w, r, below)
}

func unchanged(*http.Request) {}

func TestThePageNamesIssuersClientsPeopleAndStacks(t *testing.T) {
	s := lessons()
	s.Control, s.APIs = "http://127.0.0.1:41873", []string{"http://127.0.0.1:8180/invoices"}
	w, _ := asked(pageOf(t, s), "/", unchanged)
	for _, want := range []string{
		"http://127.0.0.1:8180/realms/demo/.well-known/openid-configuration", "spring-client-secret", "jane", "Node.js",
		"new URL(&#39;http://127.0.0.1:8180/realms/demo&#39;)", "http://127.0.0.1:41873", "/invoices",
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestSecretsOfAFileAreNotOnThePage(t *testing.T) {
	s := lessons()
	s.File = "idp.toml"
	w, _ := asked(pageOf(t, s), "/", unchanged)
	for _, r := range s.Realms {
		for _, c := range r.Clients {
			if c.ClientSecret != "" && strings.Contains(w.Body.String(), c.ClientSecret) {
				t.Errorf("the page tells the secret of %s", c.ClientID)
			}
		}
	}
	if !strings.Contains(w.Body.String(), "see idp.toml") {
		t.Error("the page does not say where the secrets are")
	}
}

func TestOnlyWhoSitsAtThisMachineSeesThePage(t *testing.T) {
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	from := func(at string) func(*http.Request) { return func(r *http.Request) { r.RemoteAddr = at } }
	for name, c := range map[string]struct {
		change func(*http.Request)
		sees   bool
	}{
		"this machine":                {unchanged, true},
		"this machine over IPv6":      {from("[::1]:5000"), true},
		"another machine":             {from("192.0.2.7:5000"), false},
		"nobody knows where from":     {from("@"), false},
		"localhost":                   {host("localhost:8180"), true},
		"IPv6":                        {host("[::1]:8180"), true},
		"the host of base_url":        {host("IDP.test:8180"), true},
		"a name that leads here":      {host("evil.example:8180"), false},
		"a proxy on this machine":     {header("X-Forwarded-For", "192.0.2.7"), false},
		"a proxy with RFC 7239":       {header("Forwarded", "for=192.0.2.7"), false},
		"a proxy that says its name":  {header("Via", "1.1 proxy"), false},
		"a program that wants JSON":   {header("Accept", "application/json, */*"), false},
		"a browser":                   {header("Accept", "text/html,application/xhtml+xml"), true},
		"a program that takes it all": {header("Accept", "*/*"), true},
		"who posts":                   {func(r *http.Request) { r.Method = http.MethodPost }, false},
	} {
		s := lessons()
		s.Names = []string{"idp.test"}
		w, answered := asked(pageOf(t, s), "/", c.change)
		if answered != c.sees || !answered && w.Body.Len() > 0 {
			t.Errorf("%s: sees the page is %t, want %t", name, answered, c.sees)
		}
	}
}

func TestTheStreamIsNotForPagesOfOthers(t *testing.T) {
	for _, site := range []string{"cross-site", "same-site", "none"} {
		_, answered := asked(pageOf(t, lessons()), PathRequests, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", site) })
		if answered {
			t.Errorf("a page that is %s hears of requests", site)
		}
	}
}

func TestThePolicyNamesStyleAndScriptByTheirHash(t *testing.T) {
	w, _ := asked(pageOf(t, lessons()), "/", unchanged)
	policy := w.Header().Get("Content-Security-Policy")
	for _, tag := range []string{"style", "script"} {
		found := regexp.MustCompile(`(?s)<`+tag+`>(.*?)</`+tag+`>`).FindAllStringSubmatch(w.Body.String(), -1)
		if len(found) != 1 || !strings.Contains(policy, tag+"-src "+hashed(found[0][1])+";") {
			t.Errorf("%d of <%s>, and the policy is %s", len(found), tag, policy)
		}
	}
	for _, want := range []string{"default-src 'none'", "form-action 'none'", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %s lacks %s", policy, want)
		}
	}
}

func TestWhatSomebodySendsIsShownAsText(t *testing.T) {
	p := pageOf(t, lessons())
	p.Add(&mockidp.Exchange{Method: "GET", Path: "/<img src=x onerror=alert(1)>", Status: 404, Client: `"><script>`})
	w, _ := asked(p, "/", unchanged)
	if body := w.Body.String(); strings.Contains(body, "<img") || strings.Count(body, "<script>") != 1 || !strings.Contains(body, "&lt;img") {
		t.Error("what somebody sent is taken for a part of the page")
	}
}

func TestALongConfigIsCounted(t *testing.T) {
	r := Realm{Name: "many"}
	for i := range mostRows + 7 {
		r.People = append(r.People, mockidp.Person{Username: fmt.Sprintf("person-%03d", i)})
	}
	w, _ := asked(pageOf(t, Server{Realms: slices.Repeat([]Realm{r}, mostRealms+5)}), "/", unchanged)
	body := w.Body.String()
	if strings.Contains(body, "person-050") || !strings.Contains(body, "And 7 more;") || !strings.Contains(body, "And 5 more issuers;") {
		t.Error("the page does not count what is too much to name")
	}
}

func TestOnlyTheLastRequestsAreKept(t *testing.T) {
	var all Requests
	for i := range Most + 3 {
		all.Add(&mockidp.Exchange{Status: 200, Path: fmt.Sprint(i)})
	}
	if kept := all.after(0); len(kept) != Most || kept[0].Number != 4 || kept[Most-1].Number != Most+3 {
		t.Errorf("%d are kept", len(kept))
	}
	if rest := all.after(Most + 1); len(rest) != 2 {
		t.Errorf("%d came after", len(rest))
	}
	if all.known(Most+4) != 0 || all.known(5) != 5 {
		t.Error("a number of another server is taken for one of this one")
	}
}

func TestARefusalNamesTheRuleAndTroubleItself(t *testing.T) {
	var all Requests
	all.Add(&mockidp.Exchange{Status: 400, Check: &trace.Check{Rule: "a rule", Reason: "because"}})
	all.Add(&mockidp.Exchange{Status: 200})
	found := all.after(0)
	if !found[0].Bad || found[0].Rule != "a rule" || found[0].Reason != "because" || found[0].Class() != "bad" || found[1].Class() != "well" {
		t.Errorf("%+v", found)
	}
}

func TestWhoLooksOnHearsOfEachRequestOnceUntilTheServerEnds(t *testing.T) {
	p := pageOf(t, lessons())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.Answer(w, r, r.URL.Path) }))
	defer server.Close()
	p.Add(&mockidp.Exchange{Status: 200, Path: "/before"})
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+PathRequests+"?after=1", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	p.Add(&mockidp.Exchange{Status: 400, Path: "/then"})
	var data []string
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		if text, found := strings.CutPrefix(lines.Text(), "data: "); found {
			data = append(data, text)
			p.Close()
		}
	}
	if len(data) != 1 || strings.Contains(data[0], "/before") || !strings.Contains(data[0], `"number":2`) {
		t.Errorf("it heard %q", data)
	}
}

func TestSoManyPagesMayLookOn(t *testing.T) {
	p := pageOf(t, lessons())
	p.watching.Store(maxWatching)
	w, _ := asked(p, PathRequests, unchanged)
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || p.watching.Load() != maxWatching {
		t.Errorf("one more is answered %d, and %d look on", w.Code, p.watching.Load())
	}
}

func TestSettingsNameTheClientsOfThisServer(t *testing.T) {
	own := []Realm{{Name: "shop", Issuer: "https://idp.test/realms/shop", Clients: []mockidp.Client{
		{ClientID: "shop-page", RedirectURIs: []string{"http://localhost:4711/back"}},
		{ClientID: "shop-app", ClientSecret: "pssst", RedirectURIs: []string{"https://shop.test/callback"}},
	}}}
	papers, err := tutorials.ReadPapers(tutorials.Files(), "en", tutorials.PaperStacks)
	if err != nil || len(papers) == 0 {
		t.Fatalf("%d stacks: %v", len(papers), err)
	}
	for i := range papers {
		checkFilled(t, stackFor(&papers[i], own, func(string) string { return "see idp.toml" }))
	}
}

// The page of Postman names its client in a table, and a command of ours that is called like it.
func TestPostmanIsFilledInWhereItsAnswersCanCome(t *testing.T) {
	papers, err := tutorials.ReadPapers(tutorials.Files(), "en", tutorials.PaperStacks)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(papers, func(p tutorials.Paper) bool { return p.ID == "postman" })
	client := mockidp.Client{ClientID: "by-hand", RedirectURIs: []string{"http://localhost:4711/back"}}
	filled := func() (v stackView, text string) {
		v = stackFor(&papers[i], []Realm{{Issuer: "https://idp.test", Clients: []mockidp.Client{client}}}, func(s string) string { return s })
		for _, b := range v.Blocks {
			text += b.Code
			for _, row := range b.Rows {
				text += fmt.Sprint(row)
			}
		}
		return v, text
	}
	if v, text := filled(); !slices.Contains(v.Lacking, "postman") || strings.Contains(text, "by-hand") {
		t.Errorf("a client that Postman can't use is filled in, lacking is %q", v.Lacking)
	}
	client.RedirectURIs = append(client.RedirectURIs, "https://oauth.pstmn.io/v1/callback")
	v, text := filled()
	if len(v.Lacking) > 0 || !strings.Contains(text, "<code>by-hand</code>") || !strings.Contains(text, "--format postman -o pkce.postman_collection.json") {
		t.Errorf("lacking is %q, and it reads\n%s", v.Lacking, text)
	}
}

// checkFilled looks for what a server without the clients of the lessons does not know.
func checkFilled(t *testing.T, v stackView) {
	t.Helper()
	var code strings.Builder
	for _, b := range v.Blocks {
		code.WriteString(b.Code + "\n")
	}
	for _, c := range storyClients() {
		if slices.Contains(v.Lacking, c.ClientID) {
			continue
		}
		for _, told := range []string{c.ClientID, c.ClientSecret} {
			if told != "" && strings.Contains(code.String(), "'"+told+"'") {
				t.Errorf("%s says %s, which this server does not know", v.ID, told)
			}
		}
	}
	if strings.Contains(code.String(), "{issuer}") || strings.Contains(code.String(), "pssst") {
		t.Errorf("%s reads\n%s", v.ID, code.String())
	}
}

func TestEachTextOfTheTemplateExistsAndIsShown(t *testing.T) {
	say, err := english()
	if err != nil {
		t.Fatal(err)
	}
	var sources string
	for _, file := range []string{"root.html", "view.go"} {
		text, err := fs.ReadFile(os.DirFS("."), file)
		if err != nil {
			t.Fatal(err)
		}
		sources += string(text)
	}
	asked := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?:Say|Count)\(? ?"([a-z-]+)"`).FindAllStringSubmatch(sources, -1) {
		asked["serving.root."+found[1]] = true
	}
	for id := range asked {
		if !slices.Contains(say.IDs(), id) {
			t.Errorf("there is no %s", id)
		}
	}
	for _, id := range say.IDs() {
		if strings.HasPrefix(id, "serving.root.") && !asked[id] {
			t.Errorf("nobody shows %s", id)
		}
	}
}
