//go:build e2e

package e2e_test

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// careless is an app that lets in whoever it gets a token for: it compares no
// state, looks at no ID token, and asks UserInfo who it is without a look at the answer.
type careless struct {
	*httptest.Server
	t          *testing.T
	id, secret string
	oidc       string        // below which the endpoints of the provider are
	told       chan struct{} // of each logout by the back channel

	mu   sync.Mutex // guards what it was given last
	last tokens
}

// tokens are what an app is given.
type tokens struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	ID      string `json:"id_token"`
}

func newCareless(t *testing.T, issuer string) *careless {
	t.Helper()
	a := newApp(t, "spring-client-app", "spring-client-secret")
	a.of(issuer)
	return a
}

// newApp is one that knows no provider yet.
func newApp(t *testing.T, id, secret string) *careless {
	t.Helper()
	a := &careless{t: t, id: id, secret: secret, told: make(chan struct{}, 10)}
	routes := http.NewServeMux()
	routes.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		asked := url.Values{
			"client_id": {id}, "response_type": {"code"}, "redirect_uri": {a.URL + "/callback"}, "scope": {"openid"},
			"state": {"state"}, "nonce": {"nonce"},
		}
		http.Redirect(w, r, a.oidc+"/auth?"+asked.Encode(), http.StatusFound)
	})
	routes.HandleFunc("/callback", func(w http.ResponseWriter, r *http.Request) {
		if a.swap(url.Values{"grant_type": {"authorization_code"}, "code": {r.FormValue("code")}, "redirect_uri": {a.URL + "/callback"}}) != http.StatusOK {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		_ = a.ask()
		_, _ = io.WriteString(w, "Welcome")
	})
	routes.HandleFunc("POST /logout", func(http.ResponseWriter, *http.Request) { a.told <- struct{}{} })
	a.Server = httptest.NewServer(routes)
	t.Cleanup(a.Close)
	return a
}

// of has the app log in with a provider.
func (a *careless) of(issuer string) { a.oidc = issuer + "/protocol/openid-connect" }

// swap asks for tokens and returns the status of the answer; 0 where there is none.
func (a *careless) swap(form url.Values) int {
	r, err := http.NewRequestWithContext(a.t.Context(), http.MethodPost, a.oidc+"/token", strings.NewReader(form.Encode()))
	if err != nil {
		return 0
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth(a.id, a.secret)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0
	}
	defer func() { _ = answer.Body.Close() }()
	var given tokens
	if answer.StatusCode == http.StatusOK && json.NewDecoder(answer.Body).Decode(&given) == nil {
		a.mu.Lock()
		a.last = given
		a.mu.Unlock()
	}
	return answer.StatusCode
}

func (a *careless) given() tokens {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.last
}

// renew swaps the refresh token.
func (a *careless) renew() int {
	return a.swap(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {a.given().Refresh}})
}

// ask asks UserInfo who the person is and returns the status of the answer; 0 where there is none.
func (a *careless) ask() int {
	r, err := http.NewRequestWithContext(a.t.Context(), http.MethodGet, a.oidc+"/userinfo", http.NoBody)
	if err != nil {
		return 0
	}
	r.Header.Set("Authorization", "Bearer "+a.given().Access)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// login has jane log in with a new browser, and returns what the app shows.
func (a *careless) login() string {
	a.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		a.t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	page, at := a.page(browser, http.MethodGet, a.URL+"/login", nil)
	for range 5 {
		action := regexp.MustCompile(`<form[^>]* action="([^"]*)"`).FindStringSubmatch(page)
		if action == nil || strings.HasPrefix(at.String(), a.URL) {
			return page
		}
		form := url.Values{}
		for _, field := range regexp.MustCompile(`<(?:input|button)[^>]* name="([^"]*)"[^>]* value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if !form.Has(field[1]) && field[1] != "fill" {
				form.Set(field[1], html.UnescapeString(field[2]))
			}
		}
		if form.Has("username") {
			form.Set("username", "jane")
			form.Set("password", "jane")
		}
		to, err := at.Parse(html.UnescapeString(action[1]))
		if err != nil {
			a.t.Fatal(err)
		}
		page, at = a.page(browser, http.MethodPost, to.String(), form)
	}
	a.t.Fatalf("there is no end to the forms:\n%s", page)
	return ""
}

func (a *careless) page(browser *http.Client, method, address string, form url.Values) (text string, at *url.URL) {
	a.t.Helper()
	r, err := http.NewRequestWithContext(a.t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		a.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := browser.Do(r)
	if err != nil {
		return fmt.Sprint(err), r.URL // a connection that breaks is an answer, too
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	return string(body), answer.Request.URL
}

// machine is a client that asks for a token for itself, with a secret; it returns the status of the answer.
func machine(t *testing.T, issuer, secret string) int {
	t.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"my-service-client"}, "client_secret": {secret}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, issuer+"/protocol/openid-connect/token",
		strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return 0
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}
