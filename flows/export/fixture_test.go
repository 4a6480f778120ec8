package export_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

const (
	authURL  = "https://idp.example/realms/demo/protocol/openid-connect/auth"
	tokenURL = "https://idp.example/realms/demo/protocol/openid-connect/token"
	verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // RFC 7636 appendix B
	hashed   = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	jsonType = "application/json"
	formType = "application/x-www-form-urlencoded"
)

// jwt makes a token whose signature nobody could have made.
func jwt(header, payload string) string {
	enc := base64.RawURLEncoding.EncodeToString
	return enc([]byte(header)) + "." + enc([]byte(payload)) + "." + enc([]byte(strings.Repeat("not a signature ", 16)))
}

func accessToken() string {
	return jwt(`{"alg":"RS256","typ":"at+jwt","kid":"demo-1"}`,
		`{"iss":"https://idp.example/realms/demo","sub":"jane","aud":"https://mailbox.example","exp":1760000361,"iat":1760000061,"scope":"openid mail.read"}`)
}

func idToken() string {
	return jwt(`{"alg":"RS256","kid":"demo-1"}`,
		`{"iss":"https://idp.example/realms/demo","sub":"jane","aud":"mobile-pkce-client","exp":1760000361,"iat":1760000061,"auth_time":1760000050,"nonce":"n-0S6_WzA2Mj","name":"Jane Doe"}`)
}

