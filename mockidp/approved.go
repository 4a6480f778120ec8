package mockidp

// approved is an authorization request that kept every rule.
type approved struct {
	returnAddress
	issuer       string // by which the client knows the provider: that of the tokens
	client       *Client
	kind         responseType
	redirectSent bool // the request named its redirect_uri, so the token request must as well
	scopes       []string
	nonce        string
	challenge    string
	method       string // of the challenge
	loginHint    string
	subject      string // of the id_token_hint: who must sign in; empty for anybody
	askConsent   bool   // even when it was given before
	claims       claimsRequest
	acr          acrWish
	fresh        bool // the person signed in for this request

	// device is what waits for the person's answer, instead of a redirection
	// URI (RFC 8628 section 3.3); nil for a request that came by browser.
	device *device

	details   []detail
	resources []string // as RFC 8707 section 2.1 names them
	dpopKey   string   // thumbprint of the key that the code is bound to; empty for none
	pushed    *pushed  // what it was sent as; nil for one that came by browser
}

// returnAddress is where a client waits for the answer, and how it wants it.
// The redirection URI must have been found to be the client's.
type returnAddress struct {
	redirectURI string
	mode        string
	signed      bool // in a JWT
	state       string
	iss         string // instead of the issuer, where trouble wants that; noIss for none
}
