package inspector_test

import (
	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func explain(kind, name string) (inspector.Explain, bool) {
	switch {
	case name == "code_verifier":
		return inspector.Explain{
			Meaning:  "The secret that the app made up at the start and kept. Only its **hash**, the code_challenge, has been shown so far.",
			Protects: "a stolen code: without the verifier nobody can trade it in.",
			Spec:     trace.Spec{Doc: "RFC 7636", Section: "4.5"},
		}, true
	case name == "code":
		return inspector.Explain{
			Meaning: "The [authorization code](glossary:authorization-code): a ticket that works once, within 60 seconds.",
			Spec:    trace.Spec{Doc: "RFC 6749", Section: "4.1.3"},
		}, true
	case kind == "header" && name == "Cache-Control":
		return inspector.Explain{
			Meaning: "Nobody on the way may keep a copy of this answer.", Protects: "tokens left behind in a cache.",
			Spec: trace.Spec{Doc: "RFC 6749", Section: "5.1"},
		}, true
	case kind == "claim" && name == "exp":
		return inspector.Explain{
			Meaning: "After this moment the token is worth nothing.", Spec: trace.Spec{Doc: "RFC 7519", Section: "4.1.4"},
		}, true
	}
	return inspector.Explain{}, false
}

func words() inspector.Words {
	return inspector.Words{
		Likeness: "The app walks to the staff entrance with your claim ticket and opens the envelope it sealed in step 2. The desk " +
			"compares it with the copy it kept. They match, so the desk hands over the key card.",
		Happened: "The Travel app sent the [authorization code](glossary:authorization-code) and the " +
			"`code_verifier` straight to the identity provider.",
		Why: "Anyone could have picked up the ticket in the lobby. Only the app that sealed the envelope can open it, so a " +
			"stolen ticket is **worthless**.",
		Risk: "Without PKCE a thief who saw the code could trade it in first. [See the attack](attack:stolen-code)",
	}
}

// tokenStep is the content at the token request.
func tokenStep() inspector.Content {
	m := tokenRequest()
	return inspector.Content{
		Over: "Step 15 of 23 · back channel · idp.example · 4.1 ms", Title: "Exchange the code for tokens", Words: words(),
		Message: m, Request: m, Developer: true, Explain: explain, Now: now(),
	}
}

func step(m, request, response *trace.Message) inspector.Content {
	c := tokenStep()
	c.Message, c.Request, c.Response = m, request, response
	return c
}

func tokensStep() inspector.Content {
	c := step(tokenResponse(), tokenRequest(), tokenResponse())
	c.Over, c.Title = "Step 16 of 23 · back channel", "The provider answers with tokens"
	c.Tokens = tokensOf(c.Message)
	return c
}

func failingStep() inspector.Content {
	m := failingTokenRequest()
	c := step(m, m, nil)
	c.Words.Refused = "The provider compared two values that must be equal. They were not, so it kept the tokens."
	return c
}

func pageStep() inspector.Content {
	c := step(signInPage(), authorizeRequest(), signInPage())
	c.Over, c.Title = "Step 7 of 23 · front channel", "The provider asks who you are"
	c.Page = &inspector.Page{
		Address: "https://idp.example/realms/demo/protocol/openid-connect/auth?response_type=code&client_id=mobile-pkce-client",
		Title:   "Sign in to Demo",
		Blocks: []inspector.Block{
			{Heading: "Sign in to Demo"},
			{Text: "**Travel app** would like to know who you are."},
			{Alert: "That name or password is wrong. Try again."},
			{Input: &inspector.Input{Name: "username", Label: "Username", Value: "jane"}},
			{Input: &inspector.Input{Name: "password", Label: "Password", Password: true}},
			{Buttons: []inspector.Button{
				{Name: "action", Value: "sign-in", Label: "Sign in", Primary: true},
				{Name: "action", Value: "cancel", Label: "Cancel"},
			}},
			{Items: []inspector.Item{{Text: "Read your mails", Code: "mail.read"}, {Text: "Know your name"}}},
			{Terms: []inspector.Term{
				{Name: "Rule", Value: "the redirect URI is a registered one"},
				{Name: "Expected", Value: "https://travel.example/callback", Code: true},
			}},
		},
	}
	return c
}