// opening is what both runs have in common: up to the code.
func opening() []trace.Message {
	front := func(step, chapter string, kind trace.Kind, from, to trace.Role, exchange int) trace.Message {
		return trace.Message{Step: step, Chapter: chapter, Kind: kind, From: from, To: to, Channel: trace.Front, Exchange: exchange}
	}
	click := trace.Message{
		Step: "click-login", Chapter: "ask", Kind: trace.Gesture, From: trace.ResourceOwner, To: trace.UserAgent, Channel: trace.Local,
		Act: &trace.Act{Verb: "clicks", Object: "Log in with Demo"},
	}
	login := front("login", "ask", trace.Request, trace.UserAgent, trace.Client, 1)
	login.Method, login.URL = "GET", "https://travel.example/login"
	login.Header = []trace.Field{{Name: "Accept", Value: "text/html"}, {Name: "Host", Value: "travel.example"}}

	pkce := trace.Message{
		Step: "create-pkce", Chapter: "ask", Kind: trace.Note, From: trace.Client, To: trace.Client, Channel: trace.Local, Depth: 1,
		Calc: &trace.Calc{
			Inputs:  []trace.Field{{Name: "code_verifier", Value: verifier}},
			Steps:   []trace.CalcStep{{Does: "SHA-256(code_verifier)", Result: "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3"}},
			Outputs: []trace.Field{{Name: "code_challenge", Value: hashed}},
			Command: "printf %s '" + verifier + "' | openssl dgst -sha256 -binary | basenc --base64url | tr -d '='",
		},
	}
	query := "?response_type=code&client_id=mobile-pkce-client&redirect_uri=https%3A%2F%2Ftravel.example%2Fcallback" +
		"&scope=openid+mail.read&state=af0ifjsldkj&nonce=n-0S6_WzA2Mj&code_challenge=" + hashed + "&code_challenge_method=S256"
	redirect := front("login-redirect", "ask", trace.Response, trace.Client, trace.UserAgent, 1)
	redirect.Status = 302
	redirect.Header = []trace.Field{
		{Name: "Location", Value: authURL + query},
		{Name: "Set-Cookie", Value: "login=8a3b; Path=/; HttpOnly; Secure; SameSite=Lax"},
	}
	authorize := front("authorize", "ask", trace.Request, trace.UserAgent, trace.AuthorizationServer, 2)
	authorize.Method, authorize.URL = "GET", authURL+query
	authorize.Header = []trace.Field{{Name: "Accept", Value: "text/html"}, {Name: "Host", Value: "idp.example"}}
	authorize.Checks = []trace.Check{
		{
			By: trace.AuthorizationServer, ID: "redirect-uri-registered", Rule: "redirect_uri equals a registered one",
			Spec: trace.Spec{Doc: "RFC 6749", Section: "3.1.2.3"}, Expected: "https://travel.example/callback",
			Got: "https://travel.example/callback", Result: trace.Pass,
		},
		{
			By: trace.AuthorizationServer, ID: "code-challenge-method",
			Rule: "code_challenge_method is S256, because the registration of this client asks for it",
			Spec: trace.Spec{Doc: "RFC 7636", Section: "4.3"}, Expected: "S256", Got: "S256", Result: trace.Pass,
		},
		{
			By: trace.AuthorizationServer, ID: "request-object", Rule: "the request object is signed",
			Spec:   trace.Spec{Doc: "RFC 9101", Section: "5"},
			Result: trace.Skip, Reason: "the request carries none",
		},
	}
	signIn := front("sign-in-page", "ask", trace.Response, trace.AuthorizationServer, trace.UserAgent, 2)
	signIn.Status = 200
	signIn.Header = []trace.Field{
		{
			Name:  "Content-Security-Policy",
			Value: "default-src 'none'; style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; form-action 'self'",
		},
		{Name: "Content-Type", Value: "text/html; charset=utf-8"},
	}
	signIn.Body = []byte("<!doctype html>\n<title>Sign in &amp; continue</title>\n<form method=\"post\"><input name=\"username\"></form>\n")
	password := trace.Message{
		Step: "type-password", Chapter: "sign-in", Kind: trace.Gesture, From: trace.ResourceOwner, To: trace.UserAgent, Channel: trace.Local,
		Act: &trace.Act{
			Verb: "types", Object: "name and password",
			Fields: []trace.Field{{Name: "username", Value: "jane"}, {Name: "password", Value: "jane"}},
		},
	}
	callback := front("callback", "code", trace.Request, trace.UserAgent, trace.Client, 3)
	callback.Method, callback.URL = "GET",
		"https://travel.example/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj&iss=https%3A%2F%2Fidp.example%2Frealms%2Fdemo"
	callback.Header = []trace.Field{{Name: "Cookie", Value: "login=8a3b"}, {Name: "Host", Value: "travel.example"}}
	callback.Checks = []trace.Check{{
		By: trace.Client, ID: "state-matches", Rule: "state is the one that this browser was given",
		Spec: trace.Spec{Doc: "RFC 6749", Section: "10.12"}, Expected: "af0ifjsldkj", Got: "af0ifjsldkj", Result: trace.Pass,
	}}
	token := trace.Message{
		Step: "token", Chapter: "tokens", Kind: trace.Request, From: trace.Client, To: trace.AuthorizationServer, Channel: trace.Back,
		Exchange: 4, Depth: 1,
		Method: "POST", URL: tokenURL,
		Header: []trace.Field{{Name: "Content-Type", Value: formType}, {Name: "Host", Value: "idp.example"}},
		Body: []byte("grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA&redirect_uri=https%3A%2F%2Ftravel.example%2Fcallback" +
			"&client_id=mobile-pkce-client&code_verifier=" + verifier),
		Checks: []trace.Check{{
			By: trace.AuthorizationServer, ID: "code-verifier-matches", Rule: "the hash of code_verifier equals code_challenge",
			Spec: trace.Spec{Doc: "RFC 7636", Section: "4.6"}, Expected: hashed, Got: hashed, Result: trace.Pass,
		}},
	}
	return stamp([]trace.Message{click, login, pkce, redirect, authorize, signIn, password, callback, token})
}

// stamp puts the messages on a clock that ticks a second for each.
func stamp(messages []trace.Message) []trace.Message {
	start := time.Date(2025, 10, 9, 8, 53, 40, 0, time.UTC)
	for i := range messages {
		messages[i].At = start.Add(time.Duration(i) * time.Second)
		if messages[i].Kind == trace.Response {
			messages[i].Took = 1500 * time.Microsecond
		}
	}
	return messages
}

