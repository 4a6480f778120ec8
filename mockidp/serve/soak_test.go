//go:build soak

package serve

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/tape"
)

const (
	soakClients = 50                    // at once
	soakMark    = "X-Soak"              // client.login.step, by which a watcher knows an exchange
	soakPairs   = 100                   // of turns, one of them with nobody who watches
	soakGrowth  = 48 << 10              // kB that the server may take more at the end than when its tape was full
	soakLines   = 12                    // about the memory
	soakLook    = 20 * time.Millisecond // between two looks at whether there is something new
	soakQuiet   = 5                     // looks without anything new, until the watcher has heard everything
)

// TestSoakWatched is "make soak": 50 clients log in at the built program, over
// and over, while somebody watches through the control address. Each exchange
// has to arrive once, with the answer that the client got, in the login that it
// is of.
//
// What a watcher costs the server is told by pairs of turns, with one and
// without: the first pair fills the tape and the caches and does not count, and
// which turn comes first alternates, so that a machine that becomes slower
// favours neither. What counts is the server's own processor time for an answer,
// until the watcher has heard all of the turn, and as long after it where there is
// none, since the server collects its garbage then: the clients and the watcher share
// the other half of the processors, and what they do for themselves would
// otherwise pass for the server's. What all of them take together is told beside
// it, since that is what a machine loses on which they share all processors. How
// many answers there are in a second says the same only as far as the server is
// what everybody waits for, so it is told how busy that was.
func TestSoakWatched(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("SOAK"))
	if err != nil {
		t.Fatalf("SOAK is how long, e.g. SOAK=10m: %v", err)
	}
	half := max(1, runtime.NumCPU()/2)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(half))
	p := startProgram(t, half)
	s := &soak{t: t, program: p, sent: map[string]int{}, tick: max(long/soakLines, time.Second)}
	if s.also() {
		for range soakPairs {
			s.turn(long/soakPairs, true)
		}
		t.Logf("all answers: %d", s.all.Load())
	} else {
		t.Log(strings.Join(s.pairs(long/(2*soakPairs+2), half), "\n"))
	}
	t.Logf("watched: %d of %d exchanges, each once; in %d logins", s.seen, s.answered.Load(), s.logins)
	t.Logf("memory of the server, in MB: %v", s.memory)
	if s.lost+s.misplaced+s.twice+s.other > 0 || s.failed.Load() > 0 {
		t.Errorf("%d exchanges are lost, %d are in another login, %d came twice, %d with another answer; %d logins failed",
			s.lost, s.misplaced, s.twice, s.other, s.failed.Load())
	}
	if n := len(s.memory); n > 2 && s.memory[n-1] > s.memory[n/2]+soakGrowth>>10 {
		t.Errorf("the memory grows: %v", s.memory)
	}
}

// pairs are turns with and without a watcher, and what they say.
func (s *soak) pairs(long time.Duration, processors int) []string {
	var alone, watched []turn
	for i := range soakPairs + 1 {
		first := s.turn(long, i%2 == 1)
		second := s.turn(long, i%2 == 0)
		if i == 0 {
			continue
		}
		if i%2 == 1 {
			first, second = second, first
		}
		alone, watched = append(alone, first), append(watched, second)
	}
	busy := func(of turn) float64 { return 100 * of.busy / float64(processors) }
	return []string{
		"µs of the server’s processor time for an answer, " + beside(alone, watched, func(of turn) float64 { return of.cost }),
		"the same with what clients and watcher take, " + beside(alone, watched, func(of turn) float64 { return of.whole }),
		"answers a second, " + beside(alone, watched, func(of turn) float64 { return of.rate }),
		"% of its processors that the server used, " + beside(alone, watched, busy),
	}
}

// program is the built one, which runs apart so that its memory and its time are its own.
type program struct {
	issuer, control, key string
	pid                  int
}

func startProgram(t *testing.T, processors int) *program {
	t.Helper()
	file := filepath.Join(t.TempDir(), "grantwalk")
	build := exec.CommandContext(t.Context(), "go", "build", "-tags", "headless", "-o", file, "../..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	cmd := exec.CommandContext(t.Context(), file, "serve", "--listen", "127.0.0.1:0", "--control")
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(processors))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &program{pid: cmd.Process.Pid}
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.Contains(lines.Text(), "for each request") {
		if found := regexp.MustCompile(`control    (\S+)/trouble  key (\S+)`).FindStringSubmatch(lines.Text()); found != nil {
			p.control, p.key = found[1], found[2]
		}
		if _, issuer, ok := strings.Cut(lines.Text(), "issuer     "); ok {
			p.issuer = issuer
		}
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines.Scan() { // a log that nobody reads holds the server up
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-read
		_ = cmd.Wait() // it was killed
	})
	return p
}

