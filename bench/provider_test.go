//go:build bench

package bench_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

// measureProvider gives out tokens by client credentials over loopback, beside
// what cannot be made faster: the signature alone, and a handler that has its
// bytes ready.
func measureProvider(b *testing.B, t *table) {
	b.Helper()
	const rounds = 9
	rs256, es256, opaque := tokenLoad(b, "RS256", ""), tokenLoad(b, "ES256", ""), tokenLoad(b, "", "opaque")
	bareES256, bareOpaque := bareLoad(b, es256), bareLoad(b, opaque)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		b.Fatal(err)
	}
	var rs, alone, es, esBare, op, opBare, tails []float64
	for b.Loop() {
		for range rounds {
			rate, took := rs256.run(b, 2000)
			rs, tails = append(rs, rate), append(tails, slowest(took))
			alone = append(alone, signatures(key, 2000))
			es = append(es, rateOf(es256.run(b, 8000)))
			esBare = append(esBare, rateOf(bareES256.run(b, 8000)))
			op = append(op, rateOf(opaque.run(b, 8000)))
			opBare = append(opBare, rateOf(bareOpaque.run(b, 8000)))
		}
	}
	b.ReportMetric(0, "ns/op") // says nothing here
	t.put(atLeast(against("tokens with RS256, beside the signature alone", "/s", rs, alone, 0.85)))
	t.put(atLeast(against("tokens with ES256, beside a handler with its bytes ready", "/s", es, esBare, 0.35)))
	t.put(atLeast(against("opaque tokens, beside the same", "/s", op, opBare, 0.6)))
	t.put(row{what: "the slowest hundredth of RS256 answers, beside the median", unit: "×", ours: median(tails), aim: 8})
	t.put(memoryOfAMillion(b))
}

func rateOf(rate float64, _ []time.Duration) float64 { return rate }

// tokenLoad is a provider on a port and a client of its that asks for tokens.
func tokenLoad(b *testing.B, alg, format string) traffic {
	b.Helper()
	realm := mockidp.StoryRealm().WithClient("my-service-client", func(c *mockidp.Client) {
		c.AccessTokenSignedResponseAlg, c.AccessTokenFormat = alg, format
	})
	var handler atomic.Pointer[mockidp.Provider]
	address := serve(b, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.Load().ServeHTTP(w, r) }))
	p, err := mockidp.New(mockidp.Config{BaseURL: "http://" + address, Hosts: []string{address}, Realms: []mockidp.Realm{realm}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = p.Close() })
	handler.Store(p)
	form := url.Values{"grant_type": {"client_credentials"}, "scope": {"read:invoices"}}.Encode()
	l := newTraffic(address, path(p.Issuer("demo"))+"/protocol/openid-connect/token", map[string]string{"Authorization": basic()}, form)
	l.run(b, 200) // makes the key, fills the pools
	return l
}

func basic() string {
	r := http.Request{Header: http.Header{}}
	r.SetBasicAuth("my-service-client", "my-service-secret")
	return r.Header.Get("Authorization")
}

// bareLoad sends the same requests to a handler that answers what the provider answered once.
func bareLoad(b *testing.B, l traffic) traffic {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "http://"+l.address+strings.Fields(string(l.request))[1],
		strings.NewReader(url.Values{"grant_type": {"client_credentials"}, "scope": {"read:invoices"}}.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", basic())
	res, err := http.DefaultClient.Do(r) //nolint:bodyclose // readAll closes it
	if err != nil {
		b.Fatal(err)
	}
	body := readAll(b, res.Body)
	address := serve(b, bare(body))
	return traffic{address: address, request: []byte(strings.Replace(string(l.request), l.address, address, 1))}
}

// signatures is how many a second all cores make with crypto/rsa alone.
func signatures(key *rsa.PrivateKey, n int) float64 {
	sum := sha256.Sum256([]byte("token"))
	var next atomic.Int64
	var all sync.WaitGroup
	from := time.Now()
	for range clients {
		all.Go(func() {
			for next.Add(1) <= int64(n) {
				if _, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:]); err != nil {
					return
				}
			}
		})
	}
	all.Wait()
	return float64(n) / time.Since(from).Seconds()
}

// memoryOfAMillion compares the heap after a hundred thousand requests, when
// every shelf is full, with the heap after a million.
func memoryOfAMillion(b *testing.B) row {
	b.Helper()
	l := tokenLoad(b, "", "opaque")
	l.run(b, 100_000)
	early := heap()
	for range 9 {
		l.run(b, 100_000)
	}
	late := heap()
	return row{
		what: "memory after a million tokens, beside after a tenth of them", unit: "MB", ours: late, baseline: early,
		ratio: late / early, aim: 1.1,
	}
}

func heap() float64 {
	runtime.GC()
	runtime.GC() // the first may have found what finalizers let go
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}
