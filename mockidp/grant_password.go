package mockidp

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// newPasswordGrant is the resource owner password grant of RFC 6749 section
// 4.3: the person gives name and password to the client. It is legacy, and
// RFC 9700 section 2.4 forbids it; it is here so that old clients can be shown
// and tested, and only clients that are registered for it may use it.
//
// Nobody sees a consent page, so there is no offline_access. With openid the
// answer holds an ID token, as Keycloak's does, but no session begins.
func newPasswordGrant() grant {
	return newGrant(grant{
		name: grantPassword, secrets: []string{"username", "password"},
	}, granting[passwordRequest]{
		rows: passwordRows,
		read: func(in *tokenRequest) *passwordRequest {
			in.askScopes(in.t.defaultScopes(in.client, wire.Without(in.t.allowedScopes(in.client), []string{scopeOffline})))
			found := &passwordRequest{tokenRequest: in}
			found.signIn()
			return found
		},
		give: func(ctx context.Context, in *passwordRequest) (tokenResponse, error) {
			return in.issueFirst(ctx, &authorized{
				client: in.client, person: in.person, scopes: in.scopes, authTime: in.r.Now, license: in.t.tokens.begin(nil, nil),
				only: in.params.All("resource"),
			})
		},
	})
}

// passwordRequest is a token request with a person's name and password.
type passwordRequest struct {
	*tokenRequest
	person   *Person // whom they belong to, nil when they do not match
	failures failures
}

// signIn looks the person up. What failed counts for the name that was tried,
// known or not, and for the address: no client and no change of clients gives
// more guesses.
func (in *passwordRequest) signIn() {
	username, password := in.params.Get("username"), in.params.Get("password")
	if username == "" || password == "" {
		return
	}
	in.person = in.t.authenticate(username, password)
	in.failures = in.t.guesses.countAttempt(in.r, attempt{one: "name " + keys.Digest(username), signIn: true, failed: in.person == nil})
}

func passwordRows() []rule.Row[passwordRequest] {
	return slices.Concat([]rule.Row[passwordRequest]{
		{
			ID: "username-present", Rule: "username is sent",
			Spec: rule.RFC("6749", "4.3.2"), Error: "invalid_request",
			Check: func(in *passwordRequest) rule.Finding { return in.params.CheckPresent("username") },
		},
		{
			ID: "password-present", Rule: "password is sent",
			Spec: rule.RFC("6749", "4.3.2"), Error: "invalid_request",
			Check: func(in *passwordRequest) rule.Finding { return in.params.CheckPresent("password") },
		},
	}, grantScopeRows[passwordRequest](), []rule.Row[passwordRequest]{
		{
			ID: "scope-without-consent", Rule: "no scope needs a consent page",
			Spec: rule.OIDC("11"), Error: "invalid_scope",
			Check: func(in *passwordRequest) rule.Finding {
				return rule.Verdict(!slices.Contains(in.scopes, scopeOffline), "scopes without "+scopeOffline, strings.Join(in.scopes, " "),
					"offline_access takes the person's consent, and with the password grant nobody is asked for it")
			},
		},
		{
			ID: "attempts-left", Rule: "not too many sign-ins failed in the last minute",
			Spec: rule.RFC("6749", "4.3.2"), Error: "invalid_grant",
			Check: func(in *passwordRequest) rule.Finding { return checkAttempts(in.failures, "name", "") },
		},
		{
			// One rule, not two, as on the sign-in page.
			ID: "name-and-password-match", Rule: "user name and password belong together",
			Spec: rule.RFC("6749", "5.2"), Error: "invalid_grant",
			Check: func(in *passwordRequest) rule.Finding { return checkPerson(in.person) },
		},
	}, resourceTokenRows((*passwordRequest).askedFor))
}

// checkAttempts is the rule against guessing; one and all say what the counts
// are about.
func checkAttempts(f failures, one, all string) rule.Finding {
	reason := "too many sign-ins failed; please wait a minute"
	if f.ofThisAddress() {
		reason += "; of this address, failed_sign_ins_per_address in [[realm]] lets " + strconv.Itoa(f.ofAddress)
	}
	return rule.Verdict(!f.tooMany(), f.allowed(one, all), f.counted(all), reason)
}

// checkPerson does not say which half was wrong: that would tell strangers who
// has an account.
func checkPerson(person *Person) rule.Finding {
	got := "a pair that does not match"
	if person != nil {
		got = "a pair that matches"
	}
	return rule.Verdict(person != nil, "the user name and password of a person", got, "user name or password is wrong")
}
