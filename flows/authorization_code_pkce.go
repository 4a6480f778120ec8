package flows

import (
	"net/http"
	"slices"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// authorizationCodePKCE is the authorization code grant with PKCE
// (RFC 6749 section 4.1, RFC 7636) and OpenID Connect on top.
func authorizationCodePKCE() Flow {
	return Flow{
		ID: "authorization-code-pkce", Title: "Authorization code with PKCE", Status: Recommended,
		Specs: []trace.Spec{
			{Doc: "RFC 6749", Section: "4.1"},
			{Doc: "RFC 7636"},
			{Doc: "RFC 9700", Section: "2.1.1"},
			{Doc: "OpenID Connect Core 1.0", Section: "3.1"},
		},
		Chapters: []string{"ask", "sign-in", "code", "tokens", "use"},
		Steps:    stepsAuthorizationCodePKCE(),
		Mistakes: mistakesAuthorizationCodePKCE(),
		Cast:     stage.Cast{Client: stage.TravelApp(), API: stage.Mailbox()},
		Play:     playAuthorizationCodePKCE,
	}
}

func playAuthorizationCodePKCE(s *stage.Stage) error {
	app := s.WebApp(stage.WebAppOptions{Scope: "openid mail.read", PKCE: true, Reads: "/messages"})
	page, err := logIn(s, app)
	if err != nil {
		return err
	}
	return s.User.Reads(page)
}

func stepsAuthorizationCodePKCE() []Step {
	return slices.Concat(askSteps(), signInSteps(), codeSteps(), tokenSteps(), idTokenSteps(),
		apiSteps("mail", http.MethodGet, "/messages"), welcomeSteps())
}
