//go:build !unix

package serve

import "os"

// hangups tells of nothing where there is no SIGHUP.
func hangups() (told <-chan os.Signal, stop func()) { return nil, func() {} }
