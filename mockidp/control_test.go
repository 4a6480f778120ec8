package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

const controlKey = "the-key-that-was-printed"

// order sends a request to the control endpoint.
func order(p *mockidp.Provider, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1:8181"+path, strings.NewReader(body)) //nolint:noctx // in memory
	r.Header.Set("Authorization", "Bearer "+controlKey)
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	w := httptest.NewRecorder()
	p.Control(controlKey).ServeHTTP(w, r)
	return w
}

func TestTroubleIsMadeListedAndEndedOverTheControlEndpoint(t *testing.T) {
	w := newWorld(t) // one of its clients may do without PKCE
	made := order(w.p, http.MethodPost, "/trouble/demo",
		`{"kind":"error","endpoint":"token","error":"invalid_grant","client":"app-client","times":2}`)
	if made.Code != http.StatusCreated || !strings.Contains(made.Body.String(), `"id":1`) {
		t.Fatalf("%d %s", made.Code, made.Body)
	}
	order(w.p, http.MethodPost, "/trouble/demo", `{"kind":"delay","by":"1500ms"}`)
	var listed struct {
		Notices []string `json:"notices"`
		Realms  map[string][]struct {
			ID   int    `json:"id"`
			Kind string `json:"kind"`
			By   string `json:"by"`
			Says string `json:"says"`
		} `json:"realms"`
	}
	if err := json.Unmarshal(order(w.p, http.MethodGet, "/trouble", "").Body.Bytes(), &listed); err != nil {
		t.Fatal(err)
	}
	demo := listed.Realms["demo"]
	ordered := slices.DeleteFunc(listed.Notices, func(notice string) bool { return !strings.Contains(notice, "is made to") })
	if len(demo) != 2 || demo[0].Says != "This provider is made to answer invalid_grant at the token endpoint for client app-client, 2 times." ||
		demo[1].By != "1.5s" || len(ordered) != 2 {
		t.Errorf("%+v", listed)
	}
	for path, want := range map[string]int{
		"/trouble/demo/2": 204, "/trouble/demo/7": 404, "/trouble/demo/x": 404, "/trouble/demo/0": 404,
		"/trouble/nowhere": 404,
	} {
		if got := order(w.p, http.MethodDelete, path, ""); got.Code != want {
			t.Errorf("DELETE %s: %d", path, got.Code)
		}
	}
	if left := w.p.Troubles("demo"); len(left) != 1 || left[0].ID != 1 {
		t.Errorf("%+v", left)
	}
	if got := order(w.p, http.MethodDelete, "/trouble/demo", ""); got.Code != http.StatusNoContent || len(w.p.Troubles("demo")) != 0 {
		t.Errorf("%d", got.Code)
	}
	if kinds := order(w.p, http.MethodGet, "/trouble/kinds", "").Body.String(); !strings.Contains(kinds,
		`{"error":"invalid_grant","spec":"RFC 6749 §5.2"}`) {
		t.Errorf("%s", kinds)
	}
}

