package mockidp

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// promptRows are about how the person is to be asked (OpenID Connect Core
// section 3.1.2.1). ui_locales and claims_locales are wishes that a provider
// may pass over, and this one speaks English only, so no rule is about them.
func promptRows() []rule.Row[authorization] {
	return slices.Concat(displayRows(), wishRows(), silentRows())
}

// displayRows are about the page that the client would like. All of ours fit
// into any window.
func displayRows() []rule.Row[authorization] {
	return rule.OnlyWhen(func(in *authorization) bool { return in.params.Has("display") }, []rule.Row[authorization]{{
		ID: "display-known", Rule: "display is a word of the standard",
		Spec: rule.OIDC("3.1.2.1"), Error: "invalid_request",
		Check: func(in *authorization) rule.Finding {
			sent, known := in.params.Get("display"), strings.Join(displayValues(), " or ")
			return rule.Verdict(slices.Contains(displayValues(), sent), known, wire.Shown(sent),
				"display "+wire.Shown(sent)+" is not known; it is "+known)
		},
	}})
}

func displayValues() []string { return []string{"page", "popup", "touch", "wap"} }

func wishRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "prompt-known", Rule: "prompt holds known words",
			Spec: rule.OIDC("3.1.2.1"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				if len(in.prompts) == 0 {
					return rule.Skip("no prompt is sent")
				}
				unknown, known := wire.Without(in.prompts, promptValues()), strings.Join(promptValues(), " or ")
				return rule.Verdict(len(unknown) == 0, known, wire.Shown(strings.Join(in.prompts, " ")),
					"prompt "+wire.Shown(strings.Join(unknown, " "))+" is not known; it is "+known)
			},
		},
		{
			ID: "prompt-none-alone", Rule: "prompt=none is sent alone",
			Spec: rule.OIDC("3.1.2.1"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				if !in.prompted("none") {
					return rule.Skip(notSilent)
				}
				return rule.Verdict(len(in.prompts) == 1, "none", strings.Join(in.prompts, " "),
					"prompt=none asks for no page and cannot be combined with a prompt that asks for one")
			},
		},
		{
			ID: "max-age-number", Rule: "max_age is a number of seconds",
			Spec: rule.OIDC("3.1.2.1"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				if !in.params.Has("max_age") {
					return rule.Skip("no max_age is sent")
				}
				_, ok := in.maxAge()
				const expected = "a number from 0 to 2147483647"
				return rule.Verdict(ok, expected, wire.Shown(in.params.Get("max_age")), "max_age is not a number of seconds; send "+expected)
			},
		},
		{
			ID: "id-token-hint-genuine", Rule: "id_token_hint is an ID token of this provider",
			Spec: rule.OIDC("3.1.2.1"), Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				return checkHint(in.hint, in.params.Has("id_token_hint"))
			},
		},
	}
}

// silentRows are about prompt=none: an answer without any page, or an error.
func silentRows() []rule.Row[authorization] {
	return []rule.Row[authorization]{
		{
			ID: "silent-sign-in", Rule: "prompt=none finds the person signed in",
			Spec: rule.OIDC("3.1.2.6"), Error: "login_required",
			Check: checkSilentSignIn,
		},
		{
			ID: "silent-consent", Rule: "prompt=none finds the consent given",
			Spec: rule.OIDC("3.1.2.6"), Error: "consent_required",
			Check: func(in *authorization) rule.Finding {
				if !in.prompted("none") {
					return rule.Skip(notSilent)
				}
				if in.client.Trusted {
					return rule.Skip("the client is trusted, so nobody is asked")
				}
				if in.needsConsent() {
					return rule.Fail("a request that an earlier consent is enough for", strings.Join(in.scopes, " "),
						"authorization_details take the person's consent each time, and prompt=none forbids asking")
				}
				asked := in.t.permissions(in.client, in.scopes, &in.claims)
				return rule.Verdict(in.t.sessions.agreed(in.session, in.client.ClientID, asked), "consent to "+strings.Join(asked, " "),
					cmp.Or(strings.Join(in.t.sessions.consent(in.session, in.client.ClientID), " "), "none"),
					"the person has not yet agreed to all of this, and prompt=none forbids asking")
			},
		},
	}
}

const notSilent = "prompt is not none, so the person may be asked"

func promptValues() []string { return []string{"none", "login", "consent", "select_account"} }

func checkSilentSignIn(in *authorization) rule.Finding {
	if !in.prompted("none") {
		return rule.Skip(notSilent)
	}
	expected := "a session"
	if in.hint.subject != "" {
		expected += " of the person in id_token_hint"
	}
	if in.claims.namesSubject() {
		expected += " of the person in claims"
	}
	if in.acr.needsSignIn(true) {
		expected += " in which the password is given now"
	}
	if age, ok := in.maxAge(); ok {
		expected += " that began at most " + strconv.Itoa(int(age.Seconds())) + " s ago"
	}
	switch {
	case in.session == nil:
		return rule.Fail(expected, "nobody is signed in", "nobody is signed in with this browser, and prompt=none forbids asking")
	case !in.signedIn():
		return rule.Fail(expected, "a session that began "+in.r.Now.Sub(in.session.authTime).String()+" ago",
			"the session in this browser does not serve this request, and prompt=none forbids asking")
	}
	return rule.Pass(expected, "a session")
}

// hint is what an id_token_hint says.
type hint struct {
	subject  string // the person's own, whatever the client knows them by
	client   string // that the ID token was issued to
	sid      string // empty for clients that are not told of logouts
	authTime int64
	wrong    string // why it cannot be believed; empty when it can, or when there is none
}

// readHint verifies an ID token that was given out earlier. It may have
// expired: it only says who is meant (OpenID Connect Core section 3.1.2.1).
func (m *mint) readHint(t *tenant, token string) hint {
	if token == "" {
		return hint{}
	}
	j := parseJWT(token)
	switch {
	case j.Malformed != "":
		return hint{wrong: "not a JWT: " + j.Malformed}
	case j.Typ != "" && j.Typ != typeIDToken || j.isAccess():
		return hint{wrong: "not an ID token, but of type " + wire.Shown(j.Typ)}
	case t.keys.Verify(j.JWT, m.now()) != nil:
		return hint{wrong: "not signed by this provider"}
	case j.Subject == "":
		return hint{wrong: "not an ID token: it has no sub"} // a signed answer of the authorization endpoint, for one
	case j.Expires == 0:
		return hint{wrong: "not an ID token: it has no exp"} // a signed UserInfo answer, for one
	case !t.isIssuer(j.Issuer):
		return hint{wrong: "of another issuer, " + wire.Shown(j.Issuer)}
	}
	h := hint{subject: j.Subject, sid: j.session, authTime: j.AuthTime}
	if len(j.Audience) > 0 {
		h.client = j.Audience[0]
	}
	if p := t.personKnownAs(t.clients.get(h.client), h.subject); p != nil {
		h.subject = p.Subject
	}
	return h
}

func checkHint(h hint, sent bool) rule.Finding {
	if !sent {
		return rule.Skip("no id_token_hint is sent")
	}
	return rule.Verdict(h.wrong == "", "an ID token signed by this provider, expired or not",
		cmp.Or(h.wrong, "an ID token signed by this provider"), "id_token_hint is "+h.wrong)
}
