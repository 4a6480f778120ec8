package diagnosis

import (
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// discoveryRows are about metadata, the issuer's name and its keys.
func discoveryRows() []Row {
	issuer, path := discoveryOIDC("4.3"), discoveryOIDC("4")
	row := func(id, says string) Row {
		return Row{ID: id, Says: says, Spec: issuer, look: func(c *Case) *sighting {
			if s := issuerDiffers(c, id); s != nil {
				return s
			}
			return issuerTold(c, id)
		}}
	}
	return []Row{
		{"discovery-doubled", "the address of the metadata was given as the issuer, so its end stands there twice", path, discoveryDoubled},
		{"discovery-path", "there is no metadata at this address", path, either(
			discoveryPath, endpointForIssuer, bySayingBoth(
				[]string{".well-known", "discovery document", "server metadata response", "openid-configuration", "openid configuration"},
				[]string{"404", "not found", "unexpected http status", "not a conform"}), general(bySayingBoth(
				[]string{"oidc", "openid", "issuer", "authority", "realms", "identity provider"}, []string{
					"404 not found", "http status 404",
					"404 page not found",
				},
			)), tells([]string{
				"well-known", "openid-configuration", "discovery", "discovery document", "metadata", "authorization endpoint", "oidc configuration",
				"openid configuration", "provider configuration", "well known configuration", "configuration endpoint", "discovery url",
				"provider config",
				"openid provider configuration", "oidc config", "openid config", "provider metadata", "discovery endpoint",
			}, slices.Concat(unreachable(), missing(), []string{"invalid", "not valid"})),
		)},
		{"issuer-unknown", "the provider has no authorization server, realm or tenant of the name that the address has", path, about(tells(
			[]string{"resource", "customauthorizationserver", "realm", "authorization server", "tenant"}, missing()), logins.Authorization)},
		row("issuer-slash", "the issuer differs by a slash at the end"),
		row("issuer-scheme", "the issuer says http where https was asked, or the other way round"),
		row("issuer-loopback", "the issuer names this machine differently: localhost, 127.0.0.1 or [::1]"),
		row("issuer-host", "the issuer has another host or port than the one that was asked"),
		row("issuer-path", "the issuer has another path than the one that was asked"),
		{"issuer-differs", "the metadata name another issuer than the one that the app is set to", issuer, nothingSeen},
		{"resource-differs", "the metadata of an API name another address than the one that was asked", rfc("9728", "3.3"), bySayingBoth(
			[]string{"protected resource", "resource metadata", "rfc9728", "rfc 9728"}, []string{"not match", "n't match", "mismatch"})},
		{"jwks-missing", "the provider's keys are not to be had at jwks_uri", oidc("10.1"), either(jwksRefused, bySaying(
			"failed to load public key", "get keys failed", "unable to fetch jwks", "error fetching jwks",
			"failed to fetch jwks", "expected 200 ok from the json web key set",
		), bySayingBoth([]string{"querykeystore", "jwks", "keystore", "remotejwkset", "jwkclient"}, []string{
			"expected 200 ok", "status code", "not found", "forbidden", "request failed",
		}), tells([]string{
			"jwks", "jwk", "jwk set", "jwks uri", "jwks endpoint", "json web key set", "key set", "public key", "public keys", "signing keys",
			"verification key", "signing key",
			"certs",
		}, unreachable()))},
		{"jwks-stale", "the keys were fetched before the provider began to sign with new ones", oidc("10.1.1"), jwksStale},
		{"kid-unknown", "the token names a key that the provider does not publish", oidc("10.1"), either(
			kidUnknown, byRule("token-key", "id-token-key"),
			bySaying("signature key was not found", "no matching key", "no applicable key found", "signing key",
				"unknown kid", "no key with kid", "match kid"),
			tells([]string{"kid", "key id", "verification key", "jwk", "matching key", "public key", "publickey"}, missing()),
		)},
	}
}

const wellKnown = "/.well-known/"

func jwksRefused(c *Case) *sighting {
	e := c.refusedAt(logins.Keys)
	if e == nil || e.Status() < 400 {
		return nil
	}
	return certain(e, quote(e, "jwks_uri", e.Address()), answered(e, "status", strconv.Itoa(e.Status())))
}

func discoveryDoubled(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return strings.Count(e.Path(), wellKnown) > 1 || strings.Contains(e.Path(), "openid-configuration/") && e.Status() == 404
	})
	if e == nil {
		return nil
	}
	return certain(e, quote(e, "address", e.Address()), answered(e, "status", strconv.Itoa(e.Status())))
}

