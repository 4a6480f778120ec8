package player

import (
	"slices"

	"rsc.io/qr"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// appScreen is what the app shows on a screen of its own at the cursor, or nil.
// While the person walks over to the phone, the screen still shows it.
func appScreen(p *Player, n tutorials.Narrator) *inspector.Page {
	m := p.Current()
	switch {
	case m.Kind != trace.Gesture || m.Act == nil:
		return nil
	case m.From == trace.Client && m.To == trace.ResourceOwner:
		return shown(p, m, n)
	case m.From == trace.ResourceOwner && m.To == trace.Client:
		return typedInto(m, n)
	case m.Step == stage.StepScanCode || m.Step == stage.StepTypeAddress:
		if i := p.Find(stage.StepShowsCode); i >= 0 && i < p.cursor {
			return shown(p, p.At(i), n)
		}
	}
	return nil
}

// shown is what the app tells the person.
func shown(p *Player, m *trace.Message, n tutorials.Narrator) *inspector.Page {
	out := &inspector.Page{Title: n.App, Frame: inspector.Window}
	if hasTV(p.Flow()) {
		out.Frame = inspector.TV
		out.Blocks = append(out.Blocks, inspector.Block{Text: n.App})
	}
	if code := field(m, "user_code"); code != "" {
		pairing := &inspector.Pairing{Code: code, Address: field(m, "verification_uri"), QR: modules(field(m, "verification_uri_complete"))}
		out.Blocks = append(out.Blocks, inspector.Block{Heading: n.Say().Text("player.device.go-on")}, inspector.Block{Pairing: pairing})
		return out
	}
	if m.Step == stage.StepSeeRefusal {
		out.Blocks = append(out.Blocks, inspector.Block{Alert: m.Act.Object})
	} else {
		out.Blocks = append(out.Blocks, inspector.Block{Heading: m.Act.Object})
	}
	var lines []string
	for _, f := range m.Act.Fields {
		if f.Name == "line" {
			lines = append(lines, f.Value)
		}
	}
	if lines != nil {
		out.Blocks = append(out.Blocks, inspector.Block{Lines: lines})
	}
	return out
}

// typedInto is the app's window with what the person typed into it.
func typedInto(m *trace.Message, n tutorials.Narrator) *inspector.Page {
	return &inspector.Page{
		Title: n.App, Frame: inspector.Window,
		Note: n.Say().Text("player.window.dots"),
		Blocks: []inspector.Block{
			{Heading: n.Say().Text("player.window.sign-in")},
			{Input: &inspector.Input{Name: "username", Label: n.Say().Text("player.window.username"), Value: field(m, "username")}},
			{Input: &inspector.Input{Name: "password", Label: n.Say().Text("player.window.password"), Value: field(m, "password"), Password: true}},
			{Buttons: []inspector.Button{{Label: n.Say().Text("player.window.sign-in"), Primary: true}}},
		},
	}
}

// hasTV reports whether the app of a flow runs on a device without a keyboard.
func hasTV(f flows.Flow) bool {
	return slices.ContainsFunc(f.Steps, func(s flows.Step) bool { return s.ID == stage.StepShowsCode })
}

func field(m *trace.Message, name string) string { return trace.ValueOf(m.Act.Fields, name) }

// modules is a text as a QR code (RFC 8628 section 3.3.1); nil where there is
// none to draw, or more than such a code can hold.
func modules(text string) page.Modules {
	if text == "" {
		return nil
	}
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil
	}
	out := make(page.Modules, code.Size)
	for y := range out {
		out[y] = make([]bool, code.Size)
		for x := range out[y] {
			out[y][x] = code.Black(x, y)
		}
	}
	return out
}
