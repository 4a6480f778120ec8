//go:build bench

package bench_test

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"
)

// display is told by the X server of every window that is mapped. Asking again
// and again, as a program for scripts would, takes processor time from what is
// measured and sees the window late.
type display struct {
	in     *bufio.Reader
	mapped chan time.Time
}

// Numbers of the X protocol, version 11: chapters 9 and 11 of its specification.
const (
	opChangeWindowAttributes = 2
	maskEvents               = 1 << 11
	substructureNotify       = 1 << 19
	eventMapNotify           = 19
)

func openDisplay(tb testing.TB) *display {
	tb.Helper()
	number, _, _ := strings.Cut(strings.TrimPrefix(os.Getenv("DISPLAY"), ":"), ".")
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+number)
	if err != nil {
		tb.Fatalf("the display that DISPLAY names: %v", err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	d := &display{in: bufio.NewReader(conn), mapped: make(chan time.Time, 64)}
	root, err := d.greet(conn)
	if err != nil {
		tb.Fatal(err)
	}
	ask := []byte{opChangeWindowAttributes, 0, 4, 0} // the length is in words of four bytes
	for _, word := range []uint32{root, maskEvents, substructureNotify} {
		ask = binary.LittleEndian.AppendUint32(ask, word)
	}
	if _, err := conn.Write(ask); err != nil {
		tb.Fatal(err)
	}
	go d.listen()
	return d
}

// greet sets the connection up and returns the root window of the first screen.
func (d *display) greet(out io.Writer) (root uint32, err error) {
	if _, err := out.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return 0, err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(d.in, head); err != nil {
		return 0, err
	}
	rest := make([]byte, 4*int(binary.LittleEndian.Uint16(head[6:])))
	if _, err := io.ReadFull(d.in, rest); err != nil {
		return 0, err
	}
	if head[0] != 1 {
		return 0, fmt.Errorf("the display refuses the connection: %q", rest)
	}
	vendor, formats := int(binary.LittleEndian.Uint16(rest[16:])), int(rest[21])
	return binary.LittleEndian.Uint32(rest[32+(vendor+3)/4*4+8*formats:]), nil
}

func (d *display) listen() {
	event := make([]byte, 32)
	for {
		if _, err := io.ReadFull(d.in, event); err != nil {
			close(d.mapped)
			return
		}
		if event[0]&0x7f == eventMapNotify {
			d.mapped <- time.Now()
		}
	}
}

// forget drops what was told so far.
func (d *display) forget() {
	for len(d.mapped) > 0 {
		<-d.mapped
	}
}
