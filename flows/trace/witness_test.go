package trace_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// needle is the value that everybody looks for.
const needle = "needle-7Q"

const htmlType, formType, jsonType = "text/html; charset=utf-8", "application/x-www-form-urlencoded", "application/json"

func header(pairs ...string) []trace.Field {
	var out []trace.Field
	for pair := range slices.Chunk(pairs, 2) {
		out = append(out, trace.Field{Name: pair[0], Value: pair[1]})
	}
	return out
}

// visit is the browser opening an address, and its answer.
func visit(address string, answer trace.Message) []trace.Message {
	answer.Kind, answer.From, answer.To, answer.Channel, answer.Exchange = trace.Response, trace.Client, trace.UserAgent, trace.Front, 1
	return []trace.Message{{
		Kind: trace.Request, From: trace.UserAgent, To: trace.Client, Channel: trace.Front, Exchange: 1,
		Method: "GET", URL: address, Header: header("Accept", "text/html"),
	}, answer}
}

func pageWith(text string, headers ...string) trace.Message {
	all := append([]string{"Content-Type", htmlType}, headers...)
	return trace.Message{Status: 200, Header: header(all...), Body: []byte("<h1>Hello</h1><p>" + text + "</p>")}
}

func redirectTo(address string) trace.Message {
	return trace.Message{Status: 303, Header: header("Location", address)}
}

func back(m trace.Message) []trace.Message {
	m.Kind, m.From, m.To, m.Channel, m.Exchange = trace.Request, trace.Client, trace.AuthorizationServer, trace.Back, 1
	if m.URL == "" {
		m.URL = "https://idp.example/token"
	}
	return []trace.Message{m}
}

// eyes draws the sights in a line: a capital sees it.
func eyes(messages []trace.Message) string {
	tr := trace.Trace{Messages: messages}
	var out []string
	for _, s := range tr.Sights(needle) {
		word := string(s.Who)
		if s.Seen {
			word = strings.ToUpper(word)
		}
		out = append(out, word+":"+s.Because)
	}
	return strings.Join(out, " ")
}

