package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// signing is one run of one module of the certification suite's plan for FAPI
// 2.0 Message Signing: a client that signs what it asks for, by PAR, and gets
// signed answers.
type signing struct {
	*world
	holder *holder
}

func newSigning(t *testing.T) *signing {
	t.Helper()
	realm := rulesRealm()
	for i := range realm.Clients {
		if c := &realm.Clients[i]; c.ClientID == "fapi-portal" {
			c.RequireSignedRequestObject, c.ResponseModes = true, []string{"jwt"}
		}
	}
	w := newWorldOf(t, realm)
	return &signing{w, newHolder(w)}
}

// object is the request object that the suite sends: without iat and typ.
func (s *signing) object() *assertion {
	a := s.objectOf("fapi-portal")
	a.claims["response_mode"] = "jwt"
	delete(a.claims, "iat")
	delete(a.claims, "sub")
	delete(a.claims, "max_age")
	delete(a.header, "typ")
	return a
}

// push sends a request object to the PAR endpoint, and more beside it.
func (s *signing) push(object string, beside ...string) reply {
	form := changed(url.Values{"request": {object}}, append([]string{"client_id", "fapi-portal"}, beside...)...)
	return s.holder.asFAPI(pushURL, form)
}

// answered goes through the pages, and opens the answer.
func (s *signing) answered(pushed reply, decision string) map[string]any {
	s.t.Helper()
	var got struct {
		URI string `json:"request_uri"`
	}
	if err := json.Unmarshal([]byte(pushed.body), &got); err != nil || pushed.StatusCode != http.StatusCreated {
		s.t.Fatalf("not pushed: %d %s", pushed.StatusCode, pushed.body)
	}
	res := s.submit(s.signIn(s.openPushed(got.URI, "client_id", "fapi-portal"), "jane"), "decision", decision)
	q := res.location().Query()
	if len(q) != 1 {
		s.t.Errorf("more than a JWT comes back: %v", q)
	}
	header, claims := s.opened(q.Get("response"))
	if header["alg"] != "ES256" || claims["iss"] != realmURL || claims["aud"] != "fapi-portal" {
		s.t.Errorf("signed %v, claims %v", header, claims)
	}
	return claims
}

// refused asserts that the PAR endpoint refuses a request object, with the code
// that the suite waits for.
func (s *signing) refused(rule, code string, res reply) {
	s.t.Helper()
	if res.StatusCode != http.StatusBadRequest || res.check == nil || res.check.ID != rule || said(s.t, res.body)["error"] != code {
		s.t.Errorf("%d %s by %+v, want %s by %s", res.StatusCode, res.body, res.check, code, rule)
	}
}

func TestModulesOfTheMessageSigningPlan(t *testing.T) {
	for name, run := range signingModules() {
		t.Run("fapi2-security-profile-final-"+name, func(t *testing.T) { run(newSigning(t)) })
	}
}

func signingModules() map[string]func(*signing) {
	const object = "invalid_request_object"
	claims := func(rule string, change map[string]any) func(*signing) {
		return func(s *signing) {
			a := s.object()
			for name, value := range change {
				if a.claims[name] = value; value == nil {
					delete(a.claims, name)
				}
			}
			s.refused(rule, object, s.push(a.sign(s.t)))
		}
	}
	later := func(d time.Duration) int64 { return newClock().Now().Add(d).Unix() }
	all := map[string]func(*signing){
		"ensure-request-object-without-exp-fails":                  claims("request-object-window", map[string]any{"exp": nil}),
		"ensure-request-object-without-nbf-fails":                  claims("request-object-window", map[string]any{"nbf": nil}),
		"ensure-expired-request-object-fails":                      claims("request-object-time", map[string]any{"exp": later(-5 * time.Minute)}),
		"ensure-request-object-with-bad-aud-fails":                 claims("request-object-audience", map[string]any{"aud": realmURL + "invalid"}),
		"ensure-request-object-with-exp-over-60-fails":             claims("request-object-window", map[string]any{"exp": later(70 * time.Minute)}),
		"ensure-request-object-with-nbf-over-60-fails":             claims("request-object-window", map[string]any{"nbf": later(-70 * time.Minute)}),
		"ensure-request-object-without-redirect-uri-fails":         withoutRedirect,
		"ensure-unsigned-request-at-par-endpoint-fails":            unsignedPush,
		"par-authorization-request-containing-request_uri":         claims("request-object-alone", map[string]any{"request_uri": pushURL + "/x"}),
		"ensure-different-state-inside-and-outside-request-object": stateInside("outside"),
		"state-only-outside-request-object-not-used":               stateInside(""),
	}
	for name, run := range signatureModules() {
		all[name] = run
	}
	return all
}