func TestTheControlEndpointObeysNobodyElse(t *testing.T) {
	w := newWorld(t)
	body := `{"kind":"drop"}`
	for sentence, res := range map[string]struct {
		got  *httptest.ResponseRecorder
		want int
	}{
		"no key":              {order(w.p, "POST", "/trouble/demo", body, "Authorization", ""), 401},
		"another key":         {order(w.p, "POST", "/trouble/demo", body, "Authorization", "Bearer x"), 401},
		"another scheme":      {order(w.p, "POST", "/trouble/demo", body, "Authorization", "Basic "+controlKey), 401},
		"a rebound name":      {order(w.p, "POST", "/trouble/demo", body, "Host", "evil.example:8181"), 421},
		"a web form":          {order(w.p, "POST", "/trouble/demo", body, "Content-Type", "text/plain"), 415},
		"an unknown member":   {order(w.p, "POST", "/trouble/demo", `{"kind":"drop","tiems":1}`), 400},
		"more than a fault":   {order(w.p, "POST", "/trouble/demo", body+body), 400},
		"no JSON":             {order(w.p, "POST", "/trouble/demo", "kind=drop"), 400},
		"a wrong type":        {order(w.p, "POST", "/trouble/demo", `{"kind":7}`), 400},
		"a number it is not":  {order(w.p, "POST", "/trouble/demo", `{"kind":"drop","struck":7}`), 400},
		"a bad duration":      {order(w.p, "POST", "/trouble/demo", `{"kind":"delay","by":"soon"}`), 400},
		"a bad fault":         {order(w.p, "POST", "/trouble/demo", `{"kind":"explode"}`), 400},
		"a realm not there":   {order(w.p, "POST", "/trouble/nowhere", body), 404},
		"too much":            {order(w.p, "POST", "/trouble/demo", `{"kind":"`+strings.Repeat("x", 9000)+`"}`), 413},
		"a text for a number": {order(w.p, "POST", "/trouble/demo", `{"kind":"drop","times":"1"}`), 400},
		"another method":      {order(w.p, "PUT", "/trouble/demo", body), 405},
		"another address":     {order(w.p, "GET", "/troubles", ""), 404},
	} {
		if res.got.Code != res.want || len(w.p.Troubles("demo")) != 0 {
			t.Errorf("%s: %d %s", sentence, res.got.Code, res.got.Body)
		}
		var said struct{ Error string }
		if err := json.Unmarshal(res.got.Body.Bytes(), &said); err != nil || said.Error == "" || strings.Contains(said.Error, "json: ") {
			t.Errorf("%s: not said in JSON, or in the words of Go: %s", sentence, res.got.Body)
		}
		if res.got.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: a web page may read this", sentence)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/trouble", http.NoBody) //nolint:noctx // in memory
	r.Header.Set("Authorization", "Bearer ")
	rec := httptest.NewRecorder()
	if w.p.Control("").ServeHTTP(rec, r); rec.Code != http.StatusUnauthorized {
		t.Errorf("without a key: %d", rec.Code)
	}
}

func FuzzTheControlEndpointNeverBreaks(f *testing.F) {
	seeds := []string{
		`{"kind":"drop"}`, `{"kind":"delay","by":"1s","times":1}`, `{"kind":"error","endpoint":"token","error":"invalid_grant"}`,
		`[]`, ``, `{"times":1e9}`,
	}
	made := 0
	for _, seed := range seeds {
		f.Add(seed)
		if order(fuzzProvider(f), http.MethodPost, "/trouble/demo", seed).Code == http.StatusCreated {
			made++
		}
	}
	if made == 0 {
		f.Fatal("no seed makes trouble")
	}
	f.Fuzz(func(t *testing.T, body string) {
		p := fuzzProvider(t)
		res := order(p, http.MethodPost, "/trouble/demo", body)
		if res.Code >= http.StatusInternalServerError || (res.Code == http.StatusCreated) != (len(p.Troubles("demo")) == 1) ||
			!json.Valid(res.Body.Bytes()) {
			t.Fatalf("%d %s, %v", res.Code, res.Body, p.Troubles("demo"))
		}
	})
}

func TestAnOrderThatCannotBeReadNamesWhatAFaultHas(t *testing.T) {
	w := newWorld(t)
	for body, want := range map[string]string{
		`{"kind":"wrong-state","one_login":"yes"}`: "one_login must be true or false",
		`{"kind":"drop","times":"1"}`:              "times must be a number",
		`{"kind":"drop","value":1}`:                "value must be a text",
		`{"sort":"drop"}`:                          "by, times, one_login and value",
	} {
		if got := order(w.p, http.MethodPost, "/trouble/demo", body); !strings.Contains(got.Body.String(), want) {
			t.Errorf("%s is answered by %s, which does not say %q", body, got.Body, want)
		}
	}
}
