package flows_test

import (
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func implicitStory() story {
	return story{
		runs: map[string]stage.Choices{
			"happy":          {},
			"wiped":          {Switches: map[string]string{"address": "wiped"}},
			"sam":            {Person: "sam"},
			"denied":         {Deny: true},
			"wrong-password": {Typed: &stage.Typed{Username: "jane", Password: "not-jane"}},
		},
		more: map[string]stage.Choices{
			"dana":           {Person: "dana"},
			"consent forged": {Edits: []stage.Edit{{Step: "consent", Params: []stage.Change{{Name: "csrf_token", Value: "x"}}}}},
		},
		refused: map[string]refusal{
			"other-redirect-uri": {trace.AuthorizationServer, "redirect-uri-registered"},
			"ask-for-code":       {trace.AuthorizationServer, "response-type-allowed"},
			"token-into-query":   {trace.AuthorizationServer, "response-mode-fits"},
			"missing-state":      {trace.UserAgent, "state-matches"},
			"planted-answer":     {trace.UserAgent, "state-matches"},
			"swapped-token":      {trace.ResourceServer, "token-signature"},
			"tampered-token":     {trace.ResourceServer, "token-signature"},
			"expired-token":      {trace.ResourceServer, "token-exp"},
		},
	}
}
