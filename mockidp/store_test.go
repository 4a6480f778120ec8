//go:build !race

package mockidp

import "testing"

func TestLoopbackPortIsCutFromNothingElse(t *testing.T) {
	for uri, want := range map[string]string{
		"http://127.0.0.1/cb":            "http://127.0.0.1/cb",
		"http://127.0.0.1:1/cb":          "http://127.0.0.1/cb",
		"http://127.0.0.1:65535/cb?a=b":  "http://127.0.0.1/cb?a=b",
		"http://[::1]:8080/cb":           "http://[::1]/cb",
		"http://127.0.0.1:80":            "http://127.0.0.1",
		"http://127.0.0.1:0/cb":          "",
		"http://127.0.0.1:65536/cb":      "",
		"http://127.0.0.1:/cb":           "",
		"http://127.0.0.1:+80/cb":        "",
		"http://127.0.0.1:80@evil/cb":    "",
		"http://127.0.0.1@evil/cb":       "",
		"http://127.0.0.1.evil/cb":       "",
		"http://127.0.0.1#/cb":           "",
		"https://127.0.0.1:80/cb":        "",
		"http://localhost:80/cb":         "",
		"HTTP://127.0.0.1:80/cb":         "",
		"http://127.0.0.2:80/cb":         "",
		"http://[::1]evil/cb":            "",
		"http://[::1%25lo]:80/cb":        "",
		"http://127.0.0.1:80\\@evil/cb":  "",
		"http://127.0.0.1:80 /cb":        "",
		"http://127.0.0.1:8 0/cb":        "",
		"http://127.0.0.1:80/cb/../evil": "http://127.0.0.1/cb/../evil",
	} {
		if got, ok := cutLoopbackPort(uri); got != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", uri, got, ok, want)
		}
	}
}
