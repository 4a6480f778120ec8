package root

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

const (
	maxWatching = 16                     // pages that look on at once
	calm        = 100 * time.Millisecond // between two messages, so that a burst is told in few
	alive       = 15 * time.Second       // how often a quiet stream says that it is there
	patience    = 10 * time.Second       // with a page that does not read
)

// stream tells of requests as they come, as server-sent events (HTML Standard,
// 9.2), until the page or the server ends.
func (p *Page) stream(w http.ResponseWriter, r *http.Request) {
	if p.watching.Add(1) > maxWatching {
		p.watching.Add(-1)
		w.Header().Set("Retry-After", "10")
		http.Error(w, fmt.Sprintf("%d pages look on already; close one of them", maxWatching), http.StatusServiceUnavailable)
		return
	}
	defer p.watching.Add(-1)
	say, err := p.say()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	ctx, stop := context.WithCancel(r.Context())
	defer stop()
	defer context.AfterFunc(p.life, stop)()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	p.tell(ctx, w, p.requests.known(since(r)), say)
}

// since is the number of the last request that the page knows.
func since(r *http.Request) int {
	for _, said := range []string{r.Header.Get("Last-Event-ID"), r.URL.Query().Get("after")} {
		if n, err := strconv.Atoi(said); err == nil && n >= 0 {
			return n
		}
	}
	return 0
}

func (p *Page) tell(ctx context.Context, w http.ResponseWriter, last int, say *catalog.Catalog) {
	out := http.NewResponseController(w)
	_ = out.SetReadDeadline(time.Time{}) // a writer that has none needs none lifted
	write := func(text string) bool {
		_ = out.SetWriteDeadline(time.Now().Add(patience))
		_, err := w.Write([]byte(text))
		return err == nil && out.Flush() == nil
	}
	for open := write("retry: 2000\n\n"); open && ctx.Err() == nil; {
		waiting, stop := context.WithTimeout(ctx, alive)
		err := p.requests.wait(waiting, last)
		stop()
		if errors.Is(err, context.DeadlineExceeded) {
			open = write(": still here\n\n")
			continue
		}
		found := told(p.requests.after(last), say)
		if err != nil || len(found) == 0 {
			continue
		}
		last = found[len(found)-1].Number
		text, err := json.Marshal(found)
		open = err == nil && write("id: "+strconv.Itoa(last)+"\ndata: "+string(text)+"\n\n")
		select {
		case <-time.After(calm):
		case <-ctx.Done():
		}
	}
}
