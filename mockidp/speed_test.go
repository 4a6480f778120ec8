package mockidp_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// The signing path over loopback with keep-alive, at 16 clients, beside what
// cannot be made faster: the signature alone, and a handler that has its bytes
// ready. "make bench" sets them in relation.

const speedClients = 16

func speedProvider(b *testing.B, alg, format string) *mockidp.Provider {
	b.Helper()
	realm := mockidp.StoryRealm().WithClient("my-service-client", func(c *mockidp.Client) {
		c.AccessTokenSignedResponseAlg, c.AccessTokenFormat = alg, format
	})
	return newProvider(b, mockidp.Config{Realms: []mockidp.Realm{realm}})
}

// askForTokens sends b.N token requests from many clients at once.
func askForTokens(b *testing.B, handler http.Handler) {
	b.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	transport := &http.Transport{MaxIdleConnsPerHost: speedClients}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	form, authorization := asService().Encode(), basic("my-service-client", "my-service-secret")
	ask := func() bool {
		r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, server.URL+"/realms/demo/protocol/openid-connect/token",
			strings.NewReader(form))
		if err != nil {
			return false
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Authorization", authorization)
		res, err := client.Do(r)
		if err != nil {
			return false
		}
		_, _ = io.Copy(io.Discard, res.Body)
		return res.Body.Close() == nil && res.StatusCode == http.StatusOK
	}
	if !ask() {
		b.Fatal("no token")
	}
	b.ReportAllocs()
	b.ResetTimer()
	atOnce(b, ask)
}

// atOnce calls work b.N times from many goroutines.
func atOnce(b *testing.B, work func() bool) {
	b.Helper()
	var next atomic.Int64
	var all sync.WaitGroup
	for range speedClients {
		all.Go(func() {
			for next.Add(1) <= int64(b.N) {
				if !work() {
					b.Error("refused")
					return
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkTokensRS256(b *testing.B)  { askForTokens(b, speedProvider(b, "RS256", "")) }
func BenchmarkTokensES256(b *testing.B)  { askForTokens(b, speedProvider(b, "ES256", "")) }
func BenchmarkTokensOpaque(b *testing.B) { askForTokens(b, speedProvider(b, "", "opaque")) }

// BenchmarkSignatureAlone is the floor of RS256.
func BenchmarkSignatureAlone(b *testing.B) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		b.Fatal(err)
	}
	sum := sha256.Sum256([]byte("token"))
	atOnce(b, func() bool {
		_, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
		return err == nil
	})
}

// BenchmarkBareHandler answers with bytes of the same length, after it has read
// the request.
func BenchmarkBareHandler(b *testing.B) {
	body := `{"access_token":"` + strings.Repeat("x", 43) + `","token_type":"Bearer","expires_in":300,"scope":"read:invoices write:invoices"}`
	askForTokens(b, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}))
}
