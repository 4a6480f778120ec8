package mockidp

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// refuseBack tells the client why it gets nothing (RFC 6749 sections 4.1.2.1
// and 4.2.2.1).
//
// RFC 9700 section 4.11.2 wants the person signed in before any redirect to a
// URI that is not trusted. Those of the config are, because whoever runs the
// provider wrote them there; for the others see [authorization.refuse].
func (p *printer) refuseBack(t *tenant, c *Client, to returnAddress, check trace.Check) wire.Answer {
	return p.sendBack(t, c, to, errorFields(check))
}

// sendBack sends the browser back to the client with an answer. Each holds the
// issuer, so that the client can tell providers apart (RFC 9207).
func (p *printer) sendBack(t *tenant, c *Client, to returnAddress, fields []trace.Field) wire.Answer {
	fields, err := p.answer(t, c, to, fields)
	if err != nil {
		return wire.ServerError(err)
	}
	switch to.mode {
	case modeFragment:
		return wire.Redirect(to.redirectURI + "#" + wire.FormEncoded(fields))
	case modeFormPost:
		return p.formPostPage(t, c, to.redirectURI, fields)
	}
	return wire.Redirect(wire.AppendParams(to.redirectURI, fields))
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

type formPostData struct {
	Client string
	Action template.URL
	Fields []trace.Field
	Script template.JS
}

const formPostScript template.JS = "document.forms[0].submit()"

func errorFields(check trace.Check) []trace.Field {
	return []trace.Field{
		{Name: "error", Value: check.Error},
		{Name: "error_description", Value: wire.Describe(check.Reason)},
	}
}
