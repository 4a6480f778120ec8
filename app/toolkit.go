package app

import (
	"fmt"
	"io"
	"strings"
)

// toolkitLog passes on what the toolkit logs, but for two entries. Without a
// session bus, as in a container or over SSH, nobody tells it when the desktop
// turns dark, which is no trouble: the window has a theme of its own. And why it
// reaches no screen is said once, as the error of [Run]. An entry is three
// lines, each a Write: the reason, its cause and its place.
type toolkitLog struct {
	out      io.Writer
	dropped  bool   // the last reason was
	noScreen string // why there is none
}

// What begins the lines of an entry, and the reasons that are not passed on.
const (
	logReason = "Fyne error:"
	logCause  = "  Cause:"
	logPlace  = "  At:"
	noBus     = "failed to watch theme settings"
	noGLFW    = "failed to initialise GLFW"
)

func (l *toolkitLog) Write(line []byte) (int, error) {
	text := string(line)
	_, cause, isCause := strings.Cut(text, logCause)
	switch {
	case strings.Contains(text, logReason):
		l.dropped = strings.Contains(text, noBus) || strings.Contains(text, noGLFW)
	case isCause && l.dropped && strings.Contains(cause, "PlatformUnavailable: "):
		_, l.noScreen, _ = strings.Cut(strings.TrimSpace(cause), "PlatformUnavailable: ")
	case !isCause && !strings.Contains(text, logPlace):
		l.dropped = false
	}
	if l.dropped {
		return len(line), nil
	}
	return l.out.Write(line)
}

// NoScreenError says why there is nothing to draw on.
type NoScreenError struct{ Why string }

func (e *NoScreenError) Error() string { return e.Why }

// explain makes an error of the panic with which the toolkit says that it reaches no screen.
func (l *toolkitLog) explain(err *error) {
	broken := recover()
	switch {
	case broken == nil:
	case l.noScreen != "":
		*err = &NoScreenError{Why: l.noScreen}
	case strings.Contains(fmt.Sprint(broken), "GLFW"):
		*err = &NoScreenError{Why: fmt.Sprint(broken)}
	default:
		panic(broken) // a fault of ours
	}
}
