package telling

import (
	"slices"

	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Artefact is the id of something of worth that travels: names and colours are filed under it.
type Artefact string

// The artefacts.
const (
	Code         Artefact = "code"
	AccessToken  Artefact = "access-token"
	IDToken      Artefact = "id-token"
	RefreshToken Artefact = "refresh-token"
	Secret       Artefact = "secret" // code verifier
	ClientSecret Artefact = "client-secret"
	Password     Artefact = "password"
)

// Artefacts lists them.
func Artefacts() []Artefact {
	return []Artefact{Code, AccessToken, IDToken, RefreshToken, Secret, ClientSecret, Password}
}

// Cargo is an artefact that a message carries, and where it stands there.
type Cargo struct {
	Artefact Artefact
	Place    trace.Place
}

// Cargos lists the artefacts that cross with a message, each once, in the order in which they stand.
func Cargos(m *trace.Message) []Cargo {
	var all []Cargo
	for _, p := range m.Places() {
		a := ArtefactIn(p)
		if a == "" || kept(m, p) || introduces(m, p) || slices.ContainsFunc(all, func(c Cargo) bool { return c.Artefact == a }) {
			continue
		}
		all = append(all, Cargo{Artefact: a, Place: p})
	}
	return all
}

// kept reports whether the browser keeps that part of a request to itself:
// the fragment of an address is never sent (RFC 9110 section 7.1).
func kept(m *trace.Message, p trace.Place) bool {
	return m.Kind == trace.Request && p.Part == trace.InURL && !slices.Contains(m.Query(), trace.Field{Name: p.Name, Value: p.Value})
}

// introduces reports whether the bearer token is not an access token, but one by
// which a client is registered or changes its entry (RFC 7591 section 3, RFC 7592
// section 2.2). Only there does the authorization server take JSON.
func introduces(m *trace.Message, p trace.Place) bool {
	return p.Name == "Authorization" && m.Kind == trace.Request && m.To == trace.AuthorizationServer && m.IsJSON()
}

// ArtefactIn returns the artefact that stands in a place of a message, or "".
// What is inside a token, was computed or was compared there is none: it did not travel.
func ArtefactIn(p trace.Place) Artefact {
	if p.Part == trace.InToken || p.Part == trace.InCheck || p.Part == trace.InCalc {
		return ""
	}
	switch p.Name {
	case "code":
		return Code
	case "access_token":
		return AccessToken
	case "id_token", "id_token_hint":
		return IDToken
	case "refresh_token":
		return RefreshToken
	case "code_verifier":
		return Secret
	case "client_secret":
		return ClientSecret
	case "password":
		return Password
	case "Authorization":
		return bearer(p.Value)
	}
	return ""
}

// bearer tells what was brought as a bearer token: not everybody brings an
// access token, which is what several mistakes are about. A token that cannot be
// read is one, since only ID tokens have to be JWTs (OpenID Connect Core 1.0 section 2).
func bearer(value string) Artefact {
	if _, err := trace.DecodeJWT(value); err != nil || token.KindOf(value) == token.AccessToken {
		return AccessToken
	}
	return IDToken
}