func discoveryPath(c *Case) *sighting {
	e := c.refused(func(e *logins.Exchange) bool {
		return (e.Endpoint == logins.Discovery || strings.Contains(e.Path(), wellKnown) && e.Endpoint != logins.Keys) && e.Status() >= 400 &&
			e.Status() < 500 && e.Status() != 421 && e.Came("issuer") == "" && e.Came("resource") == ""
	})
	if e == nil || strings.Count(e.Path(), wellKnown) > 1 {
		return nil
	}
	shown := []Evidence{quote(e, "address", e.Address()), answered(e, "status", strconv.Itoa(e.Status()))}
	if slices.Contains(c.Known.LeftOut, UnknownStatus) {
		return likely(e, append(shown[:1], refusal(e)...)...)
	}
	for _, o := range c.Log.Exchanges {
		if named := o.Came("issuer"); o.Endpoint == logins.Discovery && named != "" {
			return certain(e, append(shown, answered(o, "metadata is at", o.Address()))...)
		}
	}
	return certain(e, shown...)
}

// keySet is an answer with keys, and which ones it names.
func keySet(e *logins.Exchange) (kids []string, ok bool) {
	if e.Endpoint != logins.Keys || e.Answer == nil || e.Status() != 200 {
		return nil, false
	}
	inKeys := false
	for part, err := range trace.JSONParts(e.Answer.Body) {
		if err != nil {
			return nil, false
		}
		inKeys = inKeys || part.Name == "keys"
		if kid, text := part.Token.(string); text && part.Name == "kid" {
			kids = append(kids, kid)
		}
	}
	return kids, inKeys
}

// refusedToken is a token that its receiver did not take: at an API, or an ID
// token whose callback failed.
func (c *Case) refusedToken() (e *logins.Exchange, jwt trace.JWT, ok bool) {
	if e = c.refusedAt(logins.API); e == nil {
		e = c.refusedAt(logins.UserInfo)
	}
	if e != nil {
		if jwt, ok = e.JWT(); ok {
			return e, jwt, true
		}
	}
	if e = c.refusedAt(logins.Callback); e == nil || e.Error() != "" {
		return nil, jwt, false
	}
	for _, o := range c.Login.At(logins.Token) {
		if jwt, err := trace.DecodeJWT(o.Came("id_token")); err == nil {
			return e, jwt, true
		}
	}
	return nil, jwt, false
}

func kidOf(jwt trace.JWT) string { return trace.JWT{Payload: jwt.Header}.Claim("kid") }

// jwksStale needs a set that lacks the key of the token, and a sign that it has
// been replaced since.
func jwksStale(c *Case) *sighting {
	e, jwt, ok := c.refusedToken()
	kid := kidOf(jwt)
	if !ok || kid == "" || e.Broken() != nil && e.Broken().ID != "token-key" && e.Broken().ID != "id-token-key" {
		return nil
	}
	old, has := c.keysBefore(e)
	if old == nil || has(kid) {
		return nil
	}
	for _, turned := range c.Known.Turned {
		if old.At().Before(turned) && !e.At().Before(turned) {
			return certain(e, quote(e, "kid", kid), answered(old, "keys fetched before the change", "do not have it"))
		}
	}
	for _, o := range c.later(old) {
		if kids, set := keySet(o); set && contains(strings.Join(kids, "\n"), kid) {
			return certain(e, quote(e, "kid", kid), answered(old, "keys", "do not have it"), answered(o, "keys", "have it"))
		}
	}
	return nil
}

// keysBefore returns the last set of keys that was fetched before an exchange
// ended; a callback fetches its own.
func (c *Case) keysBefore(e *logins.Exchange) (*logins.Exchange, func(kid string) bool) {
	var last *logins.Exchange
	var held []string
	for _, o := range c.Log.Exchanges {
		if o.Number > e.Number && e.Endpoint != logins.Callback {
			break
		}
		if kids, set := keySet(o); set {
			last, held = o, kids
		}
	}
	return last, func(kid string) bool {
		for _, k := range held {
			if k == kid {
				return true
			}
		}
		return false
	}
}

func kidUnknown(c *Case) *sighting {
	e, jwt, ok := c.refusedToken()
	kid := kidOf(jwt)
	if !ok || kid == "" || e.Broken() != nil && e.Broken().ID != "token-key" && e.Broken().ID != "id-token-key" {
		return nil
	}
	set, has := c.keysBefore(e)
	if set == nil || has(kid) {
		return nil
	}
	s := likely(e, quote(e, "kid", kid), answered(set, "keys", "do not have it"))
	if e.Broken() != nil {
		s.sure = Certain
	}
	return s
}

func contains(text, part string) bool { return strings.Contains(text, part) }
