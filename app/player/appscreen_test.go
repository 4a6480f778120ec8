package player

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// screenAt is what the person sees at a step of a flow.
func screenAt(t *testing.T, id, step string) *inspector.Page {
	t.Helper()
	f, ok := flows.Find(id)
	if !ok {
		t.Fatalf("no flow %s", id)
	}
	p := classroomOf(t, f)
	i := p.Find(step)
	if i < 0 {
		t.Fatalf("%s has no step %s", id, step)
	}
	must(t, p.Seek(i))
	n := narrator(t, tutorials.Developer, "protocol")
	n.App = f.Cast.Client.Name
	return pageOf(p, n)
}

func drawn(m page.Modules) string {
	var out strings.Builder
	for _, row := range m {
		for _, dark := range row {
			out.WriteByte(".#"[map[bool]int{true: 1}[dark]])
		}
		out.WriteByte('\n')
	}
	return out.String()
}

// The file is what a reader that is not ours (zbar) read as the address with the code in it.
func TestTheTVShowsTheCodeTheAddressAndAPictureOfBoth(t *testing.T) {
	want, err := os.ReadFile("testdata/tv-code.txt")
	must(t, err)
	for _, step := range []string{stage.StepShowsCode, stage.StepScanCode} {
		got := screenAt(t, "device-code", step)
		if got == nil || got.Frame != inspector.TV {
			t.Fatalf("%s: the screen is %+v", step, got)
		}
		shown := got.Blocks[len(got.Blocks)-1].Pairing
		if shown.Code != "KHHN-WDGS" || shown.Address != "https://idp.example/realms/demo/device" {
			t.Errorf("%s: it shows %q and %q", step, shown.Code, shown.Address)
		}
		if drawn(shown.QR) != string(want) {
			t.Errorf("%s: the picture is\n%s", step, drawn(shown.QR))
		}
	}
}

func TestAnAppThatHasItsOwnScreenShowsTheResultThere(t *testing.T) {
	for id, frame := range map[string]inspector.Frame{
		"device-code": inspector.TV, "password": inspector.Window,
		"authorization-code-pkce": inspector.Browser,
	} {
		got := screenAt(t, id, stage.StepSeeResult)
		if got == nil || got.Frame != frame {
			t.Errorf("%s: the screen is %+v", id, got)
			continue
		}
		lines := slices.ContainsFunc(got.Blocks, func(b inspector.Block) bool {
			return slices.Contains(b.Lines, "Flight BA 117, Lisbon to Oslo, seat 14A")
		})
		if lines != (frame != inspector.Browser) {
			t.Errorf("%s: the blocks are %+v", id, got.Blocks)
		}
	}
}

func TestAnAppsWindowHasWhatWasTypedIntoIt(t *testing.T) {
	got := screenAt(t, "password", stage.StepTypeIntoApp)
	if got == nil || got.Frame != inspector.Window || got.Address != "" || got.Note == "" {
		t.Fatalf("the screen is %+v", got)
	}
	typed := map[string]inspector.Input{}
	for _, b := range got.Blocks {
		if b.Input != nil {
			typed[b.Input.Name] = *b.Input
		}
	}
	if typed["username"].Value != "jane" || typed["password"].Value != "jane" || !typed["password"].Password {
		t.Errorf("the fields are %+v", typed)
	}
}

func TestARefusalIsSaidOnTheAppsScreen(t *testing.T) {
	m := &trace.Message{Step: stage.StepSeeRefusal, Act: &trace.Act{Verb: "shows", Object: "That did not work."}}
	f, _ := flows.Find("device-code")
	got := shown(classroomOf(t, f), m, tutorials.Narrator{App: "Travel TV"})
	if last := got.Blocks[len(got.Blocks)-1]; last.Alert != "That did not work." {
		t.Errorf("it shows %+v", got.Blocks)
	}
}

func TestWhatACodeCannotHoldIsNotDrawn(t *testing.T) {
	for _, text := range []string{"", strings.Repeat("x", 3000)} {
		if modules(text) != nil {
			t.Errorf("%d letters are drawn", len(text))
		}
	}
}