// also starts what SOAK_ALSO names, which watches as well and all the time: a
// script that attaches a window, say. It is called with the control address and
// the key, and ended when the clients have.
func (s *soak) also() bool {
	name := os.Getenv("SOAK_ALSO")
	if name == "" {
		return false
	}
	cmd := exec.CommandContext(s.t.Context(), name, s.program.control, s.program.key) //nolint:gosec // whoever runs the soak names it
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = cmd.Wait() }) // the test's context has ended by then
	return true
}

// used is how much processor time the program has taken so far, by the clock of the
// scheduler: the turns are short, and the ticks of proc(5) are 10 ms.
func (p *program) used(t *testing.T) (took time.Duration) {
	t.Helper()
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", p.pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range threads {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		running, _, _ := strings.Cut(string(text), " ")
		ns, err := strconv.ParseInt(running, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		took += time.Duration(ns)
	}
	return took
}

// memory is how much of the program is in memory, in MB.
func (p *program) memory(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", p.pid))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize() >> 20
}

// turn is what a while with the clients came to.
type turn struct {
	rate  float64 // answers a second
	cost  float64 // processor time of the server for each answer, in microseconds
	whole float64 // with that of this process, which are the clients and the watcher
	busy  float64 // how many processors the server used while the clients did
}

// ownTime is how much processor time the clients and the watcher have taken so far.
func ownTime(t *testing.T) time.Duration {
	t.Helper()
	var of syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &of); err != nil {
		t.Fatal(err)
	}
	return time.Duration(of.Utime.Nano() + of.Stime.Nano())
}

// beside compares the turns of each pair, since a machine's speed drifts: it tells the
// medians, that of the ratios, and between which of these that lies with 19 chances
// in 20. That interval needs no more than that pairs do not depend on each other.
func beside(alone, watched []turn, of func(turn) float64) string {
	var one, two, ratio []float64
	for i := range watched {
		one, two = append(one, of(alone[i])), append(two, of(watched[i]))
		ratio = append(ratio, 100*two[i]/one[i])
	}
	slices.Sort(ratio)
	k := within(len(ratio))
	return fmt.Sprintf("alone and watched: %.0f and %.0f, ratio %.1f %%, most likely from %.1f to %.1f (of %d pairs from %.1f to %.1f)",
		middle(one), middle(two), middle(ratio), ratio[k], ratio[len(ratio)-1-k], len(ratio), ratio[0], ratio[len(ratio)-1])
}

// within is how many of n sorted values can be left out at each end so that the median
// of what they are drawn from lies between the others with 19 chances in 20: each is
// below it or above it like a coin.
func within(n int) int {
	ways, below := 1.0, 0.0 // of k of n, and of at most k
	for k := range n {
		if below += ways; 2*below > math.Pow(2, float64(n))/20 {
			return max(0, k-1)
		}
		ways *= float64(n-k) / float64(k+1)
	}
	return 0
}

