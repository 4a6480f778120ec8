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
		Switches: []Switch{{ID: "tv", Values: []string{"patient", "impatient"}}},
		Foreseen: []string{"device-allowed", "device-patient"},
		Cast:     stage.Cast{Client: stage.TravelTV(), API: stage.Mailbox()},
		Play:     playDeviceCode,
	}
}

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

// letIn is what the person does on the phone.
func letIn(s *stage.Stage, tv *stage.TV) error {
	page, err := s.User.Scan(tv.Complete())
	if err == nil {
		page, err = s.User.CompareCode(page)
	}
	if err == nil {
		page, err = s.User.SignIn(page)
	}
	if err == nil {
		_, err = s.User.Consent(page)
	}
	return err
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
		{ID: "open-device-page", Chapter: "code", Kind: request, From: phone, To: provider, Method: http.MethodGet, Path: "/device"},
		{ID: "device-page", Chapter: "code", Kind: answer, From: provider, To: phone, Answers: "open-device-page", Status: succeeds()},
		{ID: "device-page-refused", Chapter: "code", Kind: answer, From: provider, To: phone, Answers: "open-device-page", Status: refusals()},
		{ID: stage.StepCompareCode, Chapter: "code", Kind: gesture, From: person, To: phone},
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
		{ID: "late-user-code", Step: "user-code", Edit: wait(11 * time.Minute)},
	}
}
