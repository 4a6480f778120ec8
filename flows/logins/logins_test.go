package logins_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// log makes a trace of lines: method, address, form, status, and what came.
type line struct {
	method, url, form string
	status            int
	location, json    string
	page              string
}

func traceOf(lines ...line) *trace.Trace {
	t := &trace.Trace{}
	at := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	for i, l := range lines {
		request := trace.Message{Kind: trace.Request, Exchange: i + 1, Method: l.method, URL: l.url, At: at.Add(time.Duration(i) * time.Second)}
		if l.form != "" {
			request.Header = []trace.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}
			request.Body = []byte(l.form)
		}
		answer := trace.Message{Kind: trace.Response, Exchange: i + 1, Status: l.status}
		if l.location != "" {
			answer.Header = append(answer.Header, trace.Field{Name: "Location", Value: l.location})
		}
		if l.json != "" {
			answer.Header = append(answer.Header, trace.Field{Name: "Content-Type", Value: "application/json"})
			answer.Body = []byte(l.json)
		}
		if l.page != "" {
			answer.Header = append(answer.Header, trace.Field{Name: "Content-Type", Value: "text/html; charset=utf-8"})
			answer.Body = []byte(l.page)
		}
		t.Messages = append(t.Messages, request, answer)
	}
	return t
}

const idp = "https://login.example/tenant/"

func plainLogin() []line {
	return []line{
		{
			method: "GET", url: idp + ".well-known/openid-configuration", status: 200,
			json: `{"token_endpoint":"` + idp + `exchange","jwks_uri":"` + idp + `k","authorization_endpoint":"` + idp + `begin"}`,
		},
		{method: "GET", url: idp + "begin?client_id=app&response_type=code&state=s-12345&redirect_uri=https://app.example/in", status: 200},
		{method: "POST", url: idp + "person", form: "name=ann", status: 303, location: "https://app.example/in?code=c-12345&state=s-12345"},
		{method: "GET", url: "https://app.example/in?code=c-12345&state=s-12345", status: 302, location: "/"},
		{
			method: "POST", url: idp + "exchange", form: "grant_type=authorization_code&code=c-12345", status: 200,
			json: `{"access_token":"a-12345","refresh_token":"r-12345"}`,
		},
		{method: "GET", url: idp + "k", status: 200, json: `{"keys":[]}`},
	}
}

func TestARequestNamesItsRealm(t *testing.T) {
	for at, want := range map[string]string{
		"http://127.0.0.1:8180/realms/shop/protocol/openid-connect/token": "shop",
		"https://idp.example/auth/realms/bank/account":                    "bank",
		"https://idp.example/realms/lab?x=/realms/demo/":                  "lab",
		"https://idp.example/token":                                       "",
	} {
		e := &logins.Exchange{Request: &trace.Message{URL: at}}
		if got := e.Realm(); got != want {
			t.Errorf("%s is of the realm %q, want %q", at, got, want)
		}
	}
}

func TestAnEndpointIsKnownByMetadataParametersAndPath(t *testing.T) {
	want := []logins.Endpoint{
		logins.Discovery, logins.Authorization, logins.Page, logins.Callback, logins.Token, logins.Keys,
	}
	for i, e := range logins.Join(traceOf(plainLogin()...)).Exchanges {
		if e.Endpoint != want[i] {
			t.Errorf("exchange %d with %s is taken for %q, want %q", i+1, e.Address(), e.Endpoint, want[i])
		}
	}
}

func TestOneLoginIsJoinedByStateCodeAndRefreshFamily(t *testing.T) {
	lines := append(plainLogin(),
		line{
			method: "POST", url: idp + "exchange", form: "grant_type=refresh_token&refresh_token=r-12345", status: 200,
			json: `{"access_token":"a-67890","refresh_token":"r-67890"}`,
		},
		line{
			method: "POST", url: idp + "exchange", form: "grant_type=refresh_token&refresh_token=r-67890", status: 400,
			json: `{"error":"invalid_grant"}`,
		})
	log := logins.Join(traceOf(lines...))
	if len(log.Logins) != 1 {
		t.Fatalf("there are %d logins, want one", len(log.Logins))
	}
	l := log.Logins[0]
	if n := len(l.Exchanges); n != 6 || l.Client != "app" {
		t.Errorf("the login of %q has %d exchanges, want 6 of app", l.Client, n)
	}
	if stop := l.Stop(); stop == nil || stop.Number != 8 || l.State() != logins.Stopped {
		t.Errorf("it is %s, and stopped at %+v", l.State(), stop)
	}
}

