//go:build !headless

package launch

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/app"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// readClock sets the clock that a talk goes by, where one was asked for.
func readClock(file string, o *app.Options) (err error) {
	if file != "" {
		o.Present.Now, err = aheadBy(file)
	}
	return err
}

// aheadBy is a clock that runs ahead of the machine's by the time that a file
// holds, so that the end of a talk can be tried without waiting for it. The file
// is read each time; while it is being written, what it held before counts.
func aheadBy(file string) (func() time.Time, error) {
	read := func() (time.Duration, error) {
		text, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			return 0, err
		}
		return time.ParseDuration(strings.TrimSpace(string(text)))
	}
	by, err := read()
	if err != nil {
		return nil, usage.Slip("launch.slip.ahead", "file", file, "problem", usage.Cause(err).Error())
	}
	return func() time.Time {
		if now, err := read(); err == nil {
			by = now
		}
		return time.Now().Add(by)
	}, nil
}
