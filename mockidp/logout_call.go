package mockidp

import "time"

// LogoutCall is how a client was told that a person signed out (OpenID Connect
// Back-Channel Logout 1.0 section 2.5), or why it could not be.
type LogoutCall struct {
	Client string
	URI    string
	Status int           // what the client answered; zero when it did not
	Err    error         // nil when the client accepted (section 2.8)
	Took   time.Duration // real time
}

// String says it in a sentence, for a log. It may hold what a client was
// registered with, so whoever writes it must keep it to one line.
func (c LogoutCall) String() string {
	if c.Err != nil {
		return "client " + c.Client + " could not be told that a person signed out: " + c.Err.Error()
	}
	return "client " + c.Client + " was told that a person signed out"
}
