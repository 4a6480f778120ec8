package mockidp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const (
	typeLogoutToken = "logout+jwt" //nolint:gosec // the name of a type
	eventLogout     = "http://schemas.openid.net/event/backchannel-logout"

	logoutTokenLifetime = 2 * time.Minute // what OpenID Connect Back-Channel Logout 1.0 section 4 recommends at most
	maxCallsAtOnce      = 8
	maxCallsWaiting     = 1024
)

var (
	errTooManyCalls = errors.New("too many calls are waiting, so this one is not made")
	errClosed       = errors.New("the provider is closed")
)

// logoutClaims is a logout token (OpenID Connect Back-Channel Logout 1.0
// section 2.4). It never has a nonce, so that it cannot pass for an ID token.
type logoutClaims struct {
	Issuer   string              `json:"iss"`
	Subject  string              `json:"sub"`
	Audience audience            `json:"aud"`
	IssuedAt int64               `json:"iat"`
	Expires  int64               `json:"exp"`
	ID       string              `json:"jti"`
	Events   map[string]struct{} `json:"events"`
	Session  string              `json:"sid"`
}

// herald tells clients that a person signed out.
type herald struct {
	draw     *source
	outbound *http.Client
	calls    *calls
	told     func(LogoutCall) // Config.OnLogoutCall
}

// endVisit ends a session and, with it, every token that did not come with
// offline_access; and tells the clients, in the background: nobody waits for a
// client that is slow.
//
// It returns the addresses that the browser has to open besides.
func (h *herald) endVisit(t *tenant, s *session, now time.Time) (frames []string, err error) {
	for _, told := range t.sessions.end(s, now) {
		c := t.clients.get(told.client)
		if c != nil && c.FrontchannelLogoutURI != "" {
			frames = append(frames, frontLogout(c, told.issuer, s.visit.sid))
		}
		if _, err := h.tellReader(t, s, told, now); err != nil {
			return frames, err
		}
	}
	return frames, nil
}

// tellReader has a client told, in the background, that a session ended, and
// reports whether it wants to be told so.
func (h *herald) tellReader(t *tenant, s *session, told reader, now time.Time) (bool, error) {
	c := t.clients.get(told.client)
	if c == nil || c.BackchannelLogoutURI == "" {
		return false, nil
	}
	jti, err := h.draw.newID()
	if err != nil {
		return false, err
	}
	claims := logoutClaims{
		Issuer: told.issuer, Subject: t.subjectFor(c, s.person), Audience: audience{c.ClientID}, IssuedAt: unix(now),
		Expires: unix(now.Add(logoutTokenLifetime)), ID: jti, Events: map[string]struct{}{eventLogout: {}}, Session: s.visit.sid,
	}
	if refused := h.calls.begin(func(ctx context.Context) { h.notify(ctx, t.keys, c, claims) }); refused != nil {
		h.logoutCall(LogoutCall{Client: c.ClientID, URI: c.BackchannelLogoutURI, Err: refused})
	}
	return true, nil
}

// notify tells a client, and whoever watches how that went.
func (h *herald) notify(ctx context.Context, with *keys.Set, c *Client, claims logoutClaims) {
	start := time.Now()
	status, err := h.tellLogout(ctx, with, c, claims)
	h.logoutCall(LogoutCall{Client: c.ClientID, URI: c.BackchannelLogoutURI, Status: status, Err: err, Took: time.Since(start)})
}

func (h *herald) logoutCall(n LogoutCall) {
	if h.told != nil {
		h.told(n)
	}
}

// tellLogout posts a logout token (OpenID Connect Back-Channel Logout 1.0
// section 2.5).
func (h *herald) tellLogout(ctx context.Context, with *keys.Set, c *Client, claims logoutClaims) (int, error) {
	token, err := with.Sign(jose.SignatureAlgorithm(c.IDTokenSignedResponseAlg), typeLogoutToken, claims)
	if err != nil {
		return 0, err
	}
	body := url.Values{"logout_token": {token}}.Encode()
	at := c.BackchannelLogoutURI
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, at, strings.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("call its backchannel_logout_uri: %w", err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := h.outbound.Do(r)
	if err != nil {
		return 0, fmt.Errorf("call its backchannel_logout_uri: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, wire.MaxBody))
	// Section 2.8: 200, which some frameworks make into a 204.
	if res.StatusCode != http.StatusOK && res.StatusCode != http.StatusNoContent {
		return res.StatusCode, fmt.Errorf("it answered %d, not 200", res.StatusCode)
	}
	return res.StatusCode, nil
}

// calls are what the provider does in the background: a few at once, a bounded
// number that wait, and none that outlives it.
type calls struct {
	ctx   context.Context
	stop  context.CancelFunc
	slots chan struct{}

	mu      sync.Mutex
	closed  bool
	waiting int
	group   sync.WaitGroup
}

func newCalls() *calls {
	ctx, stop := context.WithCancel(context.Background())
	return &calls{ctx: ctx, stop: stop, slots: make(chan struct{}, maxCallsAtOnce)}
}

// begin runs call, on a goroutine of its own, as soon as there is room. It
// refuses when too many wait already.
func (c *calls) begin(call func(context.Context)) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.closed:
		return errClosed
	case c.waiting >= maxCallsWaiting:
		return errTooManyCalls
	}
	c.waiting++
	c.group.Go(func() {
		defer c.done()
		c.slots <- struct{}{} // comes free at the latest when a call times out, or by close
		defer func() { <-c.slots }()
		call(c.ctx) // which is over at once after close
	})
	return nil
}

func (c *calls) done() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting--
}

// close breaks off what is under way and returns when it has ended.
func (c *calls) close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.stop()
	c.group.Wait()
}
