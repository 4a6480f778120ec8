package mockidp_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/mockidp"
)

const (
	deviceURL     = authURL + "/device"
	devicePageURL = realmURL + "/device"
	deviceGrant   = "urn:ietf:params:oauth:grant-type:device_code"
)

// deviceAnswer is what a device is told when it asks to be let in.
type deviceAnswer struct {
	DeviceCode string `json:"device_code"`
	UserCode   string `json:"user_code"`
	URI        string `json:"verification_uri"`
	URIWhole   string `json:"verification_uri_complete"`
	ExpiresIn  int    `json:"expires_in"`
	Interval   int    `json:"interval"`
}

// askAsTV sends a device authorization request, by the TV unless changed.
func (b *browser) askAsTV(change ...string) reply {
	b.t.Helper()
	return b.post(deviceURL, changed(url.Values{"client_id": {"tv-client"}}, change...).Encode())
}

func (b *browser) tv(change ...string) deviceAnswer {
	b.t.Helper()
	res := b.askAsTV(change...)
	var got deviceAnswer
	if err := json.Unmarshal([]byte(res.body), &got); err != nil || res.StatusCode != http.StatusOK {
		b.t.Fatalf("no device code: %d %s", res.StatusCode, res.body)
	}
	return got
}

// typeCode opens the page for codes and sends one.
func (b *browser) typeCode(code string) reply {
	b.t.Helper()
	return b.submit(b.get(devicePageURL), "user_code", code)
}

// deviceConsent walks jane to the question whether to allow the device.
func (b *browser) deviceConsent(code string) reply {
	b.t.Helper()
	res := b.typeCode(code)
	if strings.Contains(res.body, `name="password"`) {
		res = b.signIn(res, "jane")
	}
	return res
}

func (b *browser) allowTV(code string) reply {
	b.t.Helper()
	return b.submit(b.deviceConsent(code), "decision", "approve")
}

// poll is the TV asking for its tokens.
func (b *browser) poll(code string, change ...string) reply {
	b.t.Helper()
	return b.post(tokenURL, changed(url.Values{
		"grant_type": {deviceGrant}, "device_code": {code}, "client_id": {"tv-client"},
	}, change...).Encode())
}

func deviceCases() []ruleCase {
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"device-authorization", rule, sentence, jsonError, 400, send}
	}
	cases := append(clientCases("device-authorization", deviceURL, false),
		c("grant-type-allowed", "a client that is no device", func(w *world) reply { return w.askAsTV("client_id", "react-client") }),
		c("scope-syntax", "two spaces", func(w *world) reply { return w.askAsTV("scope", "openid  profile") }),
		c("scope-allowed", "a scope of somebody else", func(w *world) reply { return w.askAsTV("scope", "read:invoices") }),
		c("scope-present", "nothing is asked for and nothing is left by default", func(w *world) reply {
			return w.askAsTV("client_id", "offline-player")
		}),
	)
	cases = append(cases, devicePageCases()...)
	return append(cases, deviceCodeCases()...)
}

