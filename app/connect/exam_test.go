package connect

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/tutorials"
)

// verifier and its challenge are those of RFC 7636 appendix B.
const (
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)

// answered sends a request and returns the answer, which the room has not read yet.
func (d *desk) answered(method, below, form, bearer string) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequestWithContext(d.t.Context(), method, issuer+"/protocol/openid-connect"+below, strings.NewReader(form))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	w := httptest.NewRecorder()
	d.provider.ServeHTTP(w, r)
	return w
}

// logsIn has react-client log in as careless apps do: it sends whatever code
// comes on, and uses whatever token comes of it.
func (d *desk) logsIn() {
	d.t.Helper()
	asked := url.Values{
		"client_id": {"react-client"}, "response_type": {"code"}, "redirect_uri": {"http://localhost:3000/callback"}, "scope": {"openid"},
		"state": {"s"}, "nonce": {"n"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}
	back, err := url.Parse(d.answered(http.MethodGet, "/auth?"+asked.Encode(), "", "").Header().Get("Location"))
	if err != nil {
		d.t.Fatal(err)
	}
	form := url.Values{
		"grant_type": {"authorization_code"}, "client_id": {"react-client"}, "redirect_uri": {"http://localhost:3000/callback"},
		"code": {back.Query().Get("code")}, "code_verifier": {verifier},
	}
	var tokens struct {
		Access string `json:"access_token"`
	}
	if err := json.NewDecoder(d.answered(http.MethodPost, "/token", form.Encode(), "").Body).Decode(&tokens); err != nil {
		d.t.Fatal(err)
	}
	if tokens.Access != "" {
		d.answered(http.MethodGet, "/userinfo", "", tokens.Access)
	}
	d.room.news()
}

// examining begins an exam of react-client, for which nobody needs to sign in.
func examining(t *testing.T, voice tutorials.Voice) *desk {
	t.Helper()
	d := connecting(t, voice)
	d.press(fyne.KeyS)
	d.room.server.order(http.MethodPut, "/sign-in/demo", map[string]string{"username": "jane"}, nil, func() {})
	d.press(fyne.KeyX)
	d.says(d.room.sheet, "Which app of realm demo?")
	d.room.exam.begin()
	if d.room.exam.now == nil || d.room.exam.now.ID != "react-client" {
		t.Fatalf("the exam is of %+v: my-service-client has nobody who logs in", d.room.exam.now)
	}
	d.says(d.room.sheet, "ends when this window is closed")
	return d
}

// row is the one that leads to the exam.
func (d *desk) row() room.Row {
	rows := d.room.Rail()[0].Rows
	return rows[slices.IndexFunc(rows, func(r room.Row) bool { return r.Sign == "E" })]
}

func TestAnExamSaysWhatToDoNowAndWhatCameOfEachQuestion(t *testing.T) {
	d := examining(t, tutorials.Developer)
	d.says(d.room.sheet, "Log in with your app now, in the ordinary way")
	all := len(exam.Questions())
	d.logsIn()
	d.says(d.room.sheet, "Question 1 of "+strconv.Itoa(all))
	d.says(d.room.sheet, "Another issuer in the ID token")
	if row := d.row(); row.Note != "1 of "+strconv.Itoa(all) || !row.Here {
		t.Errorf("the list at the left says %+v", row)
	}
	d.logsIn()
	d.says(d.room.sheet, "Question 2 of "+strconv.Itoa(all))
	d.says(d.room.sheet, "The login before was given: Another issuer in the ID token")
	d.says(d.room.sheet, "Swallowed. The client went on and used the tokens.")
	d.room.exam.saw("issuer", exam.Sight{})
	d.says(d.room.sheet, "Noticed. The app did not let the person in.")
	for range all {
		d.logsIn()
	}
	d.says(d.room.sheet, "react-client swallowed what it must notice.")
	d.says(d.room.sheet, "Name the algorithms that you take")
	d.says(d.room.sheet, "Spring")
	if d.row().Note != "" || d.room.exam.now.known.purpose != exam.Over {
		t.Errorf("the exam is said to be at %q", d.row().Note)
	}
	d.choose(2, "Go")
	if strings.Contains(d.room.sheet.words(), "Spring") {
		t.Error("Go was chosen, and Spring is told, too")
	}
}

// The server answers an order only after somebody has said what they saw: who waits
// for it waits until the order is given up.
func TestNobodyWaitsForAnOrderOfAnExamToSayWhatTheySaw(t *testing.T) {
	d := examining(t, tutorials.Developer)
	d.logsIn()
	said := make(chan struct{})
	orders := d.room.server.orders.In
	d.room.server.orders.In = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-said:
			orders.ServeHTTP(w, r)
		case <-r.Context().Done():
			t.Error("whoever draws waits for the server")
		}
	})
	d.room.exam.now.sitting = exam.New(troublemaker{d.room.server.orders, "demo", d.room.errands.ctx},
		exam.Client{ID: "react-client", RedirectURIs: []string{"http://localhost:3000/callback"}})
	d.away = true // from now on it is
	then := 0
	reads := make(chan struct{})
	d.room.errands.away = func(work func() error, _ func(error)) {
		then++
		go func() {
			_ = work()
			reads <- struct{}{}
		}()
	}
	d.logsIn() // which is read, and orders the first question
	d.room.exam.saw("issuer", exam.Sight{})
	close(said)
	for range then {
		<-reads
	}
	if then != 2 {
		t.Errorf("%d things were done out of the way, want the reading and what was seen", then)
	}
	d.room.errands.away = d.elsewhere
}

