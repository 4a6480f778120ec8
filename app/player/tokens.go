package player

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// tokens are the tokens that a message carries, decoded, and verified with the keys that the provider publishes.
func tokens(p *Player, m *trace.Message, n tutorials.Narrator) []inspector.Token {
	var out []inspector.Token
	seen := map[string]bool{}
	for _, place := range m.Places() {
		id := string(telling.ArtefactIn(place))
		if place.Part == trace.InCalc && (place.Name == "id_token" || place.Name == "access_token") {
			id = strings.ReplaceAll(place.Name, "_", "-")
		}
		name, isToken := tokenNames(n.Say(), id)
		if !isToken || seen[place.Value] {
			continue
		}
		seen[place.Value] = true
		t := inspector.Token{Name: name, Artefact: id, Raw: place.Value}
		if called := n.Artefact(id); !strings.EqualFold(called, name) {
			t.Name, t.Also = n.Say().Capital(called), strings.ToLower(name[:1])+name[1:]
		}
		if life := p.read().life(place.Value); life.Value != "" {
			t.Says, t.Over = life.Words(n.Say(), p.Now()), life.Ended(p.Now())
		}
		jwt, err := trace.DecodeJWT(place.Value)
		if err != nil {
			t.Opaque = true
		} else {
			t.Header, t.Payload, t.Signature = jwt.Header, jwt.Payload, jwt.Signature
			t.Checks = verify(p, token.Kind(id), place.Value, p.Now())
		}
		out = append(out, t)
	}
	return out
}

func tokenNames(say *catalog.Catalog, artefact string) (string, bool) {
	switch artefact {
	case look.AccessToken:
		return say.Text("player.token.access"), true
	case look.IDToken:
		return say.Text("player.token.id"), true
	case look.RefreshToken:
		return say.Text("player.token.refresh"), true
	}
	return "", false
}

// verify runs the receiver's rules on a token, with what the receiver knows from the run.
func verify(p *Player, kind token.Kind, raw string, now time.Time) []trace.Check {
	plan := p.Plan()
	published, err := keys(p)
	if err != nil {
		return []trace.Check{{
			ID: "keys-known", Rule: "the signature is the provider's", Result: trace.Skip,
			Reason: "the provider's keys cannot be read, so nothing can be verified: " + err.Error(), Spec: trace.Spec{
				Doc:     "RFC 7517",
				Section: "5",
			},
		}}
	}
	issuer := p.walk.Issuer()
	if kind == token.IDToken {
		e := expected(p, plan, raw)
		e.Issuer, e.Algorithm, e.Keys, e.Now = issuer, string(jose.RS256), published, now
		return token.VerifyIDToken(raw, e)
	}
	if !asksAnAPI(p.walk.Flow().Steps) {
		return nil // nobody in this story would verify it
	}
	return token.VerifyAccessToken(raw, token.AccessTokenExpectations{
		By: trace.ResourceServer, Issuer: issuer, Audience: p.walk.Audience(), Scope: p.walk.Flow().Cast.API.Routes[0].Scope,
		Keys: published, Now: now,
	})
}

// asksAnAPI reports whether a story has an API that is asked for something.
func asksAnAPI(steps []flows.Step) bool {
	return slices.ContainsFunc(steps, func(s flows.Step) bool { return s.To == trace.ResourceServer })
}

// expected is what the app that gets an ID token knows of the run: of two apps
// the one whose token response brings it, with the nonce that was sent last before.
func expected(p *Player, plan *trace.Trace, raw string) token.IDTokenExpectations {
	cast := p.walk.Flow().Cast
	e := token.IDTokenExpectations{By: trace.Client, ClientID: cast.Client.ID, Nonce: sentNonce(plan)}
	if i := p.Find("token-response"); i >= 0 {
		e.AccessToken = trace.JSONMember(p.At(i).Body, "access_token")
	}
	for i := range plan.Messages {
		m := &plan.Messages[i]
		if m.To != trace.OtherClient || m.Kind != trace.Response || trace.JSONMember(m.Body, "id_token") != raw {
			continue
		}
		e.By, e.ClientID, e.AccessToken = trace.OtherClient, cast.Other.ID, trace.JSONMember(m.Body, "access_token")
		e.Nonce = plan.Upto(i).Latest("nonce")
	}
	return e
}

// keys are those that the provider publishes: as the run fetches them, else as the API has them.
func keys(p *Player) (*jose.JSONWebKeySet, error) {
	if fetched := keysOf(p.Plan()); fetched != nil {
		return fetched, nil
	}
	text, err := p.walk.PublishedKeys(context.Background())
	if err != nil {
		return nil, fmt.Errorf("read the keys: %w", err)
	}
	var all jose.JSONWebKeySet
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("read the keys: %w", err)
	}
	return &all, nil
}

func keysOf(t *trace.Trace) *jose.JSONWebKeySet {
	i := slices.IndexFunc(t.Messages, func(m trace.Message) bool { return m.Step == "jwks-response" })
	if i < 0 {
		return nil
	}
	var keys jose.JSONWebKeySet
	if json.Unmarshal(t.Messages[i].Body, &keys) != nil || len(keys.Keys) == 0 {
		return nil
	}
	return &keys
}

// sentNonce is the nonce that the app made, before anybody changed it.
func sentNonce(t *trace.Trace) string {
	for i := range t.Messages {
		if c := t.Messages[i].Calc; c != nil {
			for _, f := range c.Outputs {
				if f.Name == "nonce" {
					return f.Value
				}
			}
		}
	}
	return ""
}
