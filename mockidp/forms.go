package mockidp

import (
	"cmp"
	"time"
)

// form is a request that waits for the person: the state behind a sign-in,
// consent or logout page. The page carries it, see [desk.seal], so nobody who
// opens very many pages takes anybody's away.
type form struct {
	id       string // from the sign-in page to the consent page
	made     time.Time
	request  *approved
	logout   *signOut // instead of request, behind the page that asks whether to sign out
	userCode bool     // instead of request, the page that asks for the code of a device
	session  string   // name of the session in which somebody is asked: the consent page
}

// signOut is a wish to sign out that waits for the person to confirm it.
type signOut struct {
	client      *Client // nil when nobody said who asks
	redirectURI string  // registered for the client; empty when the person stays here
	state       string
}

// carriedForm is a form as its page carries it, in DER: short, and no text in it
// can make it much longer. What the provider remembers anyway is named only.
type carriedForm struct {
	ID       string
	Made     int64 // in Unix seconds
	Session  string
	UserCode bool
	Requests []carriedRequest // one or none
	SignOuts []carriedSignOut // likewise
}

type carriedRequest struct {
	RedirectURI, Mode, State                          string
	Signed                                            bool
	Issuer, Client                                    string // issuer only if it is another than that of the page
	Code, Token, IDToken                              bool   // response_type
	RedirectSent                                      bool
	Scopes                                            []string
	Nonce, Challenge, Method, LoginHint, Subject, Key string
	AskConsent, Fresh                                 bool
	Claims, Details                                   string // as they were sent
	ACRAsked, ACRMust                                 bool
	ACRValues, Resources                              []string
	Device, Pushed                                    string // device_code and request_uri
}

type carriedSignOut struct{ Client, RedirectURI, State string }

func (f *form) carried(t *tenant) carriedForm {
	c := carriedForm{ID: f.id, Made: unix(f.made), Session: f.session, UserCode: f.userCode}
	if req := f.request; req != nil {
		c.Requests = append(c.Requests, req.carried(t))
	}
	if out := f.logout; out != nil {
		carried := carriedSignOut{RedirectURI: out.redirectURI, State: out.state}
		if out.client != nil {
			carried.Client = out.client.ClientID
		}
		c.SignOuts = append(c.SignOuts, carried)
	}
	return c
}

func (req *approved) carried(t *tenant) carriedRequest {
	c := carriedRequest{
		RedirectURI: req.redirectURI, Mode: req.mode, State: req.state, Signed: req.signed, Issuer: req.issuer, Client: req.client.ClientID,
		Code: req.kind.code, Token: req.kind.token, IDToken: req.kind.idToken, RedirectSent: req.redirectSent, Scopes: req.scopes,
		Nonce: req.nonce, Challenge: req.challenge, Method: req.method, LoginHint: req.loginHint, Subject: req.subject, Key: req.dpopKey,
		AskConsent: req.askConsent, Fresh: req.fresh, Claims: req.claims.sent, Details: string(encodeDetails(req.details)),
		ACRAsked: req.acr.asked, ACRMust: req.acr.must, ACRValues: req.acr.values, Resources: req.resources,
	}
	if c.Issuer == t.issuer {
		c.Issuer = ""
	}
	if req.device != nil {
		c.Device = req.device.code
	}
	if req.pushed != nil {
		c.Pushed = req.pushed.uri
	}
	return c
}

// restore returns the form that a page has carried, with the clients as they
// are now; false where what it speaks of is gone.
func (t *tenant) restore(c *carriedForm, now time.Time) (form, bool) {
	f := form{id: c.ID, made: time.Unix(c.Made, 0), session: c.Session, userCode: c.UserCode}
	for i := range c.Requests {
		if f.request = t.restoreRequest(&c.Requests[i], now); f.request == nil {
			return f, false
		}
	}
	for _, out := range c.SignOuts {
		f.logout = &signOut{client: t.clients.get(out.Client), redirectURI: out.RedirectURI, state: out.State}
		if out.Client != "" && f.logout.client == nil {
			return f, false
		}
	}
	return f, true
}

// restoreRequest returns nil where the client is gone, or what waits elsewhere
// for the answer.
func (t *tenant) restoreRequest(c *carriedRequest, now time.Time) *approved {
	req := &approved{
		returnAddress: returnAddress{redirectURI: c.RedirectURI, mode: c.Mode, signed: c.Signed, state: c.State},
		issuer:        cmp.Or(c.Issuer, t.issuer), client: t.clients.get(c.Client),
		kind: responseType{code: c.Code, token: c.Token, idToken: c.IDToken}, redirectSent: c.RedirectSent, scopes: c.Scopes,
		nonce: c.Nonce, challenge: c.Challenge, method: c.Method, loginHint: c.LoginHint, subject: c.Subject, dpopKey: c.Key,
		askConsent: c.AskConsent, fresh: c.Fresh, claims: readClaims(c.Claims), resources: c.Resources,
		acr:    acrWish{asked: c.ACRAsked, must: c.ACRMust, values: c.ACRValues},
		device: t.devices.under(c.Device, now), pushed: t.pushed.find(c.Pushed, now),
	}
	if c.Details != "" {
		req.details, _ = readDetails(c.Details) // they were read before
	}
	if req.client == nil || c.Device != "" && req.device == nil || c.Pushed != "" && req.pushed == nil {
		return nil
	}
	return req
}
