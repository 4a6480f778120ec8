//go:build unix

package serve

import (
	"os"
	"os/signal"
	"syscall"
)

// hangups tells of SIGHUP, by which servers are told to read their config again.
func hangups() (told <-chan os.Signal, stop func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	return c, func() { signal.Stop(c) }
}
