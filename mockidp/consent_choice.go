package mockidp

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
	"github.com/grantwalk/grantwalk/mockidp/pages"
)

// A person may agree to a part of what is asked (RFC 6749 section 3.3: the
// authorization server may grant less than the client asked for, as the
// resource owner says). On the consent page every scope but openid, without
// which there is no login, and every claim that is asked for by itself has a
// box, ticked at first. What is unticked is not granted.

const (
	// boxPrefix stands before the permission in the name of its box.
	boxPrefix = "allow_"

	// boxesField says that the form had boxes, since a browser sends nothing
	// of those that are unticked. A form that a script puts together by hand
	// says only decision=approve, and means all of it. The page has it as a
	// text field that is not displayed, not as a hidden one, because scripts
	// copy the hidden fields of a page.
	boxesField = "choice"
)

// hasBox reports whether the person may leave a permission out.
func hasBox(permission string) bool { return permission != "openid" }

// asked lists the permissions that a consent form is about.
func (in *formPost) asked() []string {
	req := in.form.request
	return in.t.permissions(req.client, req.scopes, &req.claims)
}

// ticked lists what the boxes that were sent stand for.
func (in *formPost) ticked() []string {
	var names []string
	for _, f := range in.r.Form.List {
		if name, isBox := strings.CutPrefix(f.Name, boxPrefix); isBox && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// granted lists the permissions that the person agrees to.
func (in *formPost) granted() []string {
	asked := in.asked()
	if !choosing(in) {
		return asked
	}
	ticked := in.ticked()
	return slices.DeleteFunc(asked, func(p string) bool { return hasBox(p) && !slices.Contains(ticked, p) })
}

// choosing reports whether a form says which of its boxes are ticked.
func choosing(in *formPost) bool {
	return in.fresh && in.r.Form.Get("decision") == decisionApprove && (in.r.Form.Has(boxesField) || len(in.ticked()) > 0)
}

// choiceRows are about what the person ticked.
func choiceRows() []rule.Row[formPost] {
	return rule.OnlyWhen(choosing, []rule.Row[formPost]{
		{
			ID: "ticked-asked", Rule: "nothing is ticked that was not asked for",
			Spec: rule.RFC("6749", "3.3"), Error: "invalid_scope", Status: http.StatusBadRequest,
			Check: func(in *formPost) rule.Finding {
				asked, ticked := in.asked(), in.ticked()
				return rule.Verdict(len(wire.Without(ticked, asked)) == 0, "among "+strings.Join(asked, ", "),
					cmp.Or(wire.Shown(strings.Join(ticked, ", ")), "nothing is ticked"), "the form allows more than the app asked for")
			},
		},
		{
			// A grant without any scope could not be told to the client, whose
			// token response must name what differs from the request (RFC 6749
			// section 5.1), and a scope is one word at least (appendix A.4).
			ID: "scope-left", Rule: "at least one scope is left ticked",
			Spec: rule.RFC("6749", "3.3"), Error: "access_denied",
			Check: func(in *formPost) rule.Finding {
				left := in.form.request.narrowed(in.t, in.granted()).scopes
				return rule.Verdict(len(left) > 0 || len(in.form.request.scopes) == 0, "at least one of "+strings.Join(in.form.request.scopes, " "),
					cmp.Or(strings.Join(left, " "), "none"), "the person agreed to none of it")
			},
		},
	})
}

// narrowed is the request as far as the person agreed to it. A claim that a
// refused scope would have released is not had by its name either.
func (req *approved) narrowed(t *tenant, granted []string) *approved {
	refused := wire.Without(t.permissions(req.client, req.scopes, &req.claims), granted)
	if len(refused) == 0 {
		return req
	}
	less := *req // a copy: others may be reading it
	less.scopes = wire.Without(req.scopes, refused)
	closed, free := t.released(wire.Without(req.scopes, less.scopes)), t.released(less.scopes)
	gone := func(w claimWish) bool {
		name := claimPrefix + w.name
		return slices.Contains(refused, name) || slices.Contains(closed, w.name) && !slices.Contains(free, w.name) &&
			!slices.Contains(granted, name)
	}
	less.claims.userInfo = slices.DeleteFunc(slices.Clone(req.claims.userInfo), gone)
	less.claims.idToken = slices.DeleteFunc(slices.Clone(req.claims.idToken), gone)
	return &less
}

// scopeChoice is a line of the consent page.
type scopeChoice struct {
	Name, Description string
	Box               string // name of its box; empty where there is no choice
}

// scopeChoices are the lines about scopes and claims.
func (t *tenant) scopeChoices(req *approved, words pages.Words) []scopeChoice {
	var choices []scopeChoice
	for _, name := range t.permissions(req.client, req.scopes, &req.claims) {
		c := scopeChoice{Name: name}
		if claim, one := strings.CutPrefix(name, claimPrefix); one {
			c.Name, c.Description = claim, words.Text("consent.claim")
		} else {
			c.Description = sentenceCase(t.scope(name).Description)
		}
		if hasBox(name) {
			c.Box = boxPrefix + name
		}
		choices = append(choices, c)
	}
	return choices
}

const (
	decisionApprove = "approve"
	decisionRefuse  = "refuse"
)