func TestTwoLoginsStayTwo(t *testing.T) {
	lines := []line{
		{method: "GET", url: idp + "auth?client_id=app&response_type=code&state=first&redirect_uri=https://app.example/in", status: 200},
		{method: "GET", url: idp + "auth?client_id=app&response_type=code&state=second&redirect_uri=https://app.example/in", status: 200},
		{method: "GET", url: "https://app.example/in?code=of-second&state=second", status: 200},
	}
	log := logins.Join(traceOf(lines...))
	if len(log.Logins) != 2 || len(log.Logins[0].Exchanges) != 1 || len(log.Logins[1].Exchanges) != 2 {
		t.Errorf("joined to %d logins: %+v", len(log.Logins), log.Logins)
	}
	if log.Logins[0].State() != logins.Waiting {
		t.Errorf("the first is %s", log.Logins[0].State())
	}
}

func TestAPushedRequestAndADeviceAreJoined(t *testing.T) {
	log := logins.Join(traceOf(
		line{
			method: "POST", url: idp + "ext/par/request", form: "client_id=app&response_type=code&state=s-par", status: 201,
			json: `{"request_uri":"urn:x:1234"}`,
		},
		line{method: "GET", url: idp + "auth?client_id=app&request_uri=urn:x:1234", status: 200},
		line{
			method: "POST", url: idp + "auth/device", form: "client_id=tv", status: 200,
			json: `{"device_code":"d-1234","user_code":"ABCD-EFGH"}`,
		},
		line{
			method: "POST", url: idp + "token", form: "grant_type=device&device_code=d-1234", status: 400,
			json: `{"error":"authorization_pending"}`,
		},
	))
	if len(log.Logins) != 2 || len(log.Logins[0].Exchanges) != 2 || len(log.Logins[1].Exchanges) != 2 {
		t.Fatalf("joined to %d logins", len(log.Logins))
	}
	if log.Logins[1].State() != logins.Waiting {
		t.Errorf("a device that waits is %s", log.Logins[1].State())
	}
}

func TestTwoLoginsThatTurnOutToBeOneAreJoined(t *testing.T) {
	j := logins.NewJoiner()
	for _, l := range []line{
		{method: "GET", url: idp + "auth?client_id=app&response_type=code&state=state-1", status: 200},
		{
			method: "POST", url: idp + "token", form: "grant_type=authorization_code&code=code-1&client_id=other", status: 200,
			json: `{"access_token":"x-1234"}`,
		},
		{method: "GET", url: "https://app.example/in?code=code-1&state=state-1", status: 200},
	} {
		one := traceOf(l)
		_, _ = j.Add(&one.Messages[0], &one.Messages[1])
	}
	if log := j.Log(); len(log.Logins) != 1 || len(log.Logins[0].Exchanges) != 3 {
		t.Errorf("joined to %d logins", len(log.Logins))
	}
}

// Somebody who looks on has seen the numbers.
func TestTheNumberOfALoginStaysWhenOthersTurnOutToBeOne(t *testing.T) {
	run := traceOf(
		line{method: "GET", url: idp + "auth?client_id=app&response_type=code&state=s-12345", status: 200},
		line{method: "GET", url: idp + "auth?client_id=app&response_type=code&state=t-12345&nonce=n-12345", status: 200},
		line{method: "GET", url: idp + "auth?client_id=other&response_type=code&state=u-12345", status: 200},
		line{method: "GET", url: idp + "auth?client_id=app&response_type=code&state=s-12345&nonce=n-12345", status: 200}, // joins two
	)
	j := logins.NewJoiner()
	for i := 0; i < len(run.Messages); i += 2 {
		_, _ = j.Add(&run.Messages[i], &run.Messages[i+1]) // the log has them
	}
	all := j.Log().Logins
	if len(all) != 2 || all[0].Number != 1 || all[1].Number != 3 || all[1].Client != "other" {
		t.Errorf("the logins are %+v", all)
	}
	if joined := logins.Join(run).Logins; len(joined) != 2 || joined[1].Number != 2 {
		t.Errorf("a log that is read at once counts without a gap: %+v", joined)
	}
}

