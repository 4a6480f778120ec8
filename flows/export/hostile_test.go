package export_test

import (
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// hostile returns a run in which every value that could come from the wire,
// or from a file, is evil.
func hostile(evil string) *trace.Trace {
	fields := []trace.Field{{Name: evil, Value: evil}, {Name: "Content-Type", Value: evil}, {Name: "Location", Value: evil}}
	checks := []trace.Check{
		{By: trace.Role(evil), ID: evil, Rule: evil, Spec: trace.Spec{Doc: evil, Section: evil}, Expected: evil, Got: evil, Result: trace.Pass},
		{By: trace.Role(evil), ID: evil, Rule: evil, Expected: evil, Got: "other", Result: trace.Fail, Reason: evil, Error: evil},
		{By: trace.Role(evil), ID: evil, Rule: evil, Result: trace.Skip, Reason: evil},
	}
	pair := url.QueryEscape(evil) + "=" + url.QueryEscape(evil)
	claims := jwt(`{"alg":"none"}`, `{"sub":"x"}`)
	request := trace.Message{
		Step: evil, Chapter: evil, Kind: trace.Request, From: trace.UserAgent, To: trace.Client, Channel: trace.Channel(evil), Exchange: 1,
		Depth:  2,
		Method: evil, URL: "https://travel.example/" + strings.NewReplacer("?", "", "#", "").Replace(evil) + "?" + pair + "#" + pair,
		Header: fields, Body: []byte(evil), Checks: checks,
		Edited: []trace.EditMark{{What: evil, Before: evil, After: evil}},
	}
	form := request
	form.Exchange = 2
	form.Header = []trace.Field{{Name: "Content-Type", Value: formType}, {Name: "Authorization", Value: evil + " " + claims}}
	form.Body = []byte(pair + "&id_token=" + claims)
	answer := trace.Message{
		Step: evil, Chapter: evil, Kind: trace.Response, From: trace.Client, To: trace.UserAgent, Channel: trace.Front, Exchange: 1,
		Status: 200, Header: []trace.Field{{Name: "Content-Type", Value: "text/html"}}, Body: []byte("<title>" + evil + "</title>" + evil),
	}
	gesture := trace.Message{
		Step: evil, Chapter: evil, Kind: trace.Gesture, From: trace.ResourceOwner, To: trace.Role(evil), Channel: trace.Local,
		Act: &trace.Act{Verb: evil, Object: evil, Fields: fields},
	}
	note := trace.Message{
		Step: evil, Chapter: evil, Kind: trace.Note, From: trace.Role(evil), To: trace.Role(evil), Channel: trace.Local,
		Calc: &trace.Calc{Inputs: fields, Outputs: fields, Steps: []trace.CalcStep{{Does: evil, Result: evil}}},
	}
	return &trace.Trace{
		Flow:     evil,
		Messages: stamp([]trace.Message{gesture, request, note, answer, form}),
		Outcome:  trace.Outcome{State: trace.Refused, By: trace.Role(evil), Rule: evil, Error: evil, Reason: evil},
	}
}