func withoutRedirect(s *signing) {
	a := s.object()
	delete(a.claims, "redirect_uri")
	s.refused("redirect-uri-present", "invalid_request", s.push(a.sign(s.t), "redirect_uri", callback))
}

func unsignedPush(s *signing) {
	s.refused("request-object-required", "invalid_request", s.holder.asFAPI(pushURL, with("client_id", "fapi-portal", "response_mode", "jwt")))
}

// stateInside sends a state beside the object: another than there is in it, or
// one where there is none in it.
func stateInside(beside string) func(*signing) {
	return func(s *signing) {
		a, want := s.object(), any("from-the-object")
		if beside == "" {
			delete(a.claims, "state")
			beside, want = "outside", nil
		}
		if got := s.answered(s.push(a.sign(s.t), "state", beside), "approve")["state"]; got != want {
			s.t.Errorf("state %v, want %v", got, want)
		}
	}
}

// signatureModules are about the signature, and about what is taken.
func signatureModules() map[string]func(*signing) {
	const object = "invalid_request_object"
	taken := func(change func(*assertion)) func(*signing) {
		return func(s *signing) {
			a := s.object()
			change(a)
			claims := s.answered(s.push(a.sign(s.t)), "approve")
			code, _ := claims["code"].(string)
			if res := s.holder.asFAPI(tokenURL, redeeming(code, "client_id", "")); res.StatusCode != http.StatusOK {
				s.t.Errorf("%d %s", res.StatusCode, res.body)
			}
		}
	}
	return map[string]func(*signing){
		"happy-flow":                    taken(func(*assertion) {}),
		"happy-flow, the second client": taken(func(a *assertion) { a.header["typ"] = "OAuth-authz-req+JWT" }),
		"ensure-request-object-with-multiple-aud-succeeds": taken(func(a *assertion) {
			a.claims["aud"] = []string{realmURL, "https://other1.example.com", "invalid"}
		}),
		"ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted": taken(func(a *assertion) {
			a.claims["nbf"] = newClock().Now().Add(8 * time.Second).Unix()
		}),
		"user-rejects-authentication": func(s *signing) {
			if claims := s.answered(s.push(s.object().sign(s.t)), "refuse"); claims["error"] != "access_denied" || claims["code"] != nil {
				s.t.Errorf("%v", claims)
			}
		},
		"ensure-signed-request-object-with-RS256-fails": func(s *signing) {
			a := s.object()
			a.header, a.key = map[string]any{"alg": "RS256", "kid": "ec"}, holders(s.world)[4].key
			s.refused("request-object-alg", object, s.push(a.sign(s.t)))
		},
		"ensure-request-object-signature-algorithm-is-not-none": func(s *signing) {
			payload := strings.Split(s.object().sign(s.t), ".")[1]
			s.refused("request-object-alg", object, s.push(encoded(`{"alg":"none"}`)+"."+payload+"."))
		},
		"ensure-request-object-with-invalid-signature-fails": func(s *signing) {
			one, a := s.object().sign(s.t), s.object()
			a.claims["state"] = "another"
			other := strings.Split(a.sign(s.t), ".")
			s.refused("request-object-signature", object, s.push(other[0]+"."+other[1]+one[strings.LastIndex(one, "."):]))
		},
		"ensure-matching-key-in-authorization-request": func(s *signing) {
			a := s.object()
			a.key = newHolder(s.world).key
			s.refused("request-object-signature", object, s.push(a.sign(s.t)))
		},
	}
}

// What a client signs it must also do where the profile is not its own.
func TestRequestObjectTimesAreAKeyOfTheirOwn(t *testing.T) {
	w := newWorld(t)
	if res := timed(w, func(*assertion) {}); res.check != nil {
		t.Errorf("%+v", res.check)
	}
	res := signed(func(a *assertion) { delete(a.claims, "nbf") })(w)
	if res.check != nil {
		t.Errorf("a client without the key: %+v", res.check)
	}
}