// happy is a run that ended as it should.
func happy() *trace.Trace {
	tokenResponse := trace.Message{
		Step: "token-response", Chapter: "tokens", Kind: trace.Response, From: trace.AuthorizationServer, To: trace.Client, Channel: trace.Back,
		Exchange: 4, Depth: 1,
		Status: 200, Header: []trace.Field{{Name: "Cache-Control", Value: "no-store"}, {Name: "Content-Type", Value: jsonType}},
		Body: []byte(`{"access_token":"` + accessToken() + `","id_token":"` + idToken() +
			`","token_type":"Bearer","expires_in":300,"scope":"openid mail.read"}` + "\n"),
	}
	mail := trace.Message{
		Step: "mail", Chapter: "use", Kind: trace.Request, From: trace.Client, To: trace.ResourceServer, Channel: trace.Back, Exchange: 5,
		Depth:  1,
		Method: "GET", URL: "https://mailbox.example/messages",
		Header: []trace.Field{{Name: "Authorization", Value: "Bearer " + accessToken()}, {Name: "Host", Value: "mailbox.example"}},
	}
	mailResponse := trace.Message{
		Step: "mail-response", Chapter: "use", Kind: trace.Response, From: trace.ResourceServer, To: trace.Client, Channel: trace.Back,
		Exchange: 5, Depth: 1,
		Status: 200, Header: []trace.Field{{Name: "Content-Type", Value: jsonType}},
		Body: []byte(`{"messages":[{"from":"Café Süd","subject":"Your table; 19:30 #4"}]}`),
	}
	welcome := trace.Message{
		Step: "welcome-page", Chapter: "use", Kind: trace.Response, From: trace.Client, To: trace.UserAgent, Channel: trace.Front, Exchange: 3,
		Status: 200, Header: []trace.Field{{Name: "Content-Type", Value: "text/html; charset=utf-8"}},
		Body: []byte("<!doctype html><title>Hello, Jane</title>"),
	}
	return &trace.Trace{
		Flow:     "authorization-code-pkce",
		Messages: stamp(append(opening(), tokenResponse, mail, mailResponse, welcome)),
		Outcome:  trace.Outcome{State: trace.Completed},
	}
}

// refused is the same run with another code_verifier, which the learner put in.
func refused() *trace.Trace {
	messages := opening()
	token := &messages[len(messages)-1]
	token.Body = []byte(strings.Replace(string(token.Body), verifier, "wrong", 1))
	token.Edited = []trace.EditMark{{What: "parameter code_verifier", Before: verifier, After: "wrong"}}
	check := &token.Checks[0]
	check.Got, check.Result, check.Error = "jaq9c2BVIT5WDdcqZcmZv9IzWMOuJ7rb3gzbxV5MHfY", trace.Fail, "invalid_grant"
	check.Reason = "whoever sends this code does not hold the secret that it was asked for with"
	answer := trace.Message{
		Step: "token-refused", Chapter: "tokens", Kind: trace.Response, From: trace.AuthorizationServer, To: trace.Client, Channel: trace.Back,
		Exchange: 4, Depth: 1,
		Status: 400, Header: []trace.Field{{Name: "Content-Type", Value: jsonType}},
		Body: []byte(`{"error":"invalid_grant","error_description":"code_verifier does not match"}`),
	}
	return &trace.Trace{
		Flow: "authorization-code-pkce", Mistake: "other-verifier",
		Messages: stamp(append(messages, answer)),
		Outcome: trace.Outcome{
			State: trace.Refused, By: trace.AuthorizationServer, Rule: "code-verifier-matches", Error: "invalid_grant",
			Reason: "the hash of code_verifier does not equal code_challenge",
		},
	}
}