func devicePageCases() []ruleCase {
	c := func(rule, sentence string, kind kind, status int, send func(*world) reply) ruleCase {
		return ruleCase{"device", rule, sentence, kind, status, send}
	}
	cases := []ruleCase{
		c("method-get-or-post", "DELETE", page, 405, func(w *world) reply { return w.request(http.MethodDelete, devicePageURL, "") }),
		c("query-encoded", "bytes that are not UTF-8", page, 400, func(w *world) reply { return w.get(devicePageURL + "?user_code=%ff") }),
		c("query-once", "two codes", page, 400, func(w *world) reply { return w.get(devicePageURL + "?user_code=a&user_code=b") }),
		c("form-fresh", "the form of another page", page, 400, func(w *world) reply {
			_, fields := readForm(w.t, w.authorize().body)
			fields.Set("user_code", w.tv().UserCode)
			return w.post(devicePageURL, fields.Encode())
		}),
		c("user-code-known", "a made-up code", codeAgain, 400, func(w *world) reply { return w.typeCode("BBBB-BBBB") }),
		c("user-code-known", "no code", codeAgain, 400, func(w *world) reply { return w.typeCode("") }),
		c("user-code-known", "ten minutes later", codeAgain, 400, func(w *world) reply {
			asked := w.tv()
			w.clock.Advance(10 * time.Minute)
			return w.typeCode(asked.UserCode)
		}),
		c("user-code-known", "a code that was answered", codeAgain, 400, func(w *world) reply {
			asked := w.tv()
			w.allowTV(asked.UserCode)
			return w.typeCode(asked.UserCode)
		}),
		c("code-attempts-left", "the sixth attempt, though right", codeAgain, 429, func(w *world) reply {
			asked := w.tv()
			for range 5 {
				w.typeCode("BBBB-BBBB")
			}
			return w.typeCode(asked.UserCode)
		}),
		c("code-attempts-left", "the 101st attempt of an address, each with a new browser", codeAgain, 429, func(w *world) reply {
			asked := w.tv()
			for range 100 {
				w.reset()
				w.typeCode("BBBB-BBBB")
			}
			w.reset()
			return w.typeCode(asked.UserCode)
		}),
		{"consent", "device-waiting", "two people answer for one device", page, 400, func(w *world) reply {
			code := w.tv().UserCode
			first, second := w.deviceConsent(code), w.typeCode(code)
			w.submit(first, "decision", "approve")
			return w.submit(second, "decision", "approve")
		}},
		{"consent", "device-waiting", "the answer comes after ten minutes", page, 400, func(w *world) reply {
			code := w.tv().UserCode
			w.clock.Advance(9 * time.Minute)
			asked := w.deviceConsent(code)
			w.clock.Advance(time.Minute)
			return w.submit(asked, "decision", "approve")
		}},
		{"consent", "decision-known", "neither yes nor no to a device", page, 400, func(w *world) reply {
			return w.submit(w.deviceConsent(w.tv().UserCode), "decision", "perhaps")
		}},
	}
	for _, f := range formCases("device", devicePageURL, func(w *world) reply { return w.get(devicePageURL) }) {
		if f.rule != "method-post" {
			cases = append(cases, f)
		}
	}
	return cases
}

// codeAgain is the page for codes, shown again.
const codeAgain kind = "code again"

func isCodeAgain(t *testing.T, res reply, _ mockidp.Rule) {
	t.Helper()
	if !strings.Contains(res.body, `role="alert"`) || !strings.Contains(res.body, `name="user_code"`) {
		t.Error("the page for codes is not shown again with an alert")
	}
}

func deviceCodeCases() []ruleCase {
	c := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"token " + deviceGrant, rule, sentence, jsonError, 400, send}
	}
	return []ruleCase{
		c("device-code-present", "none", func(w *world) reply { return w.poll("") }),
		c("device-code-known", "a made-up one", func(w *world) reply { return w.poll("made-up") }),
		c("device-code-known", "the user code", func(w *world) reply { return w.poll(w.tv().UserCode) }),
		c("device-code-known", "jane signs out before the TV asks", func(w *world) reply {
			asked := w.tv()
			w.allowTV(asked.UserCode)
			w.submit(w.logout(), "decision", "approve")
			return w.poll(asked.DeviceCode)
		}),
		c("device-code-issued-to-client", "another device brings it", func(w *world) reply {
			return w.poll(w.tv().DeviceCode, "client_id", "offline-player")
		}),
		c("device-code-unused", "a second time", func(w *world) reply {
			asked := w.tv()
			w.allowTV(asked.UserCode)
			w.poll(asked.DeviceCode)
			return w.poll(asked.DeviceCode)
		}),
		c("device-code-fresh", "ten minutes later", func(w *world) reply {
			asked := w.tv()
			w.clock.Advance(10 * time.Minute)
			return w.poll(asked.DeviceCode)
		}),
		c("device-code-fresh", "ten minutes later, though allowed", func(w *world) reply {
			asked := w.tv()
			w.allowTV(asked.UserCode)
			w.clock.Advance(10 * time.Minute)
			return w.poll(asked.DeviceCode)
		}),
		c("device-not-refused", "jane said no", func(w *world) reply {
			asked := w.tv()
			w.submit(w.deviceConsent(asked.UserCode), "decision", "refuse")
			return w.poll(asked.DeviceCode)
		}),
		c("device-patient", "again after four seconds", func(w *world) reply {
			asked := w.tv()
			w.poll(asked.DeviceCode)
			w.clock.Advance(4 * time.Second)
			return w.poll(asked.DeviceCode)
		}),
		c("device-allowed", "nobody has answered", func(w *world) reply { return w.poll(w.tv().DeviceCode) }),
		c("device-allowed", "jane is still looking at the question", func(w *world) reply {
			asked := w.tv()
			w.deviceConsent(asked.UserCode)
			return w.poll(asked.DeviceCode)
		}),
	}
}