func TestWhoSeesAValueFollowsFromHowItTravelled(t *testing.T) {
	const unseenBack = "person:back history:back referrer:back"
	for name, row := range map[string]struct {
		messages []trace.Message
		want     string
	}{
		"nothing carries it": {
			nil, "person:nowhere history:nowhere referrer:nowhere logs:nowhere apps:nowhere scripts:nowhere network:nowhere",
		},
		"in the query of a page without a policy": {
			visit("https://app.example/cb?code="+needle, pageWith("")),
			"PERSON:address-bar HISTORY:address REFERRER:no-policy LOGS:query apps:https SCRIPTS:address network:tls",
		},
		"in the query of a page that has not come yet": {
			visit("https://app.example/cb?code="+needle, pageWith(""))[:1],
			"PERSON:address-bar history:pending referrer:pending LOGS:query apps:https SCRIPTS:address network:tls",
		},
		"in the query of a page that keeps it to itself": {
			visit("https://app.example/cb?code="+needle, pageWith("", "Referrer-Policy", "unsafe-url, no-referrer, nonsense")),
			"PERSON:address-bar HISTORY:address referrer:policy LOGS:query apps:https SCRIPTS:address network:tls",
		},
		"in the query of a page that tells its own site": {
			visit("https://app.example/cb?code="+needle, pageWith("", "Referrer-Policy", "same-origin")),
			"PERSON:address-bar HISTORY:address REFERRER:own-site LOGS:query apps:https SCRIPTS:address network:tls",
		},
		"in the query of a page that tells everybody": {
			visit("https://app.example/cb?code="+needle, pageWith("", "Referrer-Policy", "unsafe-url")),
			"PERSON:address-bar HISTORY:address REFERRER:open-policy LOGS:query apps:https SCRIPTS:address network:tls",
		},
		"in the query of a stop on the way": {
			visit("https://app.example/cb?code="+needle, redirectTo("/home")),
			"PERSON:tools history:redirected referrer:redirected LOGS:query apps:https SCRIPTS:address network:tls",
		},
		"in the fragment of a page": {
			visit("https://app.example/cb#access_token="+needle, pageWith("")),
			"PERSON:address-bar HISTORY:fragment referrer:fragment logs:fragment apps:https SCRIPTS:address network:tls",
		},
		"in the fragment that a redirect leads to": {
			visit("https://app.example/", redirectTo("https://app.example/cb#access_token="+needle)),
			"PERSON:tools history:redirected referrer:fragment logs:header apps:https SCRIPTS:address network:tls",
		},
		"in a redirect to an app": {
			visit("https://idp.example/auth", redirectTo("com.myapp:/callback?code="+needle)),
			"PERSON:tools history:redirected referrer:redirected logs:header APPS:custom-scheme SCRIPTS:address network:tls",
		},
		"in a redirect to a port of this machine": {
			visit("https://idp.example/auth", redirectTo("http://127.0.0.1:4711/callback?code="+needle)),
			"PERSON:tools history:redirected referrer:redirected logs:header APPS:loopback SCRIPTS:address network:tls",
		},
		"at a port of this machine": {
			visit("http://[::1]:4711/callback?code="+needle, pageWith("", "Referrer-Policy", "no-referrer")),
			"PERSON:address-bar HISTORY:address referrer:policy LOGS:query APPS:loopback SCRIPTS:address network:loopback",
		},
		"over plain http": {
			visit("http://app.example/cb?code="+needle, pageWith("", "Referrer-Policy", "no-referrer")),
			"PERSON:address-bar HISTORY:address referrer:policy LOGS:query apps:https SCRIPTS:address NETWORK:plain",
		},
		"in the Referer of another request": {
			[]trace.Message{{
				Kind: trace.Request, From: trace.UserAgent, To: trace.ResourceServer, Channel: trace.Front, Exchange: 1,
				Method: "GET", URL: "https://other.example/",
				Header: header("Accept", "text/html", "Referer", "https://app.example/cb?code="+needle),
			}},
			"PERSON:tools history:not-address REFERRER:sent LOGS:referer apps:not-address SCRIPTS:fetched network:tls",
		},
		"on a page": {
			visit("https://app.example/", pageWith("Your code is "+needle+".")),
			"PERSON:page history:not-address referrer:not-address logs:body apps:not-address SCRIPTS:page network:tls",
		},
		"in a form that the browser sends": {
			[]trace.Message{{
				Kind: trace.Request, From: trace.UserAgent, To: trace.AuthorizationServer, Channel: trace.Front, Exchange: 1,
				Method: "POST", URL: "https://idp.example/sign-in",
				Header: header("Accept", "text/html", "Content-Type", formType), Body: []byte("password=" + needle),
			}},
			"PERSON:tools history:not-address referrer:not-address logs:body apps:not-address SCRIPTS:form network:tls",
		},
		"in a cookie that scripts may read": {
			visit("https://app.example/", pageWith("", "Set-Cookie", "s="+needle+"; Path=/")),
			"PERSON:tools history:not-address referrer:not-address logs:header apps:not-address SCRIPTS:cookie network:tls",
		},
		"in a cookie that scripts may not read": {
			visit("https://app.example/", pageWith("", "Set-Cookie", "s="+needle+"; Path=/; HttpOnly; Secure")),
			"PERSON:tools history:not-address referrer:not-address logs:header apps:not-address SCRIPTS:http-only network:tls",
		},
		"in the header of a call that a script makes": {
			[]trace.Message{{
				Kind: trace.Request, From: trace.UserAgent, To: trace.ResourceServer, Channel: trace.Front, Exchange: 1,
				Method: "GET", URL: "https://api.example/flights",
				Header: header("Authorization", "Bearer "+needle, "Origin", "https://app.example"),
			}},
			"PERSON:tools history:not-address referrer:not-address logs:header apps:not-address SCRIPTS:fetched network:tls",
		},
		"in the address of a call that a script makes": {
			[]trace.Message{{
				Kind: trace.Request, From: trace.UserAgent, To: trace.ResourceServer, Channel: trace.Front, Exchange: 1, Method: "GET",
				URL: "https://api.example/flights?access_token=" + needle, Header: header("Origin", "https://app.example"),
			}},
			"PERSON:tools history:fetched referrer:fetched LOGS:query apps:https SCRIPTS:fetched network:tls",
		},
		"typed into a page": {
			[]trace.Message{{
				Kind: trace.Gesture, From: trace.ResourceOwner, To: trace.UserAgent, Channel: trace.Local,
				Act: &trace.Act{Verb: "types", Fields: header("password", needle)},
			}},
			"PERSON:gesture history:not-address referrer:not-address logs:local apps:not-address SCRIPTS:typed network:local",
		},
		"typed into an app": {
			[]trace.Message{{
				Kind: trace.Gesture, From: trace.ResourceOwner, To: trace.Client, Channel: trace.Local,
				Act: &trace.Act{Verb: "types", Fields: header("password", needle)},
			}},
			"PERSON:gesture history:back referrer:back logs:local apps:back scripts:back network:local",
		},
		"worked out by a server": {
			[]trace.Message{{
				Kind: trace.Note, From: trace.Client, To: trace.Client, Channel: trace.Local,
				Calc: &trace.Calc{Outputs: header("code_verifier", needle)},
			}},
			"person:local history:local referrer:local logs:local apps:local scripts:local network:local",
		},
		"worked out by a script in a page": {
			[]trace.Message{{
				Kind: trace.Note, From: trace.UserAgent, To: trace.UserAgent, Channel: trace.Local,
				Calc: &trace.Calc{Outputs: header("state", needle)},
			}},
			"PERSON:tools history:not-address referrer:not-address logs:local apps:not-address SCRIPTS:fetched network:local",
		},
		"in a form from server to server": {
			back(trace.Message{Method: "POST", Header: header("Content-Type", formType), Body: []byte("code_verifier=" + needle)}),
			unseenBack + " logs:body apps:back scripts:back network:tls",
		},
		"in JSON from server to server": {
			back(trace.Message{Header: header("Content-Type", jsonType), Body: []byte(`{"access_token":"` + needle + `"}`)}),
			unseenBack + " logs:body apps:back scripts:back network:tls",
		},
		"in a header from server to server": {
			back(trace.Message{Header: header("Authorization", "Basic YXBwOm5lZWRsZS03UQ==")}),
			unseenBack + " logs:header apps:back scripts:back network:tls",
		},
		"in a query from server to server": {
			back(trace.Message{Method: "GET", URL: "https://api.example/mails?access_token=" + needle}),
			unseenBack + " LOGS:query apps:back scripts:back network:tls",
		},
		"compared only": {
			back(trace.Message{Checks: []trace.Check{{Expected: needle, Got: needle}}}),
			"person:nowhere history:nowhere referrer:nowhere logs:nowhere apps:nowhere scripts:nowhere network:nowhere",
		},
		"quietly first, then openly": {
			slices.Concat(back(trace.Message{Header: header("X", needle)}),
				visit("https://app.example/?code="+needle, pageWith("", "Referrer-Policy", "origin"))),
			"PERSON:address-bar HISTORY:address referrer:policy LOGS:query apps:https SCRIPTS:address network:tls",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := eyes(row.messages); got != row.want {
				t.Errorf("\ngot  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestAClaimTravelsWithItsToken(t *testing.T) {
	tr := trace.Trace{Messages: visit("https://app.example/cb#id_token="+example, pageWith(""))}
	travels := tr.Travels("joe")
	if len(travels) != 1 || travels[0].How != trace.InFragment || travels[0].Name != "id_token › iss" {
		t.Errorf("the claim travels as %+v", travels)
	}
}

func TestASightNamesWhereAndWhoseLogs(t *testing.T) {
	messages := visit("https://app.example/cb?code="+needle, pageWith(""))
	tr := trace.Trace{Messages: append(messages, back(trace.Message{Method: "GET", URL: "https://idp.example/?code=" + needle})...)}
	for _, s := range tr.Sights(needle) {
		switch s.Who {
		case trace.ServerLogs:
			if fmt.Sprint(s.By) != "[client authorization-server]" || fmt.Sprint(s.At) != "[0 2]" {
				t.Errorf("logs of %v at %v", s.By, s.At)
			}
		case trace.History:
			if len(s.By) != 0 || fmt.Sprint(s.At) != "[0]" {
				t.Errorf("history of %v at %v", s.By, s.At)
			}
		}
	}
}

func TestAWordInATagOrInAnotherWordIsNotShown(t *testing.T) {
	for text, shown := range map[string]bool{
		needle: true, "“" + needle + "”": true, "x" + needle: false, needle + "_x": false, "<input value='" + needle + "'>": false,
		"<script>var x = '" + needle + "'</script>after": false, "<script>1 < 2</script> " + needle: true, "a &lt; b " + needle: true,
	} {
		tr := trace.Trace{Messages: visit("https://app.example/", pageWith(text))}
		if got := len(tr.Travels(needle)) == 1; got != shown {
			t.Errorf("%s: shown %v, want %v", text, got, shown)
		}
	}
}

func TestEverySightingIsListedOnceWithWhatIsSeenFirst(t *testing.T) {
	seen := map[string]bool{}
	order := []trace.Witness{}
	for i, s := range trace.Sightings() {
		id := string(s.Who) + "/" + s.Because
		if seen[id] {
			t.Errorf("%s is listed twice", id)
		}
		seen[id] = true
		if !slices.Contains(order, s.Who) {
			order = append(order, s.Who)
		} else if before := trace.Sightings()[i-1]; before.Who != s.Who || (s.Seen && !before.Seen) {
			t.Errorf("%s stands after %s/%s", id, before.Who, before.Because)
		}
	}
	if !slices.Equal(order, trace.Witnesses()) {
		t.Errorf("the order is %v", order)
	}
}

func FuzzSightsAreAlwaysOneForEachWitness(f *testing.F) {
	for _, s := range []string{"https://a.example/?x=" + needle, "com.app:/cb?x=" + needle, "http://[::1/?x=" + needle, "?x=" + needle, "%"} {
		f.Add(s, "<p>"+needle, "no-referrer")
	}
	f.Fuzz(func(t *testing.T, address, page, policy string) {
		headers := header("Content-Type", htmlType, "Location", address, "Referrer-Policy", policy)
		answer := trace.Message{Status: 302, Header: headers, Body: []byte(page)}
		tr := trace.Trace{Messages: visit(address, answer)}
		sights := tr.Sights(needle)
		if len(sights) != len(trace.Witnesses()) {
			t.Fatalf("%d sights for %q", len(sights), address)
		}
		for i, s := range sights {
			if s.Who != trace.Witnesses()[i] || (len(s.At) == 0) != (s.Because == "nowhere") {
				t.Errorf("%+v", s)
			}
		}
	})
}
