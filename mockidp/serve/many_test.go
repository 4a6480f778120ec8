package serve

import (
	"net"
	"strings"
	"testing"
)

// algsOf returns what each realm signs with for clients that name nothing.
func algsOf(t *testing.T, f *serveFlags) (algs []string, words string) {
	t.Helper()
	o, err := f.load(nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg := o.settings(f, "127.0.0.1:8180", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8180})
	for i := range cfg.Realms {
		algs = append(algs, cfg.Realms[i].SigningAlg)
	}
	return algs, o.manyWords(f).Message
}

func TestSeveralRealmsSignWithES256UnlessTheySayOtherwise(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		realms []string
		want   string
	}{
		"one realm":                  {oneRealm, nil, ""},
		"two":                        {oneRealm + "[[realm]]\nname = \"b\"\n", nil, "ES256 ES256"},
		"two, one says RS256":        {oneRealm + "signing_alg = \"RS256\"\n[[realm]]\nname = \"b\"\n", nil, "RS256 ES256"},
		"two, one cannot":            {oneRealm + "signing_algorithms = [\"EdDSA\"]\n[[realm]]\nname = \"b\"\n", nil, " ES256"},
		"the lessons":                {"", nil, " "},
		"a class of its own names":   {"", []string{"red", "blue"}, "ES256 ES256"},
		"one of them":                {"", []string{"red"}, ""},
		"two, of which one is named": {oneRealm + "[[realm]]\nname = \"b\"\n", []string{"b"}, ""},
	} {
		f := &serveFlags{realms: c.realms}
		if c.text != "" {
			f.config = file(t, c.text)
		}
		algs, words := algsOf(t, f)
		if got := strings.Join(algs, " "); got != c.want || strings.Contains(c.want, "ES256") != strings.Contains(words, "ES256") {
			t.Errorf("%s: %q, and it says %q", name, got, words)
		}
	}
}