// everyone tells the runs through the hotel lens.
func everyone() telling.Story {
	s := developer()
	s.Developer = false
	s.Intro = "You are about to watch an app ask for **permission** without ever seeing a password.\n\nIt takes four moments:\n- the app " +
		"asks,\n- you show who you are,\n- the app is handed a [ticket](glossary:code),\n- it trades the ticket for a key card."
	s.Done = "The app may read Jane's mail for five minutes, and **nothing else**. It never saw her password."
	s.Role = func(r trace.Role) (string, string) {
		switch r {
		case trace.ResourceOwner:
			return "Guest", "the person"
		case trace.UserAgent:
			return "Bellhop", "browser"
		case trace.Client:
			return "Concierge", "travel app"
		case trace.AuthorizationServer:
			return "Front desk", "identity provider"
		case trace.ResourceServer:
			return "Mail room", "API"
		case trace.Attacker:
		}
		return "", ""
	}
	s.Rule = func(trace.Check) string {
		return "the **torn half** of the ticket fits the half the front desk kept"
	}
	s.Refused = func(trace.Outcome) string {
		return "The front desk kept the ticket: whoever brought it did not have the **other half**. That is how it should be."
	}
	s.Step = func(id string) telling.Words {
		switch id {
		case "login":
			return telling.Words{
				Label: "please log me in", Title: "The app is asked to log Jane in",
				Happened: "The browser tells the travel app that Jane wants to log in. Nothing secret has moved yet.",
				Likeness: "You tell the concierge that you would like your mail brought up. The concierge cannot simply take it, and would rather " +
					"not be handed the key to your letter box.",
				Why: "The app starts the conversation, so that it can later recognise the answer as *its* answer.",
			}
		case "token":
			return telling.Words{
				Label: "ticket, and the torn half", Title: "The ticket is traded for a key card",
				Happened: "The app sends the `code` straight to the identity provider, together with the secret that only it knows.",
				Likeness: "The concierge walks to the front desk, hands over the [ticket](glossary:code) and shows the torn half that matches.",
				Why:      "Whoever found the ticket on the way could not use it: the other half never left the concierge's pocket.",
				Risk:     "Without this, somebody who reads the browser's history could pick up the key card first.",
			}
		}
		return telling.Words{}
	}
	return s
}

// english is what is told besides the words of a flow.
func english() *catalog.Catalog {
	say, err := tutorials.Catalog("en")
	if err != nil {
		panic(err) // a test of the tutorials says so better
	}
	return say
}

// developer tells the runs in the words of the standards.
func developer() telling.Story {
	return telling.Story{
		Title: "Authorization code with PKCE", Developer: true, Say: english(),
		Intro: "RFC 6749 §4.1 with RFC 7636 and OpenID Connect Core 1.0.",
		Done:  "The client holds an access token for `mail.read` and a validated ID token.",
		Role: func(r trace.Role) (string, string) {
			switch r {
			case trace.ResourceOwner:
				return "Jane", "resource owner"
			case trace.UserAgent:
				return "Browser", "user agent"
			case trace.Client:
				return "Travel app", "client"
			case trace.AuthorizationServer:
				return "Identity provider", "authorization server"
			case trace.ResourceServer:
				return "Mailbox API", "resource server"
			case trace.Attacker:
			}
			return "", ""
		},
		Chapter: func(id string) string {
			return map[string]string{"ask": "Ask", "sign-in": "Sign in", "code": "Code", "tokens": "Tokens", "use": "Use"}[id]
		},
		Step: func(id string) telling.Words {
			switch id {
			case "create-pkce":
				return telling.Words{Label: "code_verifier → code_challenge", Title: "Make a secret and its hash"}
			case "authorize":
				return telling.Words{
					Label: "GET /auth code_challenge", Title: "Ask for a code",
					Happened: "The browser carries the authorization request. `code_challenge` goes along; `code_verifier` stays at home.",
				}
			case "token":
				return telling.Words{
					Label: "POST /token code + code_verifier", Title: "Exchange the code for tokens",
					Risk: "A stolen code is worth nothing without the verifier.",
				}
			}
			return telling.Words{}
		},
	}
}

func TestTheFixtureCoversEveryKindOfMessage(t *testing.T) {
	kinds := map[trace.Kind]bool{}
	for _, m := range happy().Messages {
		kinds[m.Kind] = true
	}
	for _, k := range []trace.Kind{trace.Request, trace.Response, trace.Gesture, trace.Note} {
		if !kinds[k] {
			t.Errorf("the fixture has no %s", k)
		}
	}
}
