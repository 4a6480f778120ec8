package app

import (
	"io"
	"strings"
)

// toolkitLog passes on what the toolkit logs, but for what is no trouble: without
// a session bus, as in a container or over SSH, nobody tells it when the desktop
// turns dark, and the window has a theme of its own. Such an entry is three
// lines, each a Write: the reason, its cause and its place.
type toolkitLog struct {
	out     io.Writer
	dropped bool // the last reason was
}

func (l *toolkitLog) Write(line []byte) (int, error) {
	text := string(line)
	if reason := strings.Contains(text, "Fyne error:"); reason || !strings.Contains(text, "  Cause:") && !strings.Contains(text, "  At:") {
		l.dropped = reason && strings.Contains(text, "failed to watch theme settings")
	}
	if l.dropped {
		return len(line), nil
	}
	return l.out.Write(line)
}
