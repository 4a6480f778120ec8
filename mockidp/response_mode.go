package mockidp

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// The ways in which an answer travels through the browser (OAuth 2.0 Multiple
// Response Type Encoding Practices section 2.1, OAuth 2.0 Form Post Response
// Mode section 2).
const (
	modeQuery    = "query"
	modeFragment = "fragment"
	modeFormPost = "form_post"
)

func responseModes() []string { return []string{modeQuery, modeFragment, modeFormPost} }

// returnAddress is where a client waits for the answer, and how it wants it.
// The redirection URI must have been found to be the client's.
type returnAddress struct {
	redirectURI string
	mode        string
	state       string
}

// returnAddress reads where the answer goes. A response_mode that cannot be
// used leads to an error, which then goes the usual way for the response type.
func (in *authorization) returnAddress() returnAddress {
	to := returnAddress{redirectURI: in.redirectURI(), state: in.state(), mode: in.kind.defaultMode()}
	if in.params.Count("response_mode") == 1 && in.modeFits() {
		to.mode = in.params.Get("response_mode")
	}
	return to
}

// modeFits reports whether the mode that was sent can carry the answer.
func (in *authorization) modeFits() bool {
	switch in.params.Get("response_mode") {
	case modeQuery:
		return !in.kind.front()
	case modeFragment:
		return true
	case modeFormPost:
		return originOf(in.redirectURI()) != ""
	}
	return false
}

// responseModeRows are about how the answer is to travel.
func responseModeRows() []rule.Row[authorization] {
	here := trace.Spec{Doc: "OAuth 2.0 Multiple Response Types 1.0", Section: "2.1"}
	return rule.OnlyWhen(func(in *authorization) bool { return in.params.Has("response_mode") }, []rule.Row[authorization]{
		{
			ID: "response-mode-known", Rule: "response_mode is one that this provider knows",
			Spec: here, Error: "invalid_request",
			Check: func(in *authorization) rule.Finding {
				mode := in.params.Get("response_mode")
				for _, known := range responseModes() {
					if mode == known {
						return rule.Pass(mode, mode)
					}
				}
				return rule.Fail(strings.Join(responseModes(), " or "), wire.Shown(mode),
					"response_mode "+wire.Shown(mode)+" is not supported; supported: "+strings.Join(responseModes(), ", "))
			},
		},
		{
			ID: "response-mode-fits", Rule: "response_mode can carry the answer",
			Spec: trace.Spec{Doc: here.Doc, Section: "5"}, Error: "invalid_request",
			Check: checkModeFits,
		},
	})
}

func checkModeFits(in *authorization) rule.Finding {
	mode, kind := in.params.Get("response_mode"), in.params.Get("response_type")
	switch {
	case in.modeFits():
		return rule.Pass(mode, mode)
	case mode == modeQuery:
		return rule.Fail(modeFragment+" or "+modeFormPost, mode,
			"response_mode query is refused for response_type "+kind+": a token in the query ends up in logs and in the Referer header")
	}
	return rule.Fail(modeQuery+" or "+modeFragment, mode,
		"response_mode form_post needs a redirect_uri with http or https; nothing can be posted to "+wire.Shown(in.redirectURI()))
}

// refuseBack tells the client why it gets nothing (RFC 6749 sections 4.1.2.1
// and 4.2.2.1).
//
// RFC 9700 section 4.11.2 wants the person signed in before any redirect to a
// URI that is not trusted. Those of the config are, because whoever runs the
// provider wrote them there; for the others see [authorization.refuse].
func (p *printer) refuseBack(t *tenant, c *Client, to returnAddress, check trace.Check) wire.Answer {
	return p.sendBack(t, c, to, errorFields(check))
}

func errorFields(check trace.Check) []trace.Field {
	return []trace.Field{
		{Name: "error", Value: check.Error},
		{Name: "error_description", Value: wire.Describe(check.Reason)},
	}
}

// answer is what the fields of an answer become on their way.
func (to returnAddress) answer(t *tenant, fields []trace.Field) []trace.Field {
	return append(fields, trace.Field{Name: "state", Value: to.state}, trace.Field{Name: "iss", Value: t.issuer})
}

// sendBack sends the browser back to the client with an answer. Each holds the
// issuer, so that the client can tell providers apart (RFC 9207).
func (p *printer) sendBack(t *tenant, c *Client, to returnAddress, fields []trace.Field) wire.Answer {
	fields = to.answer(t, fields)
	switch to.mode {
	case modeFragment:
		return wire.Redirect(to.redirectURI + "#" + wire.FormEncoded(fields))
	case modeFormPost:
		return p.formPostPage(t, c, to.redirectURI, fields)
	}
	return wire.Redirect(wire.AppendParams(to.redirectURI, fields))
}

type formPostData struct {
	Client string
	Action template.URL
	Fields []trace.Field
	Script template.JS
}

// formPostPage is a page with a form that sends itself. The only script that
// its policy lets run is ours; where none runs, there is the button.
func (p *printer) formPostPage(t *tenant, c *Client, redirectURI string, fields []trace.Field) wire.Answer {
	data := formPostData{
		Client: c.title(),
		Action: template.URL(redirectURI), //nolint:gosec // registered, and of http or https
		Script: formPostScript,
	}
	for _, f := range fields {
		if f.Value != "" {
			data.Fields = append(data.Fields, f)
		}
	}
	a := p.show(http.StatusOK, "form-post.html", p.say("form-post.heading", "client", data.Client), t, data, formTargets(redirectURI, c))
	for i := range a.Header {
		if a.Header[i][0] == "Content-Security-Policy" {
			sum := sha256.Sum256([]byte(formPostScript))
			a.Header[i][1] += "; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		}
	}
	// With no-referrer the browser would send Origin: null, which a client
	// that guards itself against forged posts has to refuse.
	a.Set("Referrer-Policy", "origin")
	return a
}

const formPostScript template.JS = "document.forms[0].submit()"
