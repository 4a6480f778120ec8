package mockidp

import (
	"fmt"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// slip is a rule that a config breaks: the key that breaks it, and what would be
// right. It speaks of keys as a config file and RFC 7591 call them; for whoever
// writes Go, [ConfigError] adds their fields.
type slip struct {
	key   string // below the table that the place names: "redirect_uris", "lifetimes.code"
	words string // a format
	args  []any  // may hold settings, and the error that is behind it
}

// What several keys say.
const (
	notOfRealm    = "%q must be a scope of the realm"
	onlyLoopback  = "%q: http is for loopback only; use https, or %s"
	unreadableURI = "%q cannot be read as a URI; write it whole, e.g. https://app.example/callback"
)

// wrong makes a slip. The words follow the key and a colon, and name a way out.
func wrong(key, words string, args ...any) error { return &slip{key, words, args} }

// Error says it as a config file calls things, which is also how a client that
// registers itself does.
func (e *slip) Error() string { return e.key + ": " + e.says(setting.inFile) }

// says are the words without the key. They may name settings.
func (e *slip) says(call func(setting) string) string {
	args := make([]any, len(e.args))
	for i, arg := range e.args {
		switch of := arg.(type) {
		case setting:
			arg = call(of)
		case time.Duration:
			arg = wire.Brief(of)
		}
		args[i] = arg
	}
	return fmt.Errorf(e.words, args...).Error()
}

// Unwrap returns the error that is behind it, if one is.
func (e *slip) Unwrap() error {
	for _, arg := range e.args {
		if err, ok := arg.(error); ok {
			return err
		}
	}
	return nil
}

// setting is one that a slip names as the way out, by its field in Go.
type setting string

const (
	settingPlainHTTP          setting = "Relaxed.PlainHTTP"
	settingClientCertificates setting = "Config.ClientCertificates"
	settingClientCAs          setting = "Config.ClientCAs"
	settingRequestURIs        setting = "Realm.RequestURIParameterSupported"
	settingPairwiseSalt       setting = "Realm.PairwiseSalt"
)

func (s setting) inGo() string { return string(s) }

// inFile is what somebody writes who has a config file and a command line.
func (s setting) inFile() string {
	switch s {
	case settingPlainHTTP:
		return "plain_http = true in [relaxed]"
	case settingClientCertificates:
		return "--tls on the command line"
	case settingClientCAs:
		return "--tls-client-ca-file on the command line"
	case settingRequestURIs:
		return "request_uri_parameter_supported = true in the [[realm]]"
	case settingPairwiseSalt:
		return "pairwise_salt in the [[realm]]"
	}
	return string(s)
}
