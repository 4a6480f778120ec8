//go:build e2e

package e2e_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// careless is an app that lets in whoever it gets a token for: it compares no
// state, and looks at no ID token.
type careless struct {
	*httptest.Server
	t    *testing.T
	oidc string // below which the endpoints of the provider are
}

func newCareless(t *testing.T, issuer string) *careless {
	t.Helper()
	a := &careless{t: t, oidc: issuer + "/protocol/openid-connect"}
	routes := http.NewServeMux()
	routes.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		asked := url.Values{
			"client_id": {"spring-client-app"}, "response_type": {"code"}, "redirect_uri": {a.URL + "/callback"}, "scope": {"openid"},
			"state": {"state"}, "nonce": {"nonce"},
		}
		http.Redirect(w, r, a.oidc+"/auth?"+asked.Encode(), http.StatusFound)
	})
	routes.HandleFunc("/callback", func(w http.ResponseWriter, r *http.Request) {
		form := url.Values{"grant_type": {"authorization_code"}, "code": {r.FormValue("code")}, "redirect_uri": {a.URL + "/callback"}}
		swap, err := http.NewRequestWithContext(r.Context(), http.MethodPost, a.oidc+"/token", strings.NewReader(form.Encode()))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		swap.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		swap.SetBasicAuth("spring-client-app", "spring-client-secret")
		answer, err := http.DefaultClient.Do(swap)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		_, _ = io.WriteString(w, "Welcome")
	})
	a.Server = httptest.NewServer(routes)
	t.Cleanup(a.Close)
	return a
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
