package stage

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// User is the person: the resource owner. What they do is an arrow without
// HTTP; what the browser then sends is an arrow of its own.
//
// The person answers what the page in front of them asks for and does nothing
// on a page that does not ask, so a flow reads the same whether or not
// somebody refused something on the way.
type User struct {
	browser *Browser
	stage   *Stage
	choices Choices
}

// Steps of the person, shared by every flow with a browser.
const (
	StepVisit         = "visit"
	StepClickLogin    = "click-login"
	StepTapLogin      = "tap-login" // in an app, not in a page
	StepTypePassword  = "type-password"
	StepWrongPassword = "type-wrong-password"
	StepGiveConsent   = "give-consent"
	StepRefuseConsent = "refuse-consent"
	StepSeeResult     = "see-result"
	StepSeeRefusal    = "see-refusal"
)

// LogIn presses the button that starts a sign-in at an address.
func (u *User) LogIn(address string) (*Page, error) {
	if err := u.ClickLogIn(); err != nil {
		return nil, err
	}
	return u.browser.Open(address)
}

// Visit opens the address of an app.
func (u *User) Visit(address string) (*Page, error) {
	if err := u.acts(StepVisit, trace.Act{Verb: "opens", Object: address}); err != nil {
		return nil, err
	}
	return u.browser.Open(address)
}

// ClickLogIn presses the button of a page whose script does the rest.
func (u *User) ClickLogIn() error {
	return u.acts(StepClickLogin, trace.Act{Verb: "clicks", Object: logInWith(u.stage.say)})
}

// StartLogIn presses the button of an app without a server, on its page or on the phone.
func (u *User) StartLogIn(app *OwnApp) error {
	if app.script != nil {
		return u.ClickLogIn()
	}
	act := trace.Act{Verb: "taps", Object: logInWith(u.stage.say)}
	return u.stage.network.gesture(trace.ResourceOwner, trace.Client, StepTapLogin, act, glance)
}

// ClickTrips comes back to the app later, in the same browser.
func (u *User) ClickTrips(app *WebApp) (*Page, error) {
	if err := u.acts(StepClickTrips, trace.Act{Verb: "clicks", Object: u.stage.say.Text("stage.my-trips")}); err != nil {
		return nil, err
	}
	return u.browser.Open(app.URL("/trips"))
}

// SignIn types name and password where the page asks for them.
func (u *User) SignIn(page *Page) (*Page, error) {
	if !page.Has("password") {
		return page, nil
	}
	typed, step := u.choices.typed(), StepTypePassword
	if !u.choices.SignsIn() {
		step = StepWrongPassword
	}
	fields := []trace.Field{{Name: "username", Value: typed.Username}, {Name: "password", Value: typed.Password}}
	if err := u.acts(step, trace.Act{Verb: "types", Object: u.stage.say.Text("stage.name-and-password"), Fields: fields}); err != nil {
		return nil, err
	}
	values := map[string]string{"username": typed.Username, "password": typed.Password}
	return u.browser.Submit(page, values, page.Submit())
}

// Consent agrees, to all or to some of it, or refuses where the page asks for it.
func (u *User) Consent(page *Page) (*Page, error) {
	step, act := StepGiveConsent, trace.Act{Verb: "agrees", Object: u.stage.say.Text("stage.to-share")}
	button, asked := page.Button("decision", "approve")
	if u.choices.Deny {
		step, act = StepRefuseConsent, trace.Act{Verb: "refuses", Object: u.stage.say.Text("stage.to-share")}
		button, asked = page.Button("decision", "refuse")
	}
	if !asked || page.Form == nil {
		return page, nil
	}
	var typed map[string]string
	if !u.choices.Deny {
		typed, act.Fields = page.untick(u.choices.Withhold)
	}
	if err := u.acts(step, act); err != nil {
		return nil, err
	}
	return u.browser.Submit(page, typed, button)
}

// Reads ends a run: the person sees what came of it.
func (u *User) Reads(page *Page) error {
	step := StepSeeResult
	if page.Status >= http.StatusBadRequest || !u.stage.ofAnApp(page.URL) {
		step = StepSeeRefusal
	}
	object := page.Title
	for _, b := range page.Blocks {
		if b.Kind == Heading {
			object = b.Text
			break
		}
	}
	return u.stage.network.gesture(trace.UserAgent, trace.ResourceOwner, step, trace.Act{Verb: "shows", Object: object}, 0)
}

func (u *User) acts(step string, act trace.Act) error {
	takes := glance
	switch act.Verb {
	case "types":
		takes = typing
	case "agrees", "refuses":
		takes = deciding
	}
	return u.stage.network.gesture(trace.ResourceOwner, trace.UserAgent, step, act, takes)
}