func middle(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

type soak struct {
	t       *testing.T
	program *program
	memory  []int         // MB
	tick    time.Duration // between two looks at it
	looked  time.Time

	watching atomic.Bool
	answered atomic.Int64 // while somebody watched
	all      atomic.Int64 // answers
	failed   atomic.Int64
	begun    atomic.Int64

	mu   sync.Mutex     // guards sent
	sent map[string]int // status by mark, of what the watcher has not compared yet

	seen, logins, lost, misplaced, twice, other int
}

// turn has the clients log in for a while, and lets those end that have begun. Where
// somebody watches it is over when they have heard of everything, and else as much
// later as that takes at least.
func (s *soak) turn(long time.Duration, watch bool) turn {
	stop := func() { time.Sleep(soakQuiet * soakLook) }
	last := s.newest() // asked where nobody watches, too, since it is work for the server
	if watch {
		stop = s.watch(last)
	}
	before := s.program.used(s.t)
	own := ownTime(s.t)
	from := time.Now()
	n := float64(s.run(from.Add(long)))
	took := time.Since(from)
	during := s.program.used(s.t)
	stop()
	after := s.program.used(s.t)
	each := func(took time.Duration) float64 { return float64(took.Microseconds()) / n }
	return turn{
		rate: n / took.Seconds(), busy: (during - before).Seconds() / took.Seconds(),
		cost: each(after - before), whole: each(after - before + ownTime(s.t) - own),
	}
}

// run has the clients log in until then and returns how many answers they got.
func (s *soak) run(until time.Time) int64 {
	var answers atomic.Int64
	var all sync.WaitGroup
	for range soakClients {
		all.Go(func() {
			for time.Now().Before(until) {
				n, err := s.login(fmt.Sprint(s.begun.Add(1)))
				answers.Add(int64(n))
				if err != nil && s.failed.Add(1) < 5 {
					s.t.Errorf("a login: %v", err)
				}
			}
		})
	}
	ended := make(chan struct{})
	go func() { all.Wait(); close(ended) }()
	for running := true; running; {
		select {
		case <-ended:
			running = false
		case <-time.After(time.Until(s.looked.Add(s.tick))):
			s.memory, s.looked = append(s.memory, s.program.memory(s.t)), time.Now()
		}
	}
	return answers.Load()
}

// visitor is one login of one person in a browser of their own.
type visitor struct {
	s      *soak
	client *http.Client
	mark   string
	step   int
}

func (v *visitor) send(method, address string, form url.Values, headers ...string) (status int, location, body string, err error) {
	v.step++
	r, err := http.NewRequest(method, address, strings.NewReader(form.Encode())) //nolint:noctx // the client has a timeout
	if err != nil {
		return 0, "", "", err
	}
	mark := v.mark + "." + strconv.Itoa(v.step)
	r.Header.Set(soakMark, mark)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := v.client.Do(r)
	if err != nil {
		return 0, "", "", err
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	v.s.all.Add(1)
	if v.s.watching.Load() {
		v.s.answered.Add(1)
		v.s.mu.Lock()
		v.s.sent[mark] = res.StatusCode
		v.s.mu.Unlock()
	}
	return res.StatusCode, res.Header.Get("Location"), string(text), err
}

// login is a whole one, with a call, a renewal, and a code that is sent twice. It
// returns how many answers there were.
func (s *soak) login(mark string) (answers int, err error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return 0, err
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	v := &visitor{s: s, mark: mark, client: &http.Client{
		Jar: jar, Transport: transport, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	oidc, verifier := s.program.issuer+"/protocol/openid-connect", oauth2.GenerateVerifier()
	ask := url.Values{
		"client_id": {"mobile-refresh-client"}, "response_type": {"code"}, "redirect_uri": {"https://travel.example/callback"},
		"scope": {"openid"}, "state": {"state-of-" + mark}, "nonce": {"nonce-of-" + mark},
		"code_challenge": {oauth2.S256ChallengeFromVerifier(verifier)}, "code_challenge_method": {"S256"},
	}
	_, _, page, err := v.send(http.MethodGet, oidc+"/auth?"+ask.Encode(), nil)
	to := ""
	for _, fields := range []url.Values{{"username": {"jane"}, "password": {"jane"}}, {"decision": {"approve"}}} {
		if err == nil {
			_, to, page, err = v.submit(page, fields)
		}
	}
	back, parseErr := url.Parse(to)
	if err != nil || parseErr != nil || back.Query().Get("code") == "" {
		return v.step, fmt.Errorf("no code at %q: %w, %.300s", to, cmp.Or(err, parseErr), page)
	}
	redeem := url.Values{
		"grant_type": {"authorization_code"}, "client_id": {"mobile-refresh-client"}, "code": {back.Query().Get("code")},
		"redirect_uri": {"https://travel.example/callback"}, "code_verifier": {verifier},
	}
	_, _, said, err := v.send(http.MethodPost, oidc+"/token", redeem)
	var tokens struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	if err != nil || json.Unmarshal([]byte(said), &tokens) != nil || tokens.Refresh == "" {
		return v.step, fmt.Errorf("no tokens: %w %.300s", err, said)
	}
	status, _, said, err := v.send(http.MethodGet, oidc+"/userinfo", nil, "Authorization", "Bearer "+tokens.Access)
	if err != nil || status != http.StatusOK {
		return v.step, fmt.Errorf("userinfo: %d %w %.300s", status, err, said)
	}
	status, _, said, err = v.send(http.MethodPost, oidc+"/token", url.Values{
		"grant_type": {"refresh_token"}, "client_id": {"mobile-refresh-client"}, "refresh_token": {tokens.Refresh},
	})
	if err != nil || status != http.StatusOK {
		return v.step, fmt.Errorf("renewal: %d %w %.300s", status, err, said)
	}
	if status, _, said, err = v.send(http.MethodPost, oidc+"/token", redeem); err != nil || status != http.StatusBadRequest {
		return v.step, fmt.Errorf("a code that is sent twice: %d %w %.300s", status, err, said)
	}
	return v.step, nil
}

// submit sends the form of a page.
func (v *visitor) submit(page string, fields url.Values) (status int, location, body string, err error) {
	action := regexp.MustCompile(`<form method="post" action="([^"]+)"`).FindStringSubmatch(page)
	if action == nil {
		return 0, "", "", fmt.Errorf("there is no form in %.300s", page)
	}
	for _, hidden := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		fields.Set(hidden[1], strings.ReplaceAll(hidden[2], "&#43;", "+"))
	}
	base := strings.TrimSuffix(v.s.program.issuer, "/realms/demo")
	return v.send(http.MethodPost, base+action[1], fields, "Origin", base)
}

// watch follows what crosses after the exchange of a number until stop, which compares.
func (s *soak) watch(last int) (stop func()) {
	kept := tape.New(tape.Bounds{Exchanges: 50_000})
	ctx, end := context.WithCancel(s.t.Context())
	s.watching.Store(true)
	var followed sync.WaitGroup
	followed.Go(func() {
		_, _ = kept.Follow(ctx, s.program.control+"/exchanges", s.program.key, last) // ends when it is stopped
	})
	read := make(chan struct{})
	w := &watcher{soak: s, tape: kept, seen: map[string]bool{}, joiner: logins.NewJoiner()}
	go func() {
		defer close(read)
		w.follow(ctx)
	}()
	return func() {
		for quiet, before := 0, -1; quiet < 10*soakQuiet; { // until nothing comes any more
			time.Sleep(soakLook)
			now := kept.Last()
			switch {
			case now != before:
				quiet, before = 0, now
			case int64(s.seen+now) == s.answered.Load(): // and what comes twice comes soon
				quiet += 10
			default:
				quiet++
			}
		}
		s.watching.Store(false)
		end()
		followed.Wait()
		<-read
		s.seen += len(w.seen)
		s.logins += w.begun
		s.lost += len(s.sent) + kept.Lost() // those that nobody told of are still there
		clear(s.sent)
	}
}

// newest is the number of the last exchange so far, so that what nobody watched is not told.
func (s *soak) newest() int {
	at := s.program.control + "/logins?client=nobody&ended=false&after=" + strconv.Itoa(math.MaxInt32) // of which there are none
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, at, http.NoBody)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.program.key)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var told struct{ Last int }
	if err := json.NewDecoder(res.Body).Decode(&told); err != nil {
		s.t.Fatal(err)
	}
	return told.Last
}

// watcher is what a live view does with a stream.
type watcher struct {
	*soak

	tape   *tape.Tape
	seen   map[string]bool
	begun  int // logins
	joiner *logins.Joiner
}

func (w *watcher) follow(ctx context.Context) {
	read := 0
	for w.tape.Wait(ctx, read) == nil {
		found, gone := w.tape.After(read, 256)
		w.lost += gone
		read += gone + len(found)
		for i := range found {
			w.hear(&found[i])
		}
		w.joiner.Keep(20_000)
	}
}

func (w *watcher) hear(e *tape.Exchange) {
	mark := e.Request.HeaderValue(soakMark)
	if mark == "" {
		return
	}
	if w.seen[mark] {
		w.twice++
	}
	w.seen[mark] = true
	w.compare(mark, e.Answer.Status)
	_, login := w.joiner.Add(&e.Request, &e.Answer)
	of, step, _ := strings.Cut(mark, ".")
	if step == "1" {
		w.begun++
	}
	if login == nil {
		w.misplaced++
		return
	}
	if first, _, _ := strings.Cut(login.Exchanges[0].Request.HeaderValue(soakMark), "."); first != of {
		w.misplaced++
		if w.misplaced < 10 {
			w.t.Logf("%s is in the login of %s: %s %s", mark, first, e.Request.Method, e.Request.URL)
		}
	}
}

// compare waits for the client, which may read its answer after the watcher did.
func (w *watcher) compare(mark string, status int) {
	for range 1000 {
		w.mu.Lock()
		got, there := w.sent[mark]
		delete(w.sent, mark)
		w.mu.Unlock()
		if there {
			if got != status {
				w.other++
			}
			return
		}
		time.Sleep(time.Millisecond)
	}
	w.other++
}
