//go:build bench

package bench_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const clients = 16 // at once, each on a connection that stays open

// traffic is the same request sent again and again by many clients. It writes and
// reads bytes, because what the clients cost is taken from the same cores.
type traffic struct {
	address string
	request []byte
}

func newTraffic(address, path string, header map[string]string, body string) traffic {
	var b bytes.Buffer
	fmt.Fprintf(&b, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n", path, address,
		len(body))
	for name, value := range header {
		fmt.Fprintf(&b, "%s: %s\r\n", name, value)
	}
	b.WriteString("\r\n" + body)
	return traffic{address: address, request: b.Bytes()}
}

// run sends n requests, and returns how many a second were answered and how long each took.
func (l traffic) run(b *testing.B, n int) (rate float64, took []time.Duration) {
	b.Helper()
	took = make([]time.Duration, n)
	var next atomic.Int64
	errs := make([]error, clients)
	var all sync.WaitGroup
	from := time.Now()
	for i := range clients {
		all.Go(func() { errs[i] = l.client(&next, took) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		b.Fatal(err)
	}
	return float64(n) / time.Since(from).Seconds(), took
}

func (l traffic) client(next *atomic.Int64, took []time.Duration) (err error) {
	conn, err := net.Dial("tcp", l.address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	answers := bufio.NewReaderSize(conn, 8<<10)
	for {
		i := next.Add(1) - 1
		if i >= int64(len(took)) {
			return nil
		}
		from := time.Now()
		if _, err := conn.Write(l.request); err != nil {
			return err
		}
		if err := skipAnswer(answers); err != nil {
			return err
		}
		took[i] = time.Since(from)
	}
}

// skipAnswer reads one answer, which must be 200 and say how long it is.
func skipAnswer(r *bufio.Reader) error {
	status, err := r.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200")) {
		return fmt.Errorf("answered %s", status)
	}
	length := 0
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) <= 2 {
			break
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
	if length == 0 {
		return errors.New("an answer of no known length")
	}
	_, err = r.Discard(length)
	return err
}

// serve answers on a free port until the benchmark ends.
func serve(b *testing.B, h http.Handler) (address string) {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // ends when it is closed
	}()
	b.Cleanup(func() {
		_ = server.Close()
		<-done
	})
	return listener.Addr().String()
}

// bare answers every request with the same bytes, after it has read it.
func bare(body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = io.WriteString(w, body)
	})
}

// slowest is the ratio of the 99th percentile to the median.
func slowest(took []time.Duration) float64 {
	sorted := slices.Sorted(slices.Values(took))
	return float64(sorted[len(sorted)*99/100]) / float64(sorted[len(sorted)/2])
}

func path(address string) string {
	_, rest, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
	return "/" + rest
}
