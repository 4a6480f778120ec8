package exercise

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

const (
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"
)

// sending is the edit that makes another request of one. before is what has crossed until then.
func sending(s tutorials.Send, issuer string, before *trace.Trace) (stage.Edit, error) {
	e := stage.Edit{Method: s.Method}
	for _, name := range s.Drop {
		e.Headers = append(e.Headers, stage.Change{Name: name, Remove: true})
	}
	if s.Secret != "" {
		e.Headers = append(e.Headers, stage.Change{Name: "Authorization", Value: basic(s.Secret)})
	}
	if s.Bearer != "" {
		e.Headers = append(e.Headers, stage.Change{Name: "Authorization", Value: "Bearer " + s.Bearer})
	}
	if s.Path == "" {
		return e, nil
	}
	e.URL = issuer + s.Path
	if s.JSON != "" {
		text, err := fill(s.JSON, before)
		e.Body = &text
		e.Headers = append(e.Headers, stage.Change{Name: "Content-Type", Value: jsonType})
		return e, err
	}
	pairs, err := pairsOf(s, before)
	if err != nil {
		return e, err
	}
	text := trace.EncodePairs(pairs)
	if s.Method == http.MethodPost {
		e.Body = &text
		e.Headers = append(e.Headers, stage.Change{Name: "Content-Type", Value: formType})
	} else {
		e.URL = strings.TrimSuffix(e.URL+"?"+text, "?")
		e.Body = new(string)
		e.Headers = append(e.Headers, stage.Change{Name: "Content-Type", Remove: true})
	}
	return e, nil
}

// pairsOf are the parameters that are sent.
func pairsOf(s tutorials.Send, before *trace.Trace) ([]trace.Field, error) {
	var pairs []trace.Field
	if s.Query != "" {
		at, err := find(before, s.Query)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, before.Messages[at].Query()...)
	}
	for _, text := range s.Form {
		name, value, _ := strings.Cut(text, "=")
		value, err := fill(value, before)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, trace.Field{Name: name, Value: value})
	}
	return pairs, nil
}

// fill puts what goes by a name in the run in the place of {name}.
func fill(text string, before *trace.Trace) (string, error) {
	var out strings.Builder
	for rest := text; ; {
		head, tail, found := strings.Cut(rest, "{")
		name, after, closed := strings.Cut(tail, "}")
		if !found || !closed || strings.ContainsAny(name, "\" \n") { // an object of JSON
			if found && closed {
				out.WriteString(head + "{")
				rest = tail
				continue
			}
			out.WriteString(rest)
			return out.String(), nil
		}
		value := before.Latest(name)
		if value == "" {
			return "", fmt.Errorf("nothing goes by the name %q before the request", name)
		}
		out.WriteString(head + value)
		rest = after
	}
}

// changed is the edit with the changes of an exercise, made in the request as it would be.
func changed(e stage.Edit, changes []tutorials.ExerciseChange, plain *trace.Message, before *trace.Trace) (stage.Edit, error) {
	for _, c := range changes {
		value, err := fill(c.Value, before)
		if err != nil {
			return e, err
		}
		switch {
		case c.Parameter != "":
			if c.Other {
				value = flows.Other(valueOf(plain, c.Parameter))
			}
			e = withParameter(e, stage.Change{Name: c.Parameter, Value: value, Remove: c.Remove})
		case c.Member != "":
			e.Body = withMember(plain.Body, c.Member, value)
		case c.Secret != "":
			e.Headers = append(e.Headers, stage.Change{Name: "Authorization", Value: basic(c.Secret)})
		case c.Header != "":
			if scheme, credential, ok := strings.Cut(plain.HeaderValue(c.Header), " "); ok && c.Other {
				value = scheme + " " + flows.Other(credential)
			}
			e.Headers = append(e.Headers, stage.Change{Name: c.Header, Value: value, Remove: c.Remove})
		}
		if c.Method != "" {
			e.Method = c.Method
		}
		e.Certificate = cmp.Or(c.Certificate, e.Certificate)
		e.Wait += c.Late
		e.Twice = e.Twice || c.Twice
	}
	return e, nil
}

// withParameter changes a parameter: of a form that the edit itself makes, in that form.
func withParameter(e stage.Edit, c stage.Change) stage.Edit {
	if e.Body == nil || *e.Body == "" {
		e.Params = append(e.Params, c)
		return e
	}
	pairs := trace.ParsePairs(*e.Body)
	at := slices.IndexFunc(pairs, func(f trace.Field) bool { return f.Name == c.Name })
	switch {
	case at < 0:
		pairs = append(pairs, trace.Field{Name: c.Name, Value: c.Value})
	case c.Remove:
		pairs = slices.Delete(pairs, at, at+1)
	default:
		pairs[at].Value = c.Value
	}
	text := trace.EncodePairs(pairs)
	e.Body = &text
	return e
}

func valueOf(m *trace.Message, name string) string {
	return trace.ValueOf(append(m.Query(), m.Form()...), name)
}

// withMember is a JSON object in which a member has another value; "" takes it out.
func withMember(object []byte, name, value string) *string {
	members, err := trace.Members(object)
	if err != nil {
		return nil // it is no object; the provider will say so
	}
	var parts []string
	for _, m := range members {
		switch {
		case m.Name != name:
			parts = append(parts, fmt.Sprintf("%q: %s", m.Name, m.Value))
		case value != "":
			parts = append(parts, fmt.Sprintf("%q: %s", name, value))
		}
	}
	text := "{" + strings.Join(parts, ", ") + "}"
	return &text
}

// basic is the header of RFC 6749 section 2.3.1.
func basic(credentials string) string {
	id, secret, _ := strings.Cut(credentials, ":")
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret)))
}
