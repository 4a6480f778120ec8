package intake_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
)

// A token that stands among words, or a request as a book prints it, is not what failed where the words say more.
func TestWhatIsSurerOfExchangesAndWordsIsTold(t *testing.T) {
	const issued = `"access_token": "eyJhbGciOiJSUzI1NiIsImtpZCI6Ijg4M2YxYSJ9.eyJpc3MiOiJodHRwOi8vYSJ9.c2ln"`
	for text, want := range map[string]string{
		"client | {\nclient | " + issued + "\nclient | }\nclient | CurlException: connection refused":              "no-answer-to-server likely",
		"GET https://{tenant}.example/oauth2/v2.0/authorize?client_id=a\n\nAADB2C99005: an invalid scope":          "scope-syntax likely",
		"GET /authorize?client_id=a HTTP/1.1\nHost: a.example\n\nHTTP/1.1 400 Bad Request\n\nmissing redirect_uri": "redirect-uri-missing likely",
	} {
		b := read(t, text)
		if b.Words == nil {
			t.Fatalf("%s: it was read in one way", text)
		}
		all := diagnosed(b)
		if words := diagnosed(b.Words); diagnosis.Surer(words, all) {
			all = words
		}
		if told(all) != want {
			t.Errorf("%s: %q, want %q", text, told(all), want)
		}
	}
}

// Where the words tell nothing more, it stays what the exchanges tell.
func TestExchangesThatTellAsMuchStay(t *testing.T) {
	b := read(t, "GET /api HTTP/1.1\nHost: a.example\nAuthorization: Bearer undefined\n\nHTTP/1.1 401 Unauthorized\n\nunauthorized")
	if words, exchanges := diagnosed(b.Words), diagnosed(b); told(exchanges) == "" || diagnosis.Surer(words, exchanges) {
		t.Errorf("words %q go before exchanges %q", told(words), told(exchanges))
	}
}

func told(all []diagnosis.Diagnosis) string {
	first := diagnosis.First(all)
	if first == nil {
		return ""
	}
	return first.ID + " " + string(first.Sure)
}
