package mockidp

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// pushedRequest is a request to the pushed authorization request endpoint: a
// client that says who it is, and what it will want (RFC 9126 section 2.1).
type pushedRequest struct {
	clientRequest
	asked *authorization
	proof proofUse
}

// credentialNames are the parameters that say who the client is. They are no
// part of what it asks for.
func credentialNames() []string {
	return []string{"client_secret", "client_assertion", "client_assertion_type"}
}

func (e *pushedEndpoint) newPushedRequest(t *tenant, r *request) *pushedRequest {
	in := &pushedRequest{clientRequest: e.auth.newClientRequest(t, r), proof: e.possession.newProofUse(t, r)}
	in.asked = &authorization{p: e.authorization, t: t, r: r, client: in.client, sent: r.Form.Without(credentialNames()...)}
	in.asked.object = e.authorization.readRequestObject(in.asked)
	in.asked.read()
	return in
}

// pushedRows are the rules of the endpoint: those of every client, and then
// those of the authorization endpoint, but the ones that need the person.
func pushedRows() []rule.Row[pushedRequest] {
	who := func(in *pushedRequest) *clientRequest { return &in.clientRequest }
	asked := func(in *pushedRequest) *authorization { return in.asked }
	shape := clientShapeRows(rule.RFC("9126", "2.3"), rule.RFC("9126", "2.1"))
	return slices.Concat(
		rule.Lifted(shape, who), rule.Lifted(clientRows(), who),
		[]rule.Row[pushedRequest]{{
			ID: "request-uri-absent", Rule: "no request_uri is sent",
			Spec: rule.RFC("9126", "2.1"), Error: "invalid_request",
			Check: func(in *pushedRequest) rule.Finding {
				sent := in.params.Get("request_uri")
				return rule.Verdict(sent == "", "not sent", cmp.Or(wire.Shown(sent), "not sent"),
					"request_uri is what this endpoint gives out; it cannot be sent here")
			},
		}},
		rule.Lifted(askedRows(), asked),
		[]rule.Row[pushedRequest]{{
			ID: "pushed-request-short", Rule: "the request is at most 16 KiB long",
			Spec: rule.RFC("9126", "2.3"), Error: "invalid_request", Status: http.StatusRequestEntityTooLarge,
			Check: func(in *pushedRequest) rule.Finding {
				size := in.asked.params.Size()
				return rule.Verdict(size <= maxPushedSize, "at most "+strconv.Itoa(maxPushedSize)+" bytes", strconv.Itoa(size)+" bytes",
					"the request is too long to be kept")
			},
		}},
	)
}

// pushedProofRows are the rules about a DPoP proof: it is another way to say
// which key the code is bound to (RFC 9449 section 10.1).
func pushedProofRows() []rule.Row[pushedRequest] {
	whose := func(in *pushedRequest) *proofUse { return &in.proof }
	rows := append(rule.Lifted(proofRows(0), whose), rule.Row[pushedRequest]{
		ID: "dpop-jkt-same", Rule: "dpop_jkt names the key of the proof",
		Spec: rule.RFC("9449", "10.1"), Error: errProof,
		When: func(in *pushedRequest) bool { return in.asked.params.Has("dpop_jkt") },
		Check: func(in *pushedRequest) rule.Finding {
			named := in.asked.params.Get("dpop_jkt")
			return rule.Verdict(named == in.proof.Thumbprint, in.proof.Thumbprint, wire.Shown(named),
				"dpop_jkt is "+wire.Shown(named)+", but the DPoP proof is made with the key "+in.proof.Thumbprint)
		},
	})
	return rule.OnlyWhen(func(in *pushedRequest) bool { return in.proof.sent() }, rows)
}

// kept is what is remembered of a request: what it asks for, and the key of
// its proof.
func (in *pushedRequest) kept() wire.Params {
	p := in.asked.params
	if in.proof.sent() && !p.Has("dpop_jkt") {
		p.List = append(slices.Clone(p.List), trace.Field{Name: "dpop_jkt", Value: in.proof.Thumbprint})
	}
	return p
}

// askedRows are the rules of the authorization endpoint that a request can be
// held to before there is a browser (RFC 9126 section 2.1): a redirection URI
// is checked like all else, and whatever is wrong is told at once.
func askedRows() []rule.Row[authorization] {
	elsewhere := append([]string{"parameters-once", "request-short", "request-or-request-uri", "request-uri-supported", "request-pushed"},
		rowIDs(silentRows())...)
	return slices.DeleteFunc(slices.Concat(objectShapeRows(), redirectRows(), requestRows()), func(r rule.Row[authorization]) bool {
		return slices.Contains(elsewhere, r.ID)
	})
}

func rowIDs[T any](rows []rule.Row[T]) []string {
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}

// pushedResponse is RFC 9126 section 2.2.
type pushedResponse struct {
	RequestURI string `json:"request_uri"`
	ExpiresIn  int    `json:"expires_in"` // seconds
}

// pushedEndpoint is the pushed authorization request endpoint (RFC 9126).
type pushedEndpoint struct {
	draw          *source
	auth          *authenticator
	possession    *possession
	authorization *authorizationEndpoint
	rows          []rule.Row[pushedRequest]
	proof         []rule.Row[pushedRequest]
}

// servePushed is the pushed authorization request endpoint.
func (e *pushedEndpoint) servePushed(t *tenant, r *request) (wire.Answer, error) {
	in := e.newPushedRequest(t, r)
	broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, in)
	if broken == nil {
		in.proof.claim(in.client)
		broken = rule.Run(r.Context(), trace.AuthorizationServer, e.proof, in)
	}
	if broken != nil {
		a, err := refuseClient(&in.clientRequest, broken, "POST, OPTIONS")
		return in.proof.nonced(a), err
	}
	name, err := e.draw.random(32)
	if err != nil {
		return wire.Answer{}, err
	}
	good := t.lifetimesOf(in.client).PushedRequest
	t.pushed.put(name, &pushed{uri: pushedPrefix + name, client: in.client, params: in.kept(), issued: r.Now, good: good}, r.Now)
	a, err := wire.JSON(http.StatusCreated, pushedResponse{RequestURI: pushedPrefix + name, ExpiresIn: int(good.Seconds())})
	return in.proof.nonced(in.named(wire.Uncached(a))), err
}