func TestAnExamIsStoppedAtAnyTimeAndLeavesNoTrouble(t *testing.T) {
	d := examining(t, tutorials.Everyone)
	d.logsIn()
	d.logsIn()
	d.do("live.exam-stop")
	d.says(d.room.sheet, "react-client swallowed what it must notice.")
	d.says(d.room.sheet, "Not asked · "+strconv.Itoa(len(exam.Questions())-1))
	d.logsIn()
	var said struct{ Realms map[string][]any }
	d.room.server.order(http.MethodGet, "/trouble", nil, &said, func() {})
	if len(said.Realms["demo"]) != 0 {
		t.Errorf("the next login is still struck by %v", said.Realms["demo"])
	}
	if c, _ := room.Find(d.room.Commands(), "live.exam-stop"); !c.Off {
		t.Error("what was stopped is offered to be stopped")
	}
	d.room.exam.forget()
	d.says(d.room.sheet, "Which app of realm demo?")
}

func TestAnotherPageIsReadFromItsTop(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.press(fyne.KeyS)
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		w.Resize(fyne.NewSize(600, 100))
	}
	var top float32
	d.room.sheet.scroll.OnSeen = func(now, _ float32) { top = now }
	read := func(page string, turn func()) {
		d.room.sheet.scroll.Turn(&fyne.KeyEvent{Name: fyne.KeyEnd})
		if top == 0 {
			t.Fatalf("the page before %s is too short to be scrolled", page)
		}
		if turn(); top != 0 {
			t.Errorf("%s begins %v below its top", page, top)
		}
	}
	read("the exam", d.room.exam.open)
	read("its first question", d.room.exam.begin)
	read("its report", d.room.exam.stop)
	read("the next exam", d.room.exam.forget)
}

func TestTheReportOfAnExamIsSavedInEveryForm(t *testing.T) {
	d := examining(t, tutorials.Developer)
	d.logsIn()
	d.logsIn()
	d.room.exam.stop()
	for as, want := range map[string]string{"html": "<h1>Exam for react-client", "json": `"client": "react-client"`, "xml": "<testsuite"} {
		d.saved.Reset()
		d.room.exam.save(as)
		if !strings.Contains(d.saved.String(), want) {
			t.Errorf("%s lacks %s:\n%.300s", as, want, d.saved.String())
		}
	}
}

func TestAnOrdinaryLoginThatIsRefusedLeadsToItsDiagnosis(t *testing.T) {
	d := examining(t, tutorials.Everyone)
	d.wrongRedirect()
	d.says(d.room.sheet, "The login was refused, so the exam still waits")
	if n := d.room.exam.now.refused(d.room.server.log); n == 0 {
		t.Error("nobody knows which login it was")
	}
	d.logsIn()
	d.says(d.room.sheet, "Question 1 of")
}

func TestAServerThatRefusesTheTroubleEndsTheExam(t *testing.T) {
	d := examining(t, tutorials.Everyone)
	d.room.exam.stop()
	d.room.server.orders = tape.Orders{In: http.NotFoundHandler()}
	d.room.exam.begin()
	d.logsIn()
	if len(d.notices) != 1 || !strings.Contains(d.notices[0], "404") || !d.room.exam.now.over() {
		t.Errorf("it says %q", d.notices)
	}
}

func TestWhoeverReadsALoginDuringAnExamKeepsIt(t *testing.T) {
	d := examining(t, tutorials.Developer)
	d.logsIn()
	d.room.show(d.room.server.log.Newest())
	at := d.room.login.number
	d.logsIn()
	swallowed := func(one exam.Result) bool { return one.Verdict == exam.Swallowed }
	if d.room.login.number != at || !slices.ContainsFunc(d.room.exam.now.known.report.Results, swallowed) {
		t.Errorf("login %d shows instead of %d, or the exam did not go on", d.room.login.number, at)
	}
}

func TestTheAppThatLoggedInLastIsExaminedUnlessAnotherIsChosen(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.press(fyne.KeyS)
	realm := &d.room.server.Realms[0]
	realm.Clients = append(realm.Clients, tape.Client{ID: "angular-client", RedirectURIs: []string{"http://localhost:4200/"}})
	d.room.exam.open()
	d.says(d.room.sheet, "Choose the app, or log in with it.")
	d.room.exam.begin()
	if d.room.exam.now != nil {
		t.Fatal("somebody is examined whom nobody chose")
	}
	d.wrongRedirect()
	if got := d.room.exam.applicants.next().ID; got != "react-client" {
		t.Errorf("%q is examined, and react-client logged in", got)
	}
	d.room.exam.applicants.chosen = applicant{"demo", realm.Clients[len(realm.Clients)-1]}
	if got := d.room.exam.applicants.next().ID; got != "angular-client" {
		t.Errorf("%q is examined, and angular-client was chosen", got)
	}
}
