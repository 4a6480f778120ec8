package examreport_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/tutorials"
)

// TestEveryQuestionRestsOnTheSectionThatDemandsIt names the headings that were
// looked up in the standards, question by question.
func TestEveryQuestionRestsOnTheSectionThatDemandsIt(t *testing.T) {
	looked := map[string][]string{
		"ID Token Validation": {
			"issuer", "audience", "further-audience", "expired", "nonce", "nonce-missing", "replayed-id-token", "signature", "unknown-key",
		},
		"\"nbf\" (Not Before) Claim":       {"not-yet-valid"},
		"Use Appropriate Algorithms":       {"algorithm-none"},
		"Perform Algorithm Verification":   {"algorithm-hmac"},
		"Validate Issuer and Subject":      {"own-key"}, // it says that the keys must belong to the issuer
		"Access Token Validation":          {"access-token-hash", "access-token-swapped"},
		"Successful Token Response":        {"id-token-missing"},
		"Access Token Types":               {"token-type"},
		"Successful UserInfo Response":     {"userinfo-subject"},
		"Error Response":                   {"token-refused", "refused"},
		"Cross-Site Request Forgery":       {"state", "state-missing"},
		"Validating the Issuer Identifier": {"mix-up", "answer-issuer-missing"},
		"Authorization Codes":              {"replayed-code"},
		"Authorization Code Injection":     {"injected-code"},
	}
	heading := map[string]string{}
	for words, ids := range looked {
		for _, id := range ids {
			heading[id] = words
		}
	}
	standards, err := tutorials.ReadStandards()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range exam.Questions() {
		if got, ok := standards.Heading(q.Spec.Doc, q.Spec.Section); !ok || got != heading[q.ID] {
			t.Errorf("%s rests on %s, which is headed %q; looked up was %q", q.ID, q.Spec, got, heading[q.ID])
		}
	}
}
