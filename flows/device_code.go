package flows

import (
	"net/http"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// deviceCode is the grant of devices without a keyboard (RFC 8628).
func deviceCode() Flow {
	return Flow{
		ID: "device-code", Title: "Device authorization", Status: Recommended,
		Specs:    []trace.Spec{{Doc: "RFC 8628"}, {Doc: "RFC 8628", Section: "5"}},
		Chapters: []string{"ask", "code", "sign-in", "tokens", "use"},
		Steps:    stepsDeviceCode(),
		Mistakes: mistakesDeviceCode(),
		Switches: []Switch{
			{ID: "phone", Values: []string{phoneScans, phoneTypes, phoneNobody}},
			{ID: "tv", Values: []string{"patient", "impatient"}},
		},
		Foreseen: []string{"device-allowed", "device-patient"},
		Cast:     stage.Cast{Client: stage.TravelTV(), API: stage.Mailbox()},
		Play:     playDeviceCode,
	}
}

// What happens on the phone.
const (
	phoneScans  = "scans"
	phoneTypes  = "types"
	phoneNobody = "nobody"
)

func playDeviceCode(s *stage.Stage) error {
	tv := s.TV()
	if err := tv.Ask(stage.MailScope); err != nil {
		return tv.Shows(nil, err)
	}
	if err := tv.ShowCode(); err != nil {
		return err
	}
	_, again, err := tv.Poll(true) // nobody can have been that fast
	if again && s.Chosen("tv", "patient") == "impatient" {
		_, again, err = tv.Poll(false)
	}
	if !again {
		return tv.Shows(nil, err)
	}
	if err := letIn(s, tv); err != nil {
		return err
	}
	token, again, err := tv.Poll(true)
	if again { // nobody let it in; it would go on asking until its code is dead
		tv.WaitsUntilExpiry()
		token, _, err = tv.Poll(true)
	}
	var mails []string
	if err == nil {
		mails, err = tv.Read("/messages", token)
	}
	return tv.Shows(mails, err)
}

// letIn is what the person does on the phone, if anything.
func letIn(s *stage.Stage, tv *stage.TV) error {
	page, err := bringCode(s, tv)
	if err != nil || page == nil {
		return err
	}
	if page, err = s.User.SignIn(page); err != nil {
		return err
	}
	_, err = s.User.Consent(page)
	return err
}

// bringCode carries the code from the TV to the provider's page, where nobody
// moves there is no page.
func bringCode(s *stage.Stage, tv *stage.TV) (*stage.Page, error) {
	switch s.Chosen("phone", phoneScans) {
	case phoneNobody:
		return nil, nil //nolint:nilnil // nobody opened a page, which is no error
	case phoneTypes:
		page, err := s.User.TypeAddress(tv.Address())
		if err != nil {
			return nil, err
		}
		return s.User.TypeCode(page, tv.Code())
	}
	page, err := s.User.Scan(tv.Complete())
	if err != nil {
		return nil, err
	}
	return s.User.CompareCode(page)
}

func stepsDeviceCode() []Step {
	const person, phone, tv, provider = trace.ResourceOwner, trace.UserAgent, trace.Client, trace.AuthorizationServer
	const gesture, request, answer = trace.Gesture, trace.Request, trace.Response
	const endpoint = "/protocol/openid-connect/token"
	return slices.Concat([]Step{
		{ID: "device", Chapter: "ask", Kind: request, From: tv, To: provider, Path: "/protocol/openid-connect/auth/device"},
		{ID: "device-response", Chapter: "ask", Kind: answer, From: provider, To: tv, Answers: "device", Status: succeeds()},
		{ID: "device-refused", Chapter: "ask", Kind: answer, From: provider, To: tv, Answers: "device", Status: refusals()},
		{ID: stage.StepShowsCode, Chapter: "ask", Kind: gesture, From: tv, To: person},

		{ID: "poll", Kind: request, From: tv, To: provider, Path: endpoint},
		{ID: "poll-again", Kind: request, From: tv, To: provider, Path: endpoint, Again: true},
		{ID: "poll-pending", Kind: answer, From: provider, To: tv, Answers: "poll", Member: "error=authorization_pending"},
		{ID: "poll-slow-down", Kind: answer, From: provider, To: tv, Answers: "poll", Member: "error=slow_down"},
		{ID: "poll-expired", Chapter: "tokens", Kind: answer, From: provider, To: tv, Answers: "poll", Member: "error=expired_token"},
		{ID: "poll-denied", Chapter: "tokens", Kind: answer, From: provider, To: tv, Answers: "poll", Member: "error=access_denied"},
		{ID: "poll-refused", Kind: answer, From: provider, To: tv, Answers: "poll", Status: refusals()},
		{ID: "token-response", Chapter: "tokens", Kind: answer, From: provider, To: tv, Answers: "poll", Status: succeeds()},

		{ID: stage.StepScanCode, Chapter: "code", Kind: gesture, From: person, To: phone},
		{ID: stage.StepTypeAddress, Chapter: "code", Kind: gesture, From: person, To: phone},
		{ID: "open-device-page", Chapter: "code", Kind: request, From: phone, To: provider, Method: http.MethodGet, Path: "/device"},
		{ID: "device-page", Chapter: "code", Kind: answer, From: provider, To: phone, Answers: "open-device-page", Status: succeeds()},
		{ID: "device-page-refused", Chapter: "code", Kind: answer, From: provider, To: phone, Answers: "open-device-page", Status: refusals()},
		{ID: stage.StepCompareCode, Chapter: "code", Kind: gesture, From: person, To: phone},
		{ID: stage.StepTypeCode, Chapter: "code", Kind: gesture, From: person, To: phone},
		{ID: "user-code", Chapter: "code", Kind: request, From: phone, To: provider, Method: http.MethodPost, Path: "/device"},
		{ID: "sign-in-page", Chapter: "code", Kind: answer, From: provider, To: phone, Answers: "user-code", Status: succeeds()},
		{ID: "user-code-refused", Chapter: "code", Kind: answer, From: provider, To: phone, Answers: "user-code", Status: refusals()},
	}, signInSteps(), []Step{
		{ID: "consent", Chapter: "sign-in", Kind: request, From: phone, To: provider, Path: "/auth/consent"},
		{ID: "device-done-page", Chapter: "tokens", Kind: answer, From: provider, To: phone, Answers: "consent", Status: succeeds()},
		{ID: "error-page", Chapter: "sign-in", Kind: answer, From: provider, To: phone, Answers: "consent", Status: refusals()},
	}, apiSteps("mail", http.MethodGet, "/messages"), []Step{
		{ID: stage.StepSeeResult, Chapter: "use", Kind: gesture, From: tv, To: person},
		{ID: stage.StepSeeRefusal, Chapter: "use", Kind: gesture, From: tv, To: person},
	})
}

func mistakesDeviceCode() []Mistake {
	return []Mistake{
		set("unknown-client", "device", "client_id", "nobody"),
		set("unknown-scope", "device", "scope", "mail.read admin"),
		change("wrong-user-code", "user-code", "user_code"),
		change("forged-form", "user-code", "csrf_token"),
		change("guessed-device-code", "poll", "device_code"),
		set("other-client-polls", "poll", "client_id", "mobile-pkce-client"),
		{ID: "late-user-code", Step: "user-code", Edit: wait(9*time.Minute + 54*time.Second)},
		{ID: "late-consent", Step: "consent", Edit: wait(9*time.Minute + 50*time.Second)},
		{ID: "tampered-token", Step: "mail", Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit { return bearer(tamper(tokenOf(m))) }},
		{ID: "expired-token", Step: "mail", Edit: wait(10 * time.Minute)},
	}
}
