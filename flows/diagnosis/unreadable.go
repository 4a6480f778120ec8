package diagnosis

import (
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// networkRows are about requests that got no answer, or none that a program can read.
func networkRows() []Row {
	return []Row{
		{"tls-on-one-side", "one side speaks TLS and the other one plain HTTP at this port", rfc("9110", "4.2.2"), bySaying(
			"wrong version number", "record layer failure", "http response to https client", "http request to an https server",
			"plain http request was sent", "unrecognized ssl message", "record_too_long", "packet length too long",
			"does not look like a tls handshake", "cannot determine the frame size", "unsupported or unrecognized ssl",
		)},
		{"no-answer", "a request got no answer that the program could read", rfc("9110", "15.6"), either(
			general(unless(either((*Case).silenced, (*Case).silencedByAPI, formForbidden), unanswered)), bySaying(
				"name_not_resolved", "err_connection", "network error", "network request failed",
			),
		)},
		{"answer-not-json", "the answer is not JSON: something other than the provider's endpoint gave it", rfc("6749", "5.1"), either(
			answerNotJSON, general(bySaying(
				"unexpected token <", "unexpected token '<'", "invalid character '<'", "expecting value: line 1", "unexpected end of json",
				"as json", "jsondecodeerror", "jsonparseexception", "no json object could be decoded",
				"unable to convert", "json parse error", "invalid json", "not valid json", "malformed json", "is not json",
			)), unless(bySaying(
				"404", "not found", "invalid_grant", "invalid_request", "invalid_client", "invalid_token", "access_denied", "unauthorized_client",
			), general(bySaying(
				"<html", "doctype", "unexpected content-type", "expected content-type", "unknown content type", "bad response",
				"unexpected response", "invalid response",
			))), tells([]string{
				"json", "response body",
				"token response",
			}, []string{
				"parse", "decode", "invalid", "not valid", "unexpected", "deserialize", "malformed", "failed", "could not",
			}))},
	}
}

// unanswered sees a request that a browser recorded without an answer: the
// server is not there, its certificate is not trusted, or the browser blocked it.
func unanswered(c *Case) *sighting {
	if !c.Known.Ended {
		return nil
	}
	for i, e := range c.Login.Exchanges {
		if e.Preflight || e.Answer != nil && e.Status() != 0 || e.Endpoint == logins.Callback && i == len(c.Login.Exchanges)-1 ||
			c.Known.Asked || c.brokenOff(e) != nil {
			continue
		}
		if c.over().replied[e.Address()] > e.Number {
			continue // it was answered later
		}
		return likely(e, quote(e, "address", e.Address()), answered(e, "status", "none"))
	}
	return nil
}

// answerNotJSON sees a page where a program wants JSON: a proxy, a page of sign-in
// or a single-page app answered instead of the provider. What refuses by its
// status is told by that.
func answerNotJSON(c *Case) *sighting {
	places := []logins.Endpoint{logins.Discovery, logins.Keys, logins.Token, logins.Pushed, logins.UserInfo, logins.DeviceAuthorization}
	for _, e := range c.Login.Exchanges {
		if !slices.Contains(places, e.Endpoint) || e.Preflight || e.Answer == nil || e.Status() >= http.StatusBadRequest {
			continue
		}
		to := e.Answer.HeaderValue("Location")
		redirects := e.Status() >= http.StatusMultipleChoices && to != ""
		switch {
		case redirects && becameGet(c, e) != nil:
			return nil
		case redirects && e.Endpoint != logins.Discovery && e.Came("error") == "":
			return likely(e, quote(e, "address", e.Address()), answered(e, "Location", withoutQuery(to)))
		case !redirects && (e.Answer.IsHTML() || bodyBegins(e, "<")):
			return certain(e, quote(e, "address", e.Address()), answered(e, "Content-Type", e.Answer.HeaderValue("Content-Type")))
		}
	}
	return nil
}

func bodyBegins(e *logins.Exchange, sign string) bool {
	return strings.HasPrefix(strings.TrimSpace(string(e.Answer.Body[:min(len(e.Answer.Body), 64)])), sign)
}
