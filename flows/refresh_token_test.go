package flows_test

import (
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func refreshTokenStory() story {
	thief := func(comes string) map[string]string { return map[string]string{"thief": comes} }
	return story{
		runs: map[string]stage.Choices{
			"happy":       {},
			"sam":         {Person: "sam"},
			"denied":      {Deny: true},
			"thief-late":  {Switches: thief("late")},
			"thief-first": {Switches: thief("first")},
			// The stolen access token dies like any other.
			"thief-slow":     {Switches: thief("first"), Jumps: []stage.Jump{{Step: "stolen-mail", By: 6 * time.Minute}}},
			"mails-withheld": {Withhold: []string{stage.MailScope}},
			"next-day":       {Jumps: []stage.Jump{{Step: "refresh", By: 24 * time.Hour}}},
			"wrong-password": {Typed: &stage.Typed{Username: "jane", Password: "not-jane"}},
		},
		more: map[string]stage.Choices{
			"dana":           {Person: "dana"},
			"keys withheld":  {Edits: []stage.Edit{{Step: "jwks", Method: http.MethodDelete}}},
			"consent forged": {Edits: []stage.Edit{{Step: "consent", Params: []stage.Change{{Name: "csrf_token", Value: "x"}}}}},
			"code replayed":  {Edits: []stage.Edit{{Step: "token", Twice: true}}},
			"other request":  {Edits: []stage.Edit{{Step: "authorize", Params: []stage.Change{{Name: "scope", Value: "admin"}}}}},
			"no token":       {Edits: []stage.Edit{{Step: "mail", Headers: []stage.Change{{Name: "Authorization", Remove: true}}}}},
			"off the road":   {Edits: []stage.Edit{{Step: "refresh", URL: "/nowhere"}}},
		},
		refused: map[string]refusal{
			"reused-refresh-token":  {trace.AuthorizationServer, "refresh-token-unused"},
			"unknown-refresh-token": {trace.AuthorizationServer, "refresh-token-known"},
			"access-token-instead":  {trace.AuthorizationServer, "refresh-token-known"},
			"other-client-refresh":  {trace.AuthorizationServer, "refresh-token-issued-to-client"},
			"idle-refresh-token":    {trace.AuthorizationServer, "refresh-token-not-idle"},
			"wider-scope":           {trace.AuthorizationServer, "scope-not-wider"},
			"narrowed-too-far":      {trace.ResourceServer, "token-aud"},
			"refresh-token-at-api":  {trace.ResourceServer, "token-is-jwt"},
		},
	}
}
