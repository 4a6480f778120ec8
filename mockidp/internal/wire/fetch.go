package wire

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// fetchTimeout is how long a fetch may take, until the last byte.
const fetchTimeout = 5 * time.Second

// Fetch reads what an address answers, at most limit bytes of it. Whatever
// clients are registered with by address comes in through here: the client says
// how far it reaches and that it follows no redirect, an answer other than 200
// is an error, and it is over after a few seconds.
func Fetch(ctx context.Context, client *http.Client, uri, accept string, limit int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, uri, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", accept)
	res, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("it answered with status %d", res.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, limit+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(body)) > limit:
		return nil, fmt.Errorf("it is longer than %d bytes", limit)
	}
	return body, nil
}
