package stage

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// saying is what the provider said of a token, and when.
type saying struct {
	answer []byte
	at     time.Time
}

// maxSayings bounds what an API remembers of tokens.
const maxSayings = 1000

// ask has the provider tell of a token (RFC 7662 section 2.1), or goes by what
// it said a short while ago: section 4 leaves to each API how long it dares to.
func (a *API) ask(ctx context.Context, from *Trusted, issuer, raw string, c call) verdict {
	said, known := a.recall(raw)
	var err error
	if !known {
		said.answer, err = a.introspect(ctx, from, issuer, raw)
		said.at = a.now()
	}
	asked := rule.Each(trace.ResourceServer, toldRows(), &told{err: err, before: known, ago: a.now().Sub(said.at)})
	if err != nil {
		return verdict{checks: asked}
	}
	a.remember(raw, said)
	var of struct {
		Issuer   string `json:"iss"`
		Subject  string `json:"sub"`
		ClientID string `json:"client_id"`
		Scope    string `json:"scope"`
	}
	if json.Unmarshal(said.answer, &of) != nil {
		return verdict{checks: asked} // it was read once before, so this does not happen
	}
	if _, own := a.from(of.Issuer); of.Issuer != "" {
		issuer = own // a token of the same issuer under another of its names
	}
	return verdict{
		asked:  from.asked(of.Subject, of.ClientID, of.Scope),
		checks: slices.Concat(asked, token.VerifyIntrospected(said.answer, a.expects(from, issuer, c, nil))),
	}
}

// recall returns what was said of a token, while the API goes by it.
func (a *API) recall(raw string) (saying, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	said, known := a.remembered[raw]
	return said, known && a.now().Sub(said.at) < a.remembers
}

func (a *API) remember(raw string, said saying) {
	if a.remembers == 0 {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.remembered == nil || len(a.remembered) >= maxSayings {
		a.remembered = map[string]saying{}
	}
	a.remembered[raw] = said
}

func (a *API) introspect(ctx context.Context, from *Trusted, issuer, raw string) ([]byte, error) {
	var m metadata
	if _, err := getJSON(ctx, a.provider, issuer+"/.well-known/openid-configuration", "", &m); err != nil {
		return nil, fmt.Errorf("discover the provider: %w", err)
	}
	form := trace.EncodePairs([]trace.Field{{Name: "token", Value: raw}, {Name: "token_type_hint", Value: "access_token"}})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.Introspection, strings.NewReader(form))
	if err != nil {
		return nil, fmt.Errorf("ask the provider: %w", err)
	}
	req.Header.Set("Content-Type", formType)
	req.SetBasicAuth(url.QueryEscape(from.ClientID), url.QueryEscape(from.ClientSecret))
	return doJSON(a.asks, req, &json.RawMessage{})
}
