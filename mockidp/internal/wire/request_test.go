package wire

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

var errBroken = errors.New("the connection is gone")

type broken struct{ io.Reader }

func (b broken) Read(into []byte) (int, error) {
	n, err := b.Reader.Read(into)
	if errors.Is(err, io.EOF) {
		err = errBroken
	}
	return n, err
}

const form = "application/x-www-form-urlencoded"

func incoming(method, address, media string, body io.Reader) Request {
	r := httptest.NewRequestWithContext(context.Background(), method, address, body)
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	return Read(r, time.Unix(1, 0), []string{"idp.example"}, nil)
}

func TestAFormIsReadFromABodyThatSaysItIsOne(t *testing.T) {
	for media, want := range map[string]bool{
		form: true, form + ";charset=UTF-8": true, "APPLICATION/X-WWW-FORM-URLENCODED": true,
		form + "; charset=latin1": false, "application/json": false, "": false, form + ";": true, ";": false,
	} {
		r := incoming(http.MethodPost, "/token?a=query", media, strings.NewReader("a=body"))
		if (r.Form.Get("a") == "body") != want || (r.CheckFormBody().Result == trace.Pass) != want {
			t.Errorf("%q: form %v, the rule says %+v", media, r.Form.List, r.CheckFormBody())
		}
		if (string(r.Body) == "a=body") == want || r.Query.Get("a") != "query" || r.MediaType != media {
			t.Errorf("%q: body %q, query %v, media type %q", media, r.Body, r.Query.List, r.MediaType)
		}
	}
	if r := incoming(http.MethodGet, "/token", form, strings.NewReader("a=body")); r.Form.Has("a") {
		t.Error("the body of a GET counts")
	}
}

func TestABodyThatBreaksOffIsMalformed(t *testing.T) {
	r := incoming(http.MethodPost, "/token", form, broken{strings.NewReader("a=bo")})
	if f := r.Form.CheckEncoding(); f.Result != trace.Fail || r.Form.Has("a") {
		t.Errorf("half a body is read as %v: %+v", r.Form.List, f)
	}
}

func TestWhatIsTooLongIsRefusedAtTheDoor(t *testing.T) {
	at := func(path, body string) Request {
		r := incoming(http.MethodPost, "https://idp.example"+path, form, strings.NewReader(body))
		return r
	}
	for name, c := range map[string]struct {
		r    Request
		want string
	}{
		"all is well":            {at("/token", "a=b"), ""},
		"the longest URL":        {at("/"+strings.Repeat("p", MaxURL-1), ""), ""},
		"a longer one":           {at("/?"+strings.Repeat("p", MaxURL+1), ""), "url-short"},
		"the longest body":       {at("/", strings.Repeat("b", MaxBody)), ""},
		"a longer body":          {at("/", strings.Repeat("b", MaxBody+1)), "body-short"},
		"somebody else's name":   {incoming(http.MethodGet, "https://evil.example/", "", nil), "host-known"},
		"a URL that is not read": {at("/?a=b&"+strings.Repeat("p", MaxURL), ""), "url-short"},
	} {
		got := ""
		if refusal := rule.Run(context.Background(), trace.AuthorizationServer, Door(), &c.r); refusal != nil {
			got = refusal.Check.ID
		}
		if got != c.want {
			t.Errorf("%s: refused by %q, want %q", name, got, c.want)
		}
	}
	if r := at("/?a=b&"+strings.Repeat("p", MaxURL), ""); r.Query.Has("a") {
		t.Error("a URL that is too long is read all the same")
	}
}

func TestAHeadIsTakenForTheGetThatItStandsFor(t *testing.T) {
	r := incoming(http.MethodHead, "/certs", "", nil)
	if f := r.CheckMethod(http.MethodGet); f.Result != trace.Pass {
		t.Errorf("HEAD where GET is answered: %+v", f)
	}
	if f := r.CheckMethod(http.MethodPost); f.Result != trace.Fail {
		t.Errorf("HEAD where POST is answered: %+v", f)
	}
}

func TestTheCertificateIsTheFirstOfTheHandshake(t *testing.T) {
	r := incoming(http.MethodGet, "/certs", "", nil)
	if r.Certificate() != nil {
		t.Error("there is a certificate without TLS")
	}
	leaf := &x509.Certificate{}
	if r.TLS = (&tls.ConnectionState{}); r.Certificate() != nil {
		t.Error("there is a certificate that nobody presented")
	}
	if r.TLS.PeerCertificates = []*x509.Certificate{leaf, {}}; r.Certificate() != leaf {
		t.Error("the certificate is another one")
	}
}
