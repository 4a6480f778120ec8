package mockidp_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

const pairwiseSalt = "a salt that stays as it is"

// pairwiseRealm has clients that know people by subs of their own: two of one
// sector and one of another.
func pairwiseRealm() mockidp.Realm {
	r := rulesRealm()
	r.PairwiseSalt, r.Registration = pairwiseSalt, &mockidp.Registration{}
	for id, sector := range map[string]string{
		"pair-one": "", "pair-two": "https://travel.example/sector.json", "pair-far": "https://far.example/sector.json",
	} {
		r.Clients = append(r.Clients, mockidp.Client{
			ClientID: id, ClientSecret: id, RedirectURIs: []string{callback},
			GrantTypes:    []string{"authorization_code", "refresh_token", exchangeGrant},
			ClientSubject: mockidp.ClientSubject{SubjectType: "pairwise", SectorIdentifierURI: sector},
		})
	}
	return r
}

// known walks to tokens for a client, and returns them and the sub in the ID token.
func (w *world) known(client string, change ...string) (set tokenSet, sub string) {
	w.t.Helper()
	code := w.code(append([]string{"client_id", client}, change...)...)
	set = tokensIn(w.t, w.post(tokenURL, redeeming(code, "client_id", "").Encode(), "Authorization", basic(client, client)))
	sub, _ = said(w.t, set.ID)["sub"].(string)
	return set, sub
}

func TestClientsOfASectorKnowAPersonByOneSubAndOthersByAnother(t *testing.T) {
	w := newWorldOf(t, pairwiseRealm())
	_, one := w.known("pair-one")
	_, two := w.known("pair-two")
	_, far := w.known("pair-far")
	if len(one) != 43 || one != two || one == far || strings.Contains(one+far, "jane") {
		t.Errorf("one sector: %s and %s; another: %s", one, two, far)
	}
	// The same person is the same after a start, and nobody else is.
	again := newWorldOf(t, pairwiseRealm())
	if _, sub := again.known("pair-one"); sub != one {
		t.Errorf("after a start: %s, before: %s", sub, one)
	}
	other := pairwiseRealm()
	other.PairwiseSalt = "another salt of good length"
	if _, sub := newWorldOf(t, other).known("pair-one"); sub == one {
		t.Error("the salt makes no difference")
	}
	realm := pairwiseRealm()
	realm.People[0].Subject = "somebody-else"
	if _, sub := newWorldOf(t, realm).known("pair-one"); sub == one {
		t.Error("two people have the same sub")
	}
}

// Whatever a client can read says the same sub, and none says the other one.
func TestAllThatAPairwiseClientReadsSaysItsOwnSub(t *testing.T) {
	w := newWorldOf(t, pairwiseRealm())
	set, sub := w.known("pair-one", "scope", "openid profile")
	info := said(t, w.userInfo(set.Access).body)
	if info["sub"] != sub || info["name"] != "Jane Doe" {
		t.Errorf("UserInfo: %v", info)
	}
	if got := said(t, set.Access)["sub"]; got != sub {
		t.Errorf("access token: %v", got)
	}
	for _, token := range []string{set.Access, set.Refresh} {
		about := said(t, w.post(introspectURL, url.Values{"token": {token}}.Encode(), "Authorization", basic("pair-one", "pair-one")).body)
		if about["active"] != true || about["sub"] != sub || about["username"] != nil {
			t.Errorf("introspection: %v", about)
		}
	}
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {set.Refresh}}
	renewed := tokensIn(t, w.post(tokenURL, form.Encode(), "Authorization", basic("pair-one", "pair-one")))
	if got := said(t, renewed.ID)["sub"]; got != sub {
		t.Errorf("after a refresh: %v", got)
	}
}

func TestAPairwiseSubNamesThePersonToTheProvider(t *testing.T) {
	w := newWorldOf(t, pairwiseRealm())
	set, sub := w.known("pair-one")
	if res := w.authorize("client_id", "pair-one", "prompt", "none", "id_token_hint", set.ID); res.location().Query().Get("code") == "" {
		t.Errorf("as a hint: %s", res.Header.Get("Location"))
	}
	ask := func(sub string) reply {
		return w.authorize("client_id", "pair-one", "prompt", "none", "claims", `{"id_token":{"sub":{"value":"`+sub+`"}}}`)
	}
	if res := ask(sub); res.location().Query().Get("code") == "" {
		t.Errorf("as a claim: %s", res.Header.Get("Location"))
	}
	if res := ask("user-jane"); res.location().Query().Get("error") != "login_required" {
		t.Errorf("the sub of other clients: %s", res.Header.Get("Location"))
	}
	w.reset()
	if res := w.signIn(w.authorize("client_id", "pair-one", "id_token_hint", set.ID), "sam"); res.check == nil || res.check.ID != "hinted-person" {
		t.Errorf("another person: %d %+v", res.StatusCode, res.check)
	}
	page := w.authorize("client_id", "pair-one", "claims", `{"id_token":{"sub":{"value":"`+sub+`"}}}`)
	if res := w.signIn(page, "jane"); res.check != nil {
		t.Errorf("the person who is meant: %+v", res.check)
	}
}

// A token that changes hands speaks of the person as its new client knows them.
func TestAnExchangedTokenSaysTheSubOfItsNewClient(t *testing.T) {
	realm := pairwiseRealm()
	for i := range realm.Clients {
		if c := &realm.Clients[i]; c.ClientID == "pair-far" {
			c.Audiences, c.ExchangeImpersonation = []string{realmURL}, true
		}
	}
	w := newWorldOf(t, realm)
	set, one := w.known("pair-one", "scope", "openid")
	_, far := w.known("pair-far")
	form := url.Values{
		"grant_type": {exchangeGrant}, "subject_token": {set.Access}, "subject_token_type": {kindAccess}, "scope": {"openid"},
	}
	res := w.post(tokenURL, form.Encode(), "Authorization", basic("pair-far", "pair-far"))
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", res.StatusCode, res.body)
	}
	if sub := said(t, accessTokenOf(t, res))["sub"]; sub != far || sub == one {
		t.Errorf("sub %v, want %s", sub, far)
	}
}

