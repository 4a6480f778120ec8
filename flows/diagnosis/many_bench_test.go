package diagnosis_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
)

// Recordings of a client that tries again and again. Twice as many take twice as long: the ratio that is reported is near 2.
func BenchmarkTwiceAsMany(b *testing.B) {
	ask := exchange{after: time.Millisecond, method: "GET", url: auth + back + "&nonce=same-nonce", unanswered: true}
	for name, of := range map[string]func(i int) exchange{
		"authorization requests with one state and no answer": func(int) exchange { return ask },
		"authorization requests with a state each and no answer": func(i int) exchange {
			apart := ask
			apart.after = 100 * time.Millisecond
			apart.url = strings.Replace(auth, "state=", "state="+strconv.Itoa(i), 1) + back
			return apart
		},
		"refusals of an API": func(i int) exchange {
			return exchange{
				after: time.Millisecond, method: "GET", url: "https://api.example/v1/" + strconv.Itoa(i%7), status: 401,
				header: "Authorization: Bearer opaque-token-" + strconv.Itoa(i),
			}
		},
		"refusals of an API without a token": func(int) exchange {
			return exchange{after: time.Millisecond, method: "GET", url: "https://api.example/v1", status: 401, answer: "WWW-Authenticate: Bearer"}
		},
	} {
		b.Run(name, func(b *testing.B) {
			took := func(n int) time.Duration {
				all := make([]exchange, n)
				for i := range all {
					all[i] = of(i)
				}
				run := record(all...)
				began := time.Now()
				diagnosis.Of(logins.Join(run), diagnosis.Known{Ended: true})
				return time.Since(began)
			}
			const many = 5_000
			for b.Loop() {
				b.ReportMetric(float64(took(2*many))/float64(took(many)), "ratio")
			}
		})
	}
}
