package mockidp

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// refuse tells the client what is wrong with its request. Where a stranger
// registered the client, and with it the address, and nobody has signed in,
// that would make this provider a link to anywhere: the person is asked first
// (RFC 9700 section 4.11.2).
func (in *authorization) refuse(check trace.Check) wire.Answer {
	to := in.returnAddress()
	if !in.t.clients.selfRegistered(in.client) || in.session != nil || in.silently(check) {
		return in.p.pages.refuseBack(in.t, in.client, to, check)
	}
	return in.p.pages.leavePage(in.t, in.client, to, check)
}

// silently reports whether this is the answer to prompt=none that says that
// the person is needed: clients ask for it in a hidden frame.
func (in *authorization) silently(check trace.Check) bool {
	needed := []string{"login_required", "interaction_required", "consent_required", "account_selection_required"}
	return in.prompted("none") && slices.Contains(needed, check.Error)
}

type leaveData struct {
	Client string
	Origin string // where the person would go
	Reason string
	Check  trace.Check
	Link   template.URL // the answer, to be followed by hand
	Action template.URL // instead, where the answer is posted
	Fields []trace.Field
}

// leavePage says what is wrong, and leaves it to the person to go on.
func (p *printer) leavePage(t *tenant, c *Client, to returnAddress, check trace.Check) wire.Answer {
	data := leaveData{
		Client: c.title(), Origin: cmp.Or(originOf(to.redirectURI), p.say("leave.app")), Reason: sentence(check.Reason), Check: check,
	}
	if to.mode == modeFormPost {
		data.Action = template.URL(to.redirectURI) //nolint:gosec // registered, and of http or https
		fields, err := p.answer(t, c, to, errorFields(check))
		if err != nil {
			return wire.ServerError(err)
		}
		for _, f := range fields {
			if f.Value != "" {
				data.Fields = append(data.Fields, f)
			}
		}
		return p.show(http.StatusBadRequest, "leave.html", p.say("error.heading"), t, data, formTargets(to.redirectURI, c))
	}
	for _, h := range p.refuseBack(t, c, to, check).Header {
		if h[0] == "Location" {
			data.Link = template.URL(h[1]) //nolint:gosec // registered: no scheme that runs scripts has a period in its name
		}
	}
	return p.show(http.StatusBadRequest, "leave.html", p.say("error.heading"), t, data, nil)
}
