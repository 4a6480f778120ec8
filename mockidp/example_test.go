package mockidp_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
)

// A provider is an http.Handler; with no realms given it is the one of the
// lessons.
func ExampleNew() {
	provider, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = provider.Close() }()

	w := httptest.NewRecorder()
	provider.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), http.MethodGet,
		provider.Issuer("demo")+"/.well-known/openid-configuration", nil))
	fmt.Println(w.Code, w.Header().Get("Content-Type"))
	// Output: 200 application/json
}

// Whoever wants to know what was verified puts a recorder into the context of
// the request.
func ExampleProvider_ServeHTTP() {
	provider, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example"})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := trace.WithRecorder(context.Background(), func(c trace.Check) {
		fmt.Printf("%s: %s (%s)\n", c.Result, c.Rule, c.Spec)
	})
	provider.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet,
		"/realms/demo/protocol/openid-connect/auth?client_id=react-client&redirect_uri=http://localhost:3001/callback", nil))
	// Output:
	// pass: the request uses GET or POST (RFC 6749 §3.1)
	// skip: the body is form-encoded (OpenID Connect Core 1.0 §13.2)
	// pass: the parameters are form-encoded UTF-8 (RFC 6749 Appendix B)
	// pass: client_id and redirect_uri are sent once (RFC 6749 §3.1)
	// pass: client_id belongs to a registered client (RFC 6749 §4.1.2.1)
	// pass: redirect_uri is sent (OpenID Connect Core 1.0 §3.1.2.1)
	// fail: redirect_uri equals a registered one (RFC 9700 §2.1)
}

// Over a real port: bind first, so that the issuer knows its address.
func ExampleConfig() {
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	defer server.Close()

	provider, err := mockidp.New(mockidp.Config{
		BaseURL: server.URL,
		Hosts:   []string{server.Listener.Addr().String()}, // against DNS rebinding
		Realms: []mockidp.Realm{{
			Name: "shop",
			Clients: []mockidp.Client{{
				ClientID: "web", ClientSecret: "web-secret", RedirectURIs: []string{"http://localhost:8080/callback"},
			}},
			People: []mockidp.Person{{Username: "ann", Password: "ann"}},
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	handler = provider
	watch := provider.Watch(16) // told of every exchange, with every rule that ran

	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, provider.Realm("shop").TokenURL(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := server.Client().Do(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	fmt.Println(string(body), err)
	e := <-watch.Exchanges()
	fmt.Println(e.Endpoint, e.Method, e.Status, e.Check.ID)
	// Output:
	// {"error":"invalid_request","error_description":"this endpoint does not answer GET; send POST"} <nil>
	// token GET 405 method-post
}

// The same tables that are enforced can be listed.
func ExampleRules() {
	for _, r := range mockidp.Rules() {
		if r.Endpoint == "consent" && r.Error == "access_denied" {
			fmt.Println(r.ID, "|", r.Rule, "|", r.Spec)
		}
	}
	// Output:
	// consent-given | the person agrees | RFC 6749 §4.1.2.1
	// scope-left | at least one scope is left ticked | RFC 6749 §3.3
}
