//go:build !headless

package launch

import (
	"net"
	"os"
	"regexp"
	"runtime"
	"time"
)

// displayTimeout is for an X server on this machine, which answers at once or never.
const displayTimeout = 3 * time.Second

// displayError says what the toolkit would only panic about: that nobody is
// there to draw on.
func displayError(getenv func(string) string) error {
	switch runtime.GOOS {
	case "darwin", "windows", "ios", "android", "js":
		return nil
	}
	x, wayland := getenv("DISPLAY"), getenv("WAYLAND_DISPLAY")
	if wayland != "" {
		return nil
	}
	if x == "" {
		return noWindow("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)")
	}
	if local := regexp.MustCompile(`^(?:unix)?:(\d+)(?:\.\d+)?$`).FindStringSubmatch(x); local != nil &&
		!answers("/tmp/.X11-unix/X"+local[1]) {
		return noWindow("no display answers at DISPLAY=%s", x)
	}
	return nil
}

// answers tries the socket of an X server, by its file and by its name alone,
// which is how it is reached from a container.
func answers(socket string) bool {
	for _, at := range []string{socket, "@" + socket} {
		conn, err := net.DialTimeout("unix", at, displayTimeout)
		if err == nil || os.IsPermission(err) {
			if conn != nil {
				_ = conn.Close() // nothing was said
			}
			return true
		}
	}
	return false
}
