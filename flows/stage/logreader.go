package stage

import (
	"github.com/grantwalk/grantwalk/flows/trace"
)

// StepCopyLog is somebody finding a log in which the requests of a machine stand.
const StepCopyLog = "copy-log"

// LogReader is a thief who has read a log: the two requests of a machine, the
// one for a token and the one to the API, word for word. What was proved in a
// TLS handshake stands in none.
type LogReader struct {
	thief *Thief
	found sent
}

// LogReader brings somebody on stage who reads the log of a machine's requests.
func (s *Stage) LogReader(j *SelfRegistered) (*LogReader, error) {
	t := &Thief{party: s.party(), stage: s, provider: j.told}
	t.port, t.ID, t.AuthMethod = s.network.port(trace.Attacker, trace.Back), j.ID, j.AuthMethod
	r := &LogReader{thief: t, found: j.log}
	if t.AuthMethod != AuthBasic && t.AuthMethod != AuthPost {
		r.found.secret = ""
	}
	t.Secret = r.found.secret
	return r, t.note(trace.Attacker, StepCopyLog, r.copies(), nil)
}

// copies is what the thief reads in the log.
func (r *LogReader) copies() trace.Calc {
	calc := trace.Calc{}
	switch r.thief.AuthMethod {
	case AuthBasic:
		joined, encoded := basicCredentials(r.thief.ID, r.found.secret)
		calc.Inputs = []trace.Field{{Name: "Authorization", Value: "Basic " + encoded}}
		calc.Steps = []trace.CalcStep{
			{Does: "decode base64", Result: joined},
			{Does: "form-decode(client_secret)", Result: r.found.secret},
		}
		calc.Outputs = []trace.Field{{Name: "client_id", Value: r.thief.ID}, {Name: "client_secret", Value: r.found.secret}}
		calc.Command = "printf '%s' " + encoded + " | openssl base64 -d -A"
	case AuthPost:
		calc.Inputs = []trace.Field{{Name: "client_id", Value: r.thief.ID}, {Name: "client_secret", Value: r.found.secret}}
	case AuthKey:
		calc.Inputs = []trace.Field{{Name: "client_assertion", Value: r.found.assertion}}
	default:
		calc.Inputs = []trace.Field{{Name: "client_id", Value: r.thief.ID}}
	}
	calc.Inputs = append(calc.Inputs, trace.Field{Name: "access_token", Value: r.found.token})
	return calc
}

// Asks has the thief ask for a token in the machine's name, with all that was found.
func (r *LogReader) Asks(scope string) error {
	form := []trace.Field{{Name: "grant_type", Value: "client_credentials"}, {Name: "scope", Value: scope}}
	if r.thief.AuthMethod == AuthKey {
		form = append(form, trace.Field{Name: "client_assertion_type", Value: assertionType},
			trace.Field{Name: "client_assertion", Value: r.found.assertion})
	} else {
		form = append(form, r.thief.credentials()...)
	}
	got, err := r.thief.tokenRequest(r.thief.stage.Context(), client(r.thief.port), r.thief.provider.Token, form)
	if err == nil {
		r.thief.tokens = got
	}
	return outcome(err)
}

// Reads has the thief call the API with a token that the provider gave, or with the one of the log.
func (r *LogReader) Reads(path string) error {
	if !r.thief.Got() {
		r.thief.tokens.AccessToken = r.found.token
	}
	return r.thief.Reads(path)
}

// HasSecret reports whether what was found can be used more than once.
func (r *LogReader) HasSecret() bool { return r.found.secret != "" }