func TestADeviceIsToldWhereItsCodeIsTyped(t *testing.T) {
	w := newWorld(t)
	asked := w.tv()
	if asked.URI != devicePageURL || asked.URIWhole != devicePageURL+"?user_code="+asked.UserCode || asked.ExpiresIn != 600 ||
		asked.Interval != 5 {
		t.Errorf("%+v", asked)
	}
	letters := strings.ReplaceAll(asked.UserCode, "-", "")
	if len(asked.UserCode) != 9 || asked.UserCode[4] != '-' || len(letters) != 8 || strings.Trim(letters, "BCDFGHJKLMNPQRSTVWXZ") != "" {
		t.Errorf("user_code %q", asked.UserCode)
	}
	if again := w.tv(); again.UserCode == asked.UserCode || again.DeviceCode == asked.DeviceCode || len(asked.DeviceCode) < 43 {
		t.Errorf("%+v after %+v", again, asked)
	}
}

func TestTheTypedCodeMayDifferInCaseAndDashes(t *testing.T) {
	w := newWorld(t)
	for _, write := range []func(string) string{
		strings.ToLower,
		func(s string) string { return strings.ReplaceAll(s, "-", "") },
		func(s string) string { return " " + strings.ReplaceAll(s, "-", " ") + " " },
	} {
		asked := w.tv()
		if res := w.allowTV(write(asked.UserCode)); res.StatusCode != http.StatusOK {
			t.Errorf("%q: %d %s", write(asked.UserCode), res.StatusCode, res.body)
		}
		w.poll(asked.DeviceCode)
	}
}

