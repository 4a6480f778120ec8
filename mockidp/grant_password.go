package mockidp

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

const grantPassword = "password"

// newPasswordGrant is the resource owner password grant of RFC 6749 section
// 4.3: the person gives name and password to the client. It is legacy, and
// RFC 9700 section 2.4 forbids it; it is here so that old clients can be shown
// and tested, and only clients that are registered for it may use it.
//
// Nobody sees a consent page, so there is no offline_access. With openid the
// answer holds an ID token, as Keycloak's does, but no session begins.
func newPasswordGrant() grant {
	rows := passwordRows()
	return grant{
		name: grantPassword,
		rules: func() []Rule {
			return ruleList("token", grantPassword, passwordRows())
		},
		answer: func(ctx context.Context, in *tokenRequest) (tokenResponse, *refusal, error) {
			in.askScopes(without(in.t.allowedScopes(in.client), []string{scopeOffline}))
			in.signIn()
			if broken := run(ctx, rows, in); broken != nil {
				return tokenResponse{}, broken, nil
			}
			tokens, err := in.issueFirst(ctx, &authorized{
				client: in.client, person: in.person, scopes: in.scopes, authTime: in.r.now, license: &license{},
				only: in.params.all("resource"),
			})
			return tokens, nil, err
		},
	}
}

// signIn looks the person up. What failed counts for the name that was tried,
// known or not, and for the address: no client and no change of clients gives
// more guesses.
func (in *tokenRequest) signIn() {
	username, password := in.params.get("username"), in.params.get("password")
	if username == "" || password == "" {
		return
	}
	in.person = in.t.authenticate(username, password)
	in.failures = in.t.guesses.countAttempt(in.r, attempt{by: "name " + digest(username), at: "address ", failed: in.person == nil})
}

func passwordRows() []row[tokenRequest] {
	return slices.Concat([]row[tokenRequest]{
		{
			id: "username-present", rule: "username is sent",
			spec: rfc("6749", "4.3.2"), err: "invalid_request",
			check: func(in *tokenRequest) finding { return present(in.params, "username") },
		},
		{
			id: "password-present", rule: "password is sent",
			spec: rfc("6749", "4.3.2"), err: "invalid_request",
			check: func(in *tokenRequest) finding { return present(in.params, "password") },
		},
	}, grantScopeRows(), []row[tokenRequest]{
		{
			id: "scope-without-consent", rule: "no scope needs a consent page",
			spec: oidc("11"), err: "invalid_scope",
			check: func(in *tokenRequest) finding {
				return verdict(!slices.Contains(in.scopes, scopeOffline), "scopes without "+scopeOffline, strings.Join(in.scopes, " "),
					"offline_access takes the person's consent, and with the password grant nobody is asked for it")
			},
		},
		{
			id: "attempts-left", rule: "not too many sign-ins failed in the last minute",
			spec: rfc("6749", "4.3.2"), err: "invalid_grant",
			check: func(in *tokenRequest) finding { return checkAttempts(in.failures, "name") },
		},
		{
			// One rule, not two, as on the sign-in page.
			id: "name-and-password-match", rule: "user name and password belong together",
			spec: rfc("6749", "5.2"), err: "invalid_grant",
			check: func(in *tokenRequest) finding { return checkPerson(in.person) },
		},
	}, resourceTokenRows((*tokenRequest).askedFor))
}

// checkAttempts is the rule against guessing; of says what the first count is
// about.
func checkAttempts(f failures, of string) finding {
	return verdict(!f.tooMany(),
		"fewer than "+strconv.Itoa(maxFailures)+" of this "+of+" and "+strconv.Itoa(maxFailuresOfAddress)+" of this address",
		strconv.Itoa(f.one)+" and "+strconv.Itoa(f.address),
		"too many sign-ins failed; please wait a minute")
}

// checkPerson does not say which half was wrong: that would tell strangers who
// has an account.
func checkPerson(person *Person) finding {
	got := "a pair that does not match"
	if person != nil {
		got = "a pair that matches"
	}
	return verdict(person != nil, "the user name and password of a person", got, "user name or password is wrong")
}
