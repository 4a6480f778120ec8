package flows_test

import (
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func deviceCodeStory() story {
	return story{
		runs: map[string]stage.Choices{
			"happy":          {},
			"typed":          {Switches: map[string]string{"phone": "types"}},
			"nobody":         {Switches: map[string]string{"phone": "nobody"}},
			"impatient":      {Switches: map[string]string{"tv": "impatient"}},
			"sam":            {Person: "sam"},
			"denied":         {Deny: true},
			"wrong-password": {Typed: &stage.Typed{Username: "jane", Password: "not-jane"}},
		},
		more: map[string]stage.Choices{
			"dana": {Person: "dana"},
			"typed too late": {
				Switches: map[string]string{"phone": "types"}, Jumps: []stage.Jump{{Step: stage.StepTypeCode, By: 11 * time.Minute}},
			},
			"nobody, impatient": {Switches: map[string]string{"phone": "nobody", "tv": "impatient"}},
			"asked twice":       {Edits: []stage.Edit{{Step: "poll", Twice: true}}},
			"two codes at once": {Edits: []stage.Edit{{Step: "open-device-page", URL: "/realms/demo/device?user_code=A&user_code=B"}}},
			"consent forged":    {Edits: []stage.Edit{{Step: "consent", Params: []stage.Change{{Name: "csrf_token", Value: "x"}}}}},
		},
		refused: map[string]refusal{
			"unknown-client":      {trace.AuthorizationServer, "client-known"},
			"unknown-scope":       {trace.AuthorizationServer, "scope-allowed"},
			"wrong-user-code":     {trace.AuthorizationServer, "user-code-known"},
			"forged-form":         {trace.AuthorizationServer, "form-genuine"},
			"guessed-device-code": {trace.AuthorizationServer, "device-code-known"},
			"other-client-polls":  {trace.AuthorizationServer, "grant-type-allowed"},
			"late-user-code":      {trace.AuthorizationServer, "user-code-known"},
			"late-consent":        {trace.AuthorizationServer, "device-waiting"},
			"tampered-token":      {trace.ResourceServer, "token-signature"},
			"expired-token":       {trace.ResourceServer, "token-exp"},
		},
	}
}
