//go:build !race

package mockidp_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// keyModules are about keys of either side, and how they change.
func keyModules() map[string]func(*dynamic) {
	return map[string]func(*dynamic){
		"registration-jwks-uri": func(d *dynamic) {
			l := newKeyServer(d.t, clientKeys()[0].public())
			d.login(d.joined("jwks", nil, "jwks_uri", l.URL))
		},
		"refresh-token-rp-key-rotation": func(d *dynamic) {
			k := clientKeys()
			l := newKeyServer(d.t, k[0].public())
			n := d.joined("jwks", nil, "jwks_uri", l.URL)
			d.login(n)
			l.publish(d.t, k[1].public())
			d.clock.Advance(time.Minute)
			if res := d.redeem(n, k[1], d.code(d.ask(n)...)); res.StatusCode != http.StatusOK {
				d.t.Errorf("with the new key: %d %s", res.StatusCode, res.body)
			}
		},
		"server-rotate-keys": rotatesKeys,
	}
}

// rotatesKeys compares the keys before and after: there are new ones beside the old.
func rotatesKeys(d *dynamic) {
	read := func() (ids []string) {
		var set jose.JSONWebKeySet
		if err := json.Unmarshal([]byte(d.get(oidcURL+"/certs").body), &set); err != nil {
			d.t.Fatal(err)
		}
		for _, k := range set.Keys {
			if k.KeyID == "" || slices.Contains(ids, k.KeyID) || k.Algorithm != "RS256" && k.Algorithm != "ES256" {
				d.t.Errorf("key %q for %s", k.KeyID, k.Algorithm)
			}
			ids = append(ids, k.KeyID)
		}
		return ids
	}
	before := read()
	if err := d.p.RotateKeys(); err != nil {
		d.t.Fatal(err)
	}
	after := read()
	kept := slices.DeleteFunc(slices.Clone(before), func(id string) bool { return !slices.Contains(after, id) })
	if len(after) <= len(before) || len(kept) != len(before) {
		d.t.Errorf("keys %v, then %v", before, after)
	}
}

// referenceModules lay the request at an address.
func referenceModules() map[string]func(*dynamic) {
	return map[string]func(*dynamic){
		"request-uri-unsigned": func(d *dynamic) { // left out by the suite where none is not promised
			if algs, _ := d.discovered()["request_object_signing_alg_values_supported"].([]any); slices.Contains(algs, any("none")) {
				d.t.Errorf("unsigned requests are promised: %v", algs)
			}
		},
		"request-uri-signed-rs256": func(d *dynamic) {
			private, err := rsa.GenerateKey(rand.Reader, 2048)
			if err != nil {
				d.t.Fatal(err)
			}
			k, l := clientKey{"rsa", jose.RS256, private}, newKeyServer(d.t)
			n := d.joined("request_uris", []string{l.URL + "/requesturi/x#bm90IGl0cyBoYXNo"}, "request_object_signing_alg", "RS256",
				"jwks", &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{k.public()}})
			a := d.objectOf(n.ID)
			a.header, a.key, a.claims["scope"] = map[string]any{"alg": "RS256", "kid": "rsa"}, private, "openid"
			l.answer.Store(a.sign(d.t))
			page := d.openPushed(l.URL+"/requesturi/x#bm90IGl0cyBoYXNo", "client_id", n.ID, "response_type", "code", "scope", "openid")
			code := d.submit(d.signIn(page, "jane"), "decision", "approve").location().Query().Get("code")
			form := redeeming(code, "client_id", "")
			proof := d.assertionOf(n.ID)
			proof.header, proof.key = a.header, private
			if res := d.post(tokenURL, asserting(form, proof.sign(d.t)).Encode()); res.StatusCode != http.StatusOK {
				d.t.Errorf("%d %s", res.StatusCode, res.body)
			}
		},
		// The redirect_uri beside the object is wrong, and not looked at.
		"ensure-request-object-with-redirect-uri": func(d *dynamic) {
			n := d.joined()
			a := d.objectOf(n.ID)
			a.claims["scope"] = "openid"
			res := d.walk(d.ask(n, "redirect_uri", callback+"/wrong", "request", a.sign(d.t))...)
			if !strings.HasPrefix(res.Header.Get("Location"), callback+"?code=") {
				d.t.Errorf("%d to %s", res.StatusCode, res.Header.Get("Location"))
			}
		},
		"unsigned-request-object-supported-correctly-or-rejected-as-unsupported": func(d *dynamic) {
			n := d.joined()
			payload := strings.Split(d.objectOf(n.ID).sign(d.t), ".")[1]
			d.signIn(d.authorize(d.ask(n)...), "jane")
			res := d.authorize(d.ask(n, "request", encoded(`{"alg":"none"}`)+"."+payload+".")...)
			if got := res.location().Query().Get("error"); got != "invalid_request_object" {
				d.t.Errorf("%d %s", res.StatusCode, res.Header.Get("Location"))
			}
		},
	}
}