func TestALogThatGoesOnForgetsTheOldest(t *testing.T) {
	j := logins.NewJoiner()
	run := traceOf(plainLogin()...)
	for range 10 {
		for i := 0; i < len(run.Messages); i += 2 {
			_, _ = j.Add(&run.Messages[i], &run.Messages[i+1]) // the log has them
		}
		j.Keep(8)
	}
	log := j.Log()
	if n := len(log.Exchanges); n > 8 || log.Gone+n != 60 || log.Exchanges[0].Number != log.Gone+1 {
		t.Errorf("of 60 exchanges %d are kept and %d gone, from number %d on", n, log.Gone, log.Exchanges[0].Number)
	}
	for _, e := range log.Around {
		if e.Number <= log.Gone {
			t.Errorf("number %d is gone and still around", e.Number)
		}
	}
	if len(log.Logins) > 2 { // of six exchanges each
		t.Errorf("%d logins are kept", len(log.Logins))
	}
}

func TestAnAnswerIsReadWhereverItSaysNo(t *testing.T) {
	log := logins.Join(traceOf(
		line{
			method: "GET", url: idp + "auth?client_id=app&response_type=code&state=s-1234&prompt=none", status: 302,
			location: "https://app.example/in?error=login_required&error_description=No+session&state=s-1234",
		},
		line{
			method: "POST", url: idp + "token", form: "grant_type=x", status: 400,
			json: `{"error":"unsupported_grant_type","error_description":"x"}`,
		},
	))
	if e := log.Exchanges[0]; !e.Failed() || e.Error() != "login_required" || e.Description() != "No session" {
		t.Errorf("a redirect with an error reads %t %q %q", e.Failed(), e.Error(), e.Description())
	}
	if e := log.Exchanges[1]; !e.Failed() || e.Error() != "unsupported_grant_type" || e.Words() == "" {
		t.Errorf("an answer in JSON reads %t %q", e.Failed(), e.Error())
	}
	api := traceOf(line{method: "GET", url: "https://api.example/", status: 401})
	api.Messages[0].Header = []trace.Field{{Name: "Authorization", Value: `Bearer "a.b.c"`}}
	api.Messages[1].Header = []trace.Field{{
		Name:  "WWW-Authenticate",
		Value: `Bearer realm="x", error="invalid_token", error_description="expired"`,
	}}
	e := logins.Join(api).Exchanges[0]
	if e.Endpoint != logins.API || e.Error() != "invalid_token" || e.Description() != "expired" || e.Bearer() != "a.b.c" {
		t.Errorf("an API reads %q %q %q %q", e.Endpoint, e.Error(), e.Description(), e.Bearer())
	}
}

func TestAPageBelongsToTheLoginThatItWasShownIn(t *testing.T) {
	for name, seal := range map[string]struct{ shown, sent, query string }{
		"a hidden field, as ours": {`<input type="hidden" name="form" value="sealed&#43;form-of-%s-and-more">`, "form=sealed%2Bform-of-%s-and-more", ""},
		"one without quotes":      {`<input value=sealed-form-of-%s-and-more name=form type='HIDDEN'>`, "form=sealed-form-of-%s-and-more", ""},
		"an action, as Keycloak's": {
			`<form method="post" action="/person?session_code=session-code-of-%s&amp;tab_id=x">`, "name=ann", "?session_code=session-code-of-%s",
		},
		"one for all pages beside it": {
			`<input type="hidden" name="_csrf" value="same-on-each-page"><input type="hidden" name="f" value="sealed-form-of-%s-and-more">`,
			"_csrf=same-on-each-page&f=sealed-form-of-%s-and-more", "",
		},
	} {
		of := func(text, who string) string { return strings.ReplaceAll(text, "%s", who) }
		begin := func(who string) line {
			return line{
				method: "GET", url: idp + "authorize?client_id=app&response_type=code&state=state-" + who + "&redirect_uri=https://app.example/in",
				status: 200, page: of(seal.shown, who),
			}
		}
		back := func(who string) line {
			return line{method: "POST", url: idp + "person" + of(seal.query, who), form: of(seal.sent, who), status: 200, page: "again"}
		}
		log := logins.Join(traceOf(begin("ann"), begin("bob"), back("ann"), back("bob")))
		if len(log.Logins) != 2 || len(log.Logins[0].Exchanges) != 2 || log.Logins[0].Exchanges[1].Number != 3 {
			t.Errorf("%s: ann's form went to another login", name)
		}
	}
}