func TestTheWholeAddressFillsInTheCodeAndStillAsks(t *testing.T) {
	w := newWorld(t)
	asked := w.tv("scope", "openid mail.read")
	res := w.get(asked.URIWhole)
	if !strings.Contains(res.body, `value="`+asked.UserCode+`"`) {
		t.Fatalf("the code is not filled in:\n%s", res.body)
	}
	if poll := w.poll(asked.DeviceCode); poll.check == nil || poll.check.ID != "device-allowed" {
		t.Error("opening the address was enough")
	}
	consent := w.signIn(w.submit(res), "jane")
	for _, want := range []string{asked.UserCode, "Travel TV", "mail.read", "It must show this code"} {
		if !strings.Contains(consent.body, want) {
			t.Errorf("the question does not hold %q", want)
		}
	}
	if policy := consent.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "form-action 'self';") {
		t.Errorf("the form may lead elsewhere: %s", policy)
	}
	done := w.submit(consent, "decision", "approve")
	if done.StatusCode != http.StatusOK || !strings.Contains(done.body, "go back to your device") || done.Header.Get("Location") != "" {
		t.Errorf("%d %s", done.StatusCode, done.body)
	}
	set := tokensIn(t, w.poll(asked.DeviceCode))
	if set.Access == "" || set.ID == "" || set.Refresh == "" || set.Scope != "openid mail.read" {
		t.Errorf("%+v", set)
	}
	claims := claimsOf(t, set.ID)
	if claims["aud"] != "tv-client" || claims["sub"] != "user-jane" || claims["sid"] != nil || claims["auth_time"] == nil ||
		claims["nonce"] != nil {
		t.Errorf("%v", claims)
	}
	if res := w.userInfo(set.Access); res.StatusCode != http.StatusOK {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestEveryDeviceIsAskedAboutEvenIfOneWasAllowedBefore(t *testing.T) {
	w := newWorld(t)
	w.allowTV(w.tv().UserCode)
	res := w.typeCode(w.tv().UserCode)
	if res.StatusCode != http.StatusOK || !strings.Contains(res.body, `value="approve"`) {
		t.Errorf("%d %s", res.StatusCode, res.body)
	}
}

func TestAHastyDeviceIsSlowedDownByFiveSecondsEachTime(t *testing.T) {
	w := newWorld(t)
	code := w.tv().DeviceCode
	ask := func(after time.Duration, want string) {
		t.Helper()
		w.clock.Advance(after)
		if res := w.poll(code); res.check == nil || res.check.Error != want {
			t.Errorf("after %s: %s, want %s", after, res.body, want)
		}
	}
	ask(0, "authorization_pending")
	ask(5*time.Second, "authorization_pending")
	ask(4*time.Second, "slow_down")
	ask(9*time.Second, "slow_down")
	ask(14*time.Second, "slow_down")
	ask(20*time.Second, "authorization_pending")
}

func TestAHastyDeviceThatIsAllowedGetsItsTokens(t *testing.T) {
	w := newWorld(t)
	asked := w.tv()
	w.poll(asked.DeviceCode)
	w.allowTV(asked.UserCode)
	tokensIn(t, w.poll(asked.DeviceCode))
}

func TestOfManyPollsOneGetsTokens(t *testing.T) {
	w := newWorld(t)
	asked := w.tv()
	w.allowTV(asked.UserCode)
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		given int
	)
	for range 16 {
		wg.Go(func() {
			if newBrowser(t, w.p).poll(asked.DeviceCode).StatusCode == http.StatusOK {
				mu.Lock()
				given++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if given != 1 {
		t.Errorf("%d polls got tokens", given)
	}
}

func TestTheTVLosesItsAccessWithTheSessionUnlessItAskedForMore(t *testing.T) {
	for scope, want := range map[string]int{"openid": http.StatusUnauthorized, "openid offline_access": http.StatusOK} {
		w := newWorld(t)
		asked := w.tv("scope", scope)
		w.allowTV(asked.UserCode)
		set := tokensIn(t, w.poll(asked.DeviceCode))
		w.submit(w.logout(), "decision", "approve")
		if res := w.userInfo(set.Access); res.StatusCode != want {
			t.Errorf("%s: %d %s", scope, res.StatusCode, res.body)
		}
	}
}

func TestDeviceCodesLiveAsLongAsTheClientOrTheRealmSays(t *testing.T) {
	realm := mockidp.StoryRealm()
	realm.Lifetimes.DeviceCode = time.Minute
	for i := range realm.Clients {
		if realm.Clients[i].ClientID == "react-client" {
			realm.Clients[i].GrantTypes = append(realm.Clients[i].GrantTypes, deviceGrant)
			realm.Clients[i].Lifetimes.DeviceCode = time.Hour
		}
	}
	c := newClock()
	b := newBrowser(t, newProvider(t, mockidp.Config{Now: c.Now, Realms: []mockidp.Realm{realm}}))
	short, long := b.tv(), b.tv("client_id", "react-client")
	if short.ExpiresIn != 60 || long.ExpiresIn != 3600 {
		t.Errorf("%d and %d", short.ExpiresIn, long.ExpiresIn)
	}
	c.Advance(time.Minute)
	if res := b.poll(short.DeviceCode); !strings.Contains(res.body, `"expired_token"`) {
		t.Error(res.body)
	}
	c.Advance(58 * time.Minute)
	if res := b.allowTV(long.UserCode); res.StatusCode != http.StatusOK {
		t.Error(res.body)
	}
	realm.Lifetimes.DeviceCode = -1
	if _, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}}); err == nil {
		t.Error("a negative lifetime is accepted")
	}
}

func TestMetadataNamesTheDeviceEndpointWhereADeviceMayUseIt(t *testing.T) {
	doc := func(realm mockidp.Realm) string {
		b := newBrowser(t, newProvider(t, mockidp.Config{Realms: []mockidp.Realm{realm}}))
		return b.get(realmURL + "/.well-known/openid-configuration").body
	}
	with := doc(mockidp.StoryRealm())
	if !strings.Contains(with, `"device_authorization_endpoint":"`+deviceURL+`"`) || !strings.Contains(with, deviceGrant) {
		t.Error(with)
	}
	realm := mockidp.StoryRealm()
	realm.Clients = realm.Clients[:1]
	if without := doc(realm); strings.Contains(without, "device") {
		t.Error(without)
	}
}

func TestAnIndependentLibraryConnectsADeviceOverTCP(t *testing.T) {
	t.Parallel()
	// The library sends no client_secret to the device endpoint, so only a
	// public client can be judged by it.
	base := serve(t, mockidp.StoryRealm())
	rp := newRelyingParty(t, base+"/realms/demo", mockidp.Client{ClientID: "tv-client"}, "", "openid", "mail.read")
	asked, err := rp.oauth.DeviceAuth(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := overTCP(t)
	done := b.submit(b.signIn(b.submit(b.get(asked.VerificationURIComplete)), "jane"), "decision", "approve")
	if done.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", done.StatusCode, done.body)
	}
	asked.Interval = 1 // the library waits for so many seconds before it asks
	token, err := rp.oauth.DeviceAccessToken(t.Context(), asked)
	if err != nil || token.AccessToken == "" || token.Extra("scope") != "openid mail.read" {
		t.Fatalf("%+v, %v", token, err)
	}
	raw, _ := token.Extra("id_token").(string)
	if id, err := rp.verifier.Verify(t.Context(), raw); err != nil || id.Subject != "user-jane" ||
		id.VerifyAccessToken(token.AccessToken) != nil {
		t.Errorf("%+v, %v", id, err)
	}
	_, err = rp.oauth.DeviceAccessToken(t.Context(), asked)
	if refused := (*oauth2.RetrieveError)(nil); !errors.As(err, &refused) || refused.ErrorCode != "invalid_grant" {
		t.Errorf("a second time: %v", err)
	}
}

func FuzzNoDeviceIsLetInThatNobodyAllowed(f *testing.F) {
	for i, seed := range []string{
		"client_id=tv-client", "client_id=tv-client&scope=openid+gold", "client_id=tv-client&scope=%ff", "", "%",
		"user_code=USER&form=FORM&csrf_token=CSRF", "user_code=BBBB-BBBB&form=FORM&csrf_token=CSRF", "user_code=USER",
		"form=FORM&csrf_token=CSRF&user_code=USER&user_code=USER", "decision=approve&form=FORM&csrf_token=CSRF",
		"grant_type=" + deviceGrant + "&device_code=DEVICE&client_id=tv-client",
		"grant_type=" + deviceGrant + "&device_code=USER&client_id=tv-client",
		"device_code=DEVICE&client_id=react-client&grant_type=" + deviceGrant,
	} {
		for where := range 4 {
			f.Add(seed, uint8(where), strconv.Itoa(i))
		}
	}
	f.Fuzz(func(t *testing.T, body string, where uint8, query string) {
		b := newBrowser(t, fuzzProvider(t))
		asked := b.tv()
		_, fields := readForm(t, b.get(devicePageURL).body)
		fill := strings.NewReplacer("FORM", fields.Get("form"), "CSRF", fields.Get("csrf_token"), "USER", asked.UserCode, "DEVICE",
			asked.DeviceCode)
		address := []string{deviceURL, devicePageURL, authURL + "/consent", tokenURL}[where%4]
		for range 2 {
			res := b.post(address, fill.Replace(body))
			if res.StatusCode >= http.StatusInternalServerError || res.Header.Get("Location") != "" || strings.Contains(res.body, "access_token") {
				t.Fatalf("%d %s %s", res.StatusCode, res.Header.Get("Location"), res.body)
			}
		}
		if res := b.get(devicePageURL + "?user_code=" + url.QueryEscape(fill.Replace(query))); res.StatusCode >= http.StatusInternalServerError {
			t.Fatalf("%d %s", res.StatusCode, res.body)
		}
		if res := b.poll(asked.DeviceCode); !strings.Contains(res.body, "authorization_pending") && !strings.Contains(res.body, "slow_down") {
			t.Fatalf("the device is told %s after %q", res.body, body)
		}
	})
}