// pairs are the metadata of a client that wants subs of its own.
func pairs(change ...any) string {
	return submission(append([]any{"subject_type", "pairwise", "scope", "openid"}, change...)...)
}

func TestAClientRegistersForPairwiseSubs(t *testing.T) {
	w := newWorldOf(t, pairwiseRealm())
	n := readNewcomer(t, w.register(pairs()), http.StatusCreated)
	if n.said["subject_type"] != "pairwise" {
		t.Errorf("%v", n.said)
	}
	code := w.code("client_id", n.ID, "scope", "openid")
	set := tokensIn(t, w.post(tokenURL, redeeming(code, "client_id", "").Encode(), "Authorization", basic(n.ID, n.Secret)))
	_, sub := w.known("pair-one")
	if got := said(t, set.ID)["sub"]; got != sub {
		t.Errorf("a client of the same host knows %v, not %s", got, sub)
	}
	meta := said(t, w.get(realmURL+"/.well-known/openid-configuration").body)
	if got, _ := meta["subject_types_supported"].([]any); len(got) != 2 || got[0] != "public" || got[1] != "pairwise" {
		t.Errorf("%v", got)
	}
	res := w.register(pairs("redirect_uris", []string{callback, "https://other.example/cb"}))
	if res.check == nil || res.check.ID != "metadata-valid" || !strings.Contains(res.body, "sector_identifier_uri") {
		t.Errorf("two hosts without a sector: %d %s", res.StatusCode, res.body)
	}
	if res := strangers(t).register(pairs()); res.check == nil || res.check.ID != "metadata-supported" ||
		!strings.Contains(res.body, "pairwise_salt") {
		t.Errorf("a realm without a salt: %d %s", res.StatusCode, res.body)
	}
}

func TestASectorListsTheRedirectURIsOfItsClients(t *testing.T) {
	l := newKeyServer(t)
	w := newWorldOf(t, pairwiseRealm())
	uris := []string{callback, "https://other.example/cb"}
	l.answer.Store(`["https://third.example/cb","https://other.example/cb","` + callback + `"]`)
	n := readNewcomer(t, w.register(pairs("redirect_uris", uris, "sector_identifier_uri", l.URL)), http.StatusCreated)
	if n.said["sector_identifier_uri"] != l.URL || l.accept.Load() != "application/json" {
		t.Errorf("%v, asked for %v", n.said, l.accept.Load())
	}
	told := map[string]bool{}
	for _, answer := range []string{`["` + callback + `"]`, `{"redirect_uris":[]}`, "SSH-2.0-secret", "", "https://elsewhere.example/", `[7]`} {
		l.answer.Store(answer)
		res := w.register(pairs("redirect_uris", uris, "sector_identifier_uri", l.URL))
		if res.StatusCode != http.StatusBadRequest || res.check == nil || res.check.ID != "sector-lists-redirect-uris" {
			t.Errorf("%s: %d %s", answer, res.StatusCode, res.body)
		}
		told[res.body] = true
	}
	l.Close()
	told[w.register(pairs("redirect_uris", uris, "sector_identifier_uri", l.URL)).body] = true
	if len(told) != 1 {
		t.Errorf("a stranger hears what answers there: %v", told)
	}
}

func TestPairwiseClientsAreConfiguredWell(t *testing.T) {
	for want, change := range map[string]func(*mockidp.Realm, *mockidp.Client){
		"needs Realm.PairwiseSalt": func(r *mockidp.Realm, _ *mockidp.Client) { r.PairwiseSalt = "" },
		"has 5 bytes and needs 16": func(r *mockidp.Realm, _ *mockidp.Client) { r.PairwiseSalt = "short" },
		`"both" is neither`:        func(_ *mockidp.Realm, c *mockidp.Client) { c.SubjectType = "both" },
		"no single host":           func(_ *mockidp.Realm, c *mockidp.Client) { c.RedirectURIs = append(c.RedirectURIs, "com.example:/cb") },
		"http is for loopback":     func(_ *mockidp.Realm, c *mockidp.Client) { c.SectorIdentifierURI = "http://travel.example/s" },
		"an absolute https URL":    func(_ *mockidp.Realm, c *mockidp.Client) { c.SectorIdentifierURI = "/sector.json" },
	} {
		c := mockidp.Client{ClientID: "c", RedirectURIs: []string{callback}, ClientSubject: mockidp.ClientSubject{SubjectType: "pairwise"}}
		r := mockidp.Realm{Name: "r", PairwiseSalt: pairwiseSalt}
		change(&r, &c)
		r.Clients = []mockidp.Client{c}
		_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{r}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestALogoutTokenSaysTheSubThatItsClientKnows(t *testing.T) {
	l := newTold(t, http.StatusOK)
	realm := pairwiseRealm()
	for i := range realm.Clients {
		if c := &realm.Clients[i]; c.ClientID == "pair-one" {
			c.BackchannelLogoutURI = l.URL + "/logout?of=app"
		}
	}
	w := newWorldOf(t, realm)
	set, sub := w.known("pair-one")
	w.logout("id_token_hint", set.ID)
	if got := said(t, <-l.heard)["sub"]; got != sub {
		t.Errorf("sub %v, want %s", got, sub)
	}
}
