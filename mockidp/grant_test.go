package mockidp

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// tea is the provider with one grant more: its file, and this line.
func tea() *tables { return newTables(append(grants(), newTeaGrant())) }

func teaRealm(change func(*Client)) Realm {
	c := Client{
		ClientID: "kettle", ClientSecret: "kettle-secret", TokenEndpointAuthMethod: "client_secret_post",
		GrantTypes: []string{grantTea}, ResponseTypes: []string{}, Scope: "mail.read",
	}
	if change != nil {
		change(&c)
	}
	r := StoryRealm()
	r.Clients = append(r.Clients, c)
	r.Registration = &Registration{}
	return r
}

// teaProvider also returns what asks it: for a path of the realm, and a form or
// nothing to send. The last check that failed comes with the answer.
func teaProvider(t *testing.T) func(path, form string) (*httptest.ResponseRecorder, string) {
	t.Helper()
	p, err := newProvider(Config{BaseURL: "https://idp.example", Realms: []Realm{teaRealm(nil)}}, tea())
	if err != nil {
		t.Fatal(err)
	}
	return func(path, form string) (*httptest.ResponseRecorder, string) {
		broken, method := "", http.MethodGet
		if form != "" {
			method = http.MethodPost
		}
		ctx := trace.WithRecorder(t.Context(), func(c trace.Check) {
			if c.Result == trace.Fail {
				broken = c.ID
			}
		})
		r := httptest.NewRequestWithContext(ctx, method, "/realms/demo"+path, strings.NewReader(form))
		if form != "" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		return w, broken
	}
}

func brew(more ...string) string {
	form := url.Values{"grant_type": {grantTea}, "client_id": {"kettle"}, "client_secret": {"kettle-secret"}, "tea": {"green"}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form.Encode()
}

func TestAGrantIsAFileAndALine(t *testing.T) {
	ask := teaProvider(t)
	w, broken := ask(pathToken, brew())
	var tokens tokenResponse
	if err := json.Unmarshal(w.Body.Bytes(), &tokens); err != nil || w.Code != http.StatusOK || tokens.AccessToken == "" ||
		tokens.Scope != "mail.read" {
		t.Fatalf("the token endpoint answers good tea with %d %s, refused by %q", w.Code, w.Body, broken)
	}
	for name, c := range map[string]struct{ path, form, rule, says string }{
		"its own rule":            {pathToken, brew("tea", "black"), "tea-green", `"error":"teapot"`},
		"a rule of every scope":   {pathToken, brew("scope", "openid"), "scope-allowed", `"error":"invalid_scope"`},
		"its secret in the URL":   {pathToken + "?tea=green", brew(), "parameters-in-body", "tea is in the URL"},
		"details that it has not": {pathToken, brew("authorization_details", `[{"type":"x"}]`), "authorization-details-grant", "cannot have"},
		"a grant that is unknown": {pathToken, brew("grant_type", "coffee"), "grant-type-supported", grantTea},
	} {
		if w, broken := ask(c.path, c.form); broken != c.rule || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: refused by %q with %d %s, want %q and %q", name, broken, w.Code, w.Body, c.rule, c.says)
		}
	}
}

func TestTheMetadataNameANewGrantWithWhatItAdds(t *testing.T) {
	w, _ := teaProvider(t)(pathDiscovery, "")
	var m metadata
	if err := json.Unmarshal(w.Body.Bytes(), &m); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(m.GrantTypesSupported, grantTea) || !slices.Contains(m.Claims, "sugar") {
		t.Errorf("the metadata promise the grants %v and the claims %v", m.GrantTypesSupported, m.Claims)
	}
}

func TestTheConfigurationIsHeldToWhatANewGrantNeeds(t *testing.T) {
	build := func(change func(*Client), t *tables) error {
		_, err := newProvider(Config{BaseURL: "https://idp.example", Realms: []Realm{teaRealm(change)}}, t)
		return err
	}
	if err := build(nil, allTables()); err == nil || !strings.Contains(err.Error(), "grant_types") {
		t.Errorf("without its line in the table the grant is known: %v", err)
	}
	public := func(c *Client) { c.ClientSecret, c.TokenEndpointAuthMethod = "", "none" }
	if err := build(public, tea()); err == nil || !strings.Contains(err.Error(), "brings tea has a secret") {
		t.Errorf("a client that the grant refuses: %v", err)
	}
}

func TestClientsRegisterThemselvesForANewGrantThatIsOpen(t *testing.T) {
	p, err := newProvider(Config{BaseURL: "https://idp.example", Realms: []Realm{teaRealm(nil)}}, tea())
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/realms/demo"+pathRegistration,
		strings.NewReader(`{"grant_types":["`+grantTea+`"],"response_types":[],"token_endpoint_auth_method":"client_secret_post"}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	if p.ServeHTTP(w, r); w.Code != http.StatusCreated {
		t.Errorf("registering answers %d %s", w.Code, w.Body)
	}
}

func TestTheRulesAndErrorsOfANewGrantAreListed(t *testing.T) {
	listed := rulesWith(append(grants(), newTeaGrant()))
	if !slices.ContainsFunc(listed, func(r Rule) bool { return r.Grant == grantTea && r.ID == "tea-green" && r.Endpoint == "token" }) {
		t.Error("its rule is not listed")
	}
	codes := faultErrors("token", append(grants(), newTeaGrant()))
	if !slices.ContainsFunc(codes, func(c FaultCode) bool { return c.Error == "teapot" }) {
		t.Error("its error code is not listed")
	}
}
