package wire

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

func proxies(t *testing.T, networks ...string) Proxies {
	t.Helper()
	var p Proxies
	for _, n := range networks {
		prefix, err := ParseProxy(n)
		if err != nil {
			t.Fatal(err)
		}
		p = append(p, prefix)
	}
	return p
}

func TestWhatAProxySaysIsTakenFromNamedProxiesAlone(t *testing.T) {
	const peer = "10.1.2.3:999"
	for name, c := range map[string]struct {
		remote, headers, from, host string
	}{
		"nobody says anything":          {peer, "", peer, "idp.example"},
		"a stranger":                    {"192.0.2.9:1", "X-Forwarded-For: 1.1.1.1|X-Forwarded-Host: evil.example", "192.0.2.9:1", "idp.example"},
		"the usual headers":             {peer, "X-Forwarded-For: 192.0.2.1|X-Forwarded-Host: a.example", "192.0.2.1", "a.example"},
		"a forged beginning":            {peer, "X-Forwarded-For: 6.6.6.6, 192.0.2.1", "192.0.2.1", "idp.example"},
		"two proxies":                   {peer, "X-Forwarded-For: 192.0.2.1, 10.9.9.9", "192.0.2.1", "idp.example"},
		"two lines":                     {peer, "X-Forwarded-For: 6.6.6.6|X-Forwarded-For: 192.0.2.1", "192.0.2.1", "idp.example"},
		"nothing but proxies":           {peer, "X-Forwarded-For: 10.0.0.1", peer, "idp.example"},
		"no address":                    {peer, "X-Forwarded-For: unknown", peer, "idp.example"},
		"a port of its own":             {peer, "X-Forwarded-Host: a.example|X-Forwarded-Port: 8443|X-Forwarded-Proto: https", peer, "a.example:8443"},
		"the usual port":                {peer, "X-Forwarded-Host: a.example|X-Forwarded-Port: 443|X-Forwarded-Proto: https", peer, "a.example"},
		"a port twice":                  {peer, "X-Forwarded-Host: a.example:8443|X-Forwarded-Port: 8443", peer, "a.example:8443"},
		"the standard":                  {peer, `Forwarded: for=192.0.2.1;host=a.example;proto=https`, "192.0.2.1", "a.example"},
		"the standard with IPv6":        {peer, `Forwarded: For="[2001:db8::7]:4711"`, "2001:db8::7", "idp.example"},
		"the standard with two proxies": {peer, `Forwarded: for=6.6.6.6, for=192.0.2.1;host="a.example"`, "192.0.2.1", "a.example"},
		"both, which agree":             {peer, "Forwarded: for=192.0.2.1|X-Forwarded-For: 192.0.2.1", "192.0.2.1", "idp.example"},
		"an IPv4 peer in IPv6":          {"[::ffff:10.1.2.3]:9", "X-Forwarded-For: 192.0.2.1", "192.0.2.1", "idp.example"},
	} {
		r := requestFrom(t, c.remote, c.headers)
		got, contradiction := proxies(t, "10.0.0.0/8").unforwarded(r)
		if got.RemoteAddr != c.from || got.Host != c.host || contradiction != "" {
			t.Errorf("%s: from %s to %s (%s), want %s and %s", name, got.RemoteAddr, got.Host, contradiction, c.from, c.host)
		}
		if r.RemoteAddr != c.remote || r.Host != "idp.example" {
			t.Errorf("%s: the request itself was changed", name)
		}
	}
}

func requestFrom(t *testing.T, remote, headers string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://idp.example/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.RemoteAddr = remote
	for line := range strings.SplitSeq(headers, "|") {
		if name, value, ok := strings.Cut(line, ": "); ok {
			r.Header.Add(name, value)
		}
	}
	return r
}

// A proxy that sets the one passes on what a client wrote into the other.
func TestHeadersThatContradictEachOtherAreRefused(t *testing.T) {
	for _, headers := range []string{
		"Forwarded: for=6.6.6.6|X-Forwarded-For: 192.0.2.1", "Forwarded: host=evil.example|X-Forwarded-Host: idp.example",
	} {
		r := Read(requestFrom(t, "10.1.2.3:9", headers), time.Unix(1, 0), []string{"idp.example"}, proxies(t, "10.1.2.3"))
		if broken := brokenAt(r); broken != "forwarded-once" {
			t.Errorf("%s: breaks %q", headers, broken)
		}
	}
}

func brokenAt(r Request) string {
	for _, row := range Door() {
		if f := row.Check(&r); f.Result == trace.Fail {
			return row.ID
		}
	}
	return ""
}

func TestANetworkIsReadAndASlipIsNone(t *testing.T) {
	for text, want := range map[string]string{"10.0.0.0/8": "10.0.0.0/8", "10.1.2.3/8": "10.0.0.0/8", "127.0.0.1": "127.0.0.1/32", "::1": "::1/128"} {
		if got, err := ParseProxy(text); err != nil || got != netip.MustParsePrefix(want) {
			t.Errorf("%s is read as %v (%v)", text, got, err)
		}
	}
	for _, text := range []string{"", "proxy", "10.0.0.0/33", "10.0.0"} {
		if got, err := ParseProxy(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}
