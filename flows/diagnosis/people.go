package diagnosis

import "slices"

// peopleRows are about a person whom the provider signed in, and an app that does
// not know what to make of them.
func peopleRows() []Row {
	return []Row{
		{"account-missing", "the person signed in at the provider, and the app has no account for them", oidc("5.7"), either(bySaying(
			"sign up is disabled", "signup is disabled", "sign-up is disabled", "signups are disabled",
			"pre-existing account", "signup not allowed", "auto-create", "auto create", "no matching user",
			"already exists with the same email", "registration is disabled", "not provisioned", "email already taken",
		), tells([]string{"signup", "signups", "sign up", "sign-up"}, forbiddenWords()), tells([]string{
			"user", "account", "accounts",
			"users", "local user",
		}, []string{
			"not found", "does not exist", "not exist", "n't exist", "not linked", "no account", "unknown", "already exists", "could not be created",
			"not registered", "failed to create", "no such", "not enabled", "n't enabled", "not connected",
		}))},
		{"claim-missing", "a claim about the person that the app needs did not come, or not as it needs it", oidc("5.4"), unless(bySaying(
			"iss'", "iss\"", "claim iss", "iss claim", "(iss)", "aud claim", "claim aud", "(aud)",
		), tells([]string{
			"email", "email verified", "verified", "username", "preferred username", "groups", "group", "sub", "identifier", "claim", "claims",
			"userinfo", "user info", "user information", "attribute", "attributes", "role", "upn", "user id", "userid", "uid", "email address",
		}, slices.Concat(missing(), []string{
			"not verified", "unverified", "required", "unmarshal", "cannot get", "can not get", "unable to get", "could not get", "failed to get",
			"can't get", "invalid", "not a string", "not valid", "unable to retrieve", "could not be determined", "must be", "unable to determine",
		})))},
	}
}