// attempt is a login of a client that sends the same state each time.
func attempt(code, more string) []line {
	return []line{
		{method: "GET", url: idp + "begin?client_id=app&response_type=code&state=always&redirect_uri=https://app.example/in" + more, status: 200},
		{method: "POST", url: idp + "person", form: "name=ann", status: 303, location: "https://app.example/in?code=" + code + "&state=always"},
		{method: "GET", url: "https://app.example/in?code=" + code + "&state=always", status: 302, location: "/"},
		{
			method: "POST", url: idp + "exchange", form: "grant_type=authorization_code&client_id=app&code=" + code, status: 200,
			json: `{"access_token":"` + code + `-access"}`,
		},
	}
}

func TestLoginsOfAClientThatAlwaysSendsTheSameStateAreToldApart(t *testing.T) {
	metadata := plainLogin()[:1]
	for name, c := range map[string]struct {
		lines []line
		want  []int // how many exchanges each login has
	}{
		"one after the other, with nothing else": {slices.Concat(attempt("c-1111", ""), attempt("c-2222", "")), []int{4, 4}},
		"by their challenges": {
			slices.Concat(attempt("c-1111", "&code_challenge=one")[:1], attempt("c-2222", "&code_challenge=two")), []int{1, 4},
		},
		"by their nonces, which come back late": {
			slices.Concat(attempt("c-1111", "&nonce=first")[:2], attempt("c-2222", "&nonce=second"), attempt("c-1111", "")[2:]), []int{4, 4},
		},
		"with the same nonce, once tokens came": {
			slices.Concat(attempt("c-1111", "&nonce=first"), attempt("c-2222", "&nonce=first")), []int{4, 4},
		},
		"a page that is loaded again": {
			slices.Concat(attempt("c-1111", "&nonce=first")[:1], attempt("c-1111", "&nonce=first")), []int{5},
		},
	} {
		var got []int
		for _, l := range logins.Join(traceOf(slices.Concat(metadata, c.lines)...)).Logins {
			got = append(got, len(l.Exchanges))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: the logins have %v exchanges, want %v", name, got, c.want)
		}
	}
}

func TestTwoBrowsersWithTheSameStateAreTwoLogins(t *testing.T) {
	run := traceOf(plainLogin()[0], attempt("c-1", "")[0], attempt("c-2", "")[0], attempt("c-2", "")[0])
	run.Messages[3].Header = append(run.Messages[3].Header, trace.Field{Name: "Set-Cookie", Value: "browser=one; Path=/"})
	run.Messages[5].Header = append(run.Messages[5].Header, trace.Field{Name: "Set-Cookie", Value: "browser=two; Path=/"})
	run.Messages[6].Header = append(run.Messages[6].Header, trace.Field{Name: "Cookie", Value: "x=y; browser=two"})
	log := logins.Join(run)
	if len(log.Logins) != 2 || len(log.Logins[1].Exchanges) != 2 {
		t.Errorf("there are %d logins, and the browser that came back is taken for another", len(log.Logins))
	}
}

func TestAPageThatCameBackBelongsToTheLoginThatItWasShownIn(t *testing.T) {
	form := func(value string) string {
		return `<form><input type="hidden" name="form" value="` + value + `"></form>`
	}
	first, second := attempt("c-1111", "&nonce=first"), attempt("c-2222", "&nonce=second")
	first[0].page, second[0].page = form("sealed-of-the-first-page"), form("sealed-of-the-second-page")
	first[1].form, second[1].form = "form=sealed-of-the-first-page", "form=sealed-of-the-second-page"
	log := logins.Join(traceOf(plainLogin()[0], first[0], second[0], first[1], second[1]))
	for i, want := range []string{"c-1111", "c-2222"} {
		if l := log.Logins[i]; len(l.Exchanges) != 2 || l.Last().Came("code") != want {
			t.Errorf("login %d has %d exchanges and got the code %q", i+1, len(l.Exchanges), l.Last().Came("code"))
		}
	}
}
