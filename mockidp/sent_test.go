//go:build !race

package mockidp_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// sent is what came of a case: the answer, the secrets that went over the wire,
// and where whoever watches the provider was shown one of them whole.
type sent struct {
	ruleCase

	res     reply
	secrets int
	shown   []string
}

// sendWatched sends a case in a world of its own, with somebody on the line and somebody who watches.
func sendWatched(t *testing.T, send func(*world) reply) sent {
	t.Helper()
	w := newWorld(t)
	ear := &eavesdropper{w.client.Transport, map[string]string{}}
	w.client.Transport = ear
	watch := w.p.Watch(256)
	out := sent{res: send(w), secrets: len(ear.secrets)}
	for _, e := range watched(watch) {
		said, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		for secret, where := range ear.secrets {
			if strings.Contains(string(said), secret) {
				out.shown = append(out.shown, fmt.Sprintf("%s %s shows the %s %q whole:\n%.1500s", e.Method, e.Endpoint, where, secret, said))
			}
		}
	}
	return out
}

var sentOnce struct { //nolint:gochecknoglobals // each claim about the cases needs them sent, and once is enough
	sync.Once
	all []sent
}

// allSent are what came of [allCases]. They are sent for whoever asks first.
func allSent(t *testing.T) []sent {
	t.Helper()
	sentOnce.Do(func() {
		var all []sent
		for _, c := range allCases() {
			one := sendWatched(t, c.send)
			one.ruleCase = c
			all = append(all, one)
		}
		sentOnce.all = all
	})
	if sentOnce.all == nil {
		t.Fatal("another test could not send every case, and says why")
	}
	return sentOnce.all
}
