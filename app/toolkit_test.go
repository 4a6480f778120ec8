package app

import (
	"bytes"
	"errors"
	"log"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestTheToolkitSaysNothingOfAMissingSessionBusAndAllElse(t *testing.T) {
	var out bytes.Buffer
	before := log.Writer()
	log.SetOutput(&toolkitLog{out: &out})
	t.Cleanup(func() { log.SetOutput(before) })

	fyne.LogError("failed to watch theme settings", errors.New(`exec: "dbus-launch": executable file not found in $PATH`))
	if out.Len() > 0 {
		t.Errorf("a start without a session bus says:\n%s", out.String())
	}
	fyne.LogError("failed to load the font", errors.New("it is gone"))
	log.Println("something else")
	for _, said := range []string{"failed to load the font", "it is gone", "toolkit_test.go", "something else"} {
		if !strings.Contains(out.String(), said) {
			t.Errorf("%q is lost; the log has:\n%s", said, out.String())
		}
	}
}

func TestWhyThereIsNoScreenIsTheErrorAndNoLineOfTheLog(t *testing.T) {
	var out bytes.Buffer
	said := &toolkitLog{out: &out}
	before := log.Writer()
	log.SetOutput(said)
	t.Cleanup(func() { log.SetOutput(before) })

	run := func(broken string) (err error) {
		defer said.explain(&err)
		panic(broken)
	}
	fyne.LogError("failed to initialise GLFW", errors.New("PlatformUnavailable: X11: Failed to open display localhost:99"))
	var none *NoScreenError
	if err := run("NotInitialized: The GLFW library is not initialized"); !errors.As(err, &none) ||
		none.Why != "X11: Failed to open display localhost:99" {
		t.Errorf("the error is %v", err)
	}
	if out.Len() > 0 {
		t.Errorf("beside the error the log says:\n%s", out.String())
	}
}
