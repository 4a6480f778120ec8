//go:build e2e

package e2e_test

import (
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"
)

// Requests of the X11 protocol, by their numbers in it.
const (
	internAtom = 16
	sendEvent  = 25

	clientMessage = 33
)

// closeWindow asks the window to close as the cross in its title bar does
// (ICCCM section 4.2.8.1). There is no window manager to ask, so the few bytes are
// sent from here.
func closeWindow(t *testing.T, display string, window uint32) {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "unix", "/tmp/.X11-unix/X"+strings.TrimPrefix(display, ":"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	x := &xclient{t: t, conn: conn}
	x.hello()
	protocols, deleteWindow := x.atom("WM_PROTOCOLS"), x.atom("WM_DELETE_WINDOW")
	event := make([]byte, 32)
	event[0], event[1] = clientMessage, 32 // of 32 bits a value
	binary.LittleEndian.PutUint32(event[4:], window)
	binary.LittleEndian.PutUint32(event[8:], protocols)
	binary.LittleEndian.PutUint32(event[12:], deleteWindow)
	request := binary.LittleEndian.AppendUint32([]byte{sendEvent, 0, 11, 0}, window)
	request = binary.LittleEndian.AppendUint32(request, 0) // to whoever made the window
	x.send(append(request, event...))
	x.atom("WM_PROTOCOLS") // answered after the event was sent on
}

type xclient struct {
	t    *testing.T
	conn net.Conn
}

func (x *xclient) send(request []byte) {
	x.t.Helper()
	if _, err := x.conn.Write(request); err != nil {
		x.t.Fatal(err)
	}
}

func (x *xclient) read(n int) []byte {
	x.t.Helper()
	answer := make([]byte, n)
	if _, err := io.ReadFull(x.conn, answer); err != nil {
		x.t.Fatal(err)
	}
	return answer
}

// hello sets the connection up, without authorization.
func (x *xclient) hello() {
	x.t.Helper()
	x.send([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	head := x.read(8)
	x.read(4 * int(binary.LittleEndian.Uint16(head[6:])))
	if head[0] != 1 {
		x.t.Fatal("the display lets nobody in")
	}
}

func (x *xclient) atom(name string) uint32 {
	x.t.Helper()
	padded := name + strings.Repeat("\x00", (4-len(name)%4)%4)
	request := []byte{internAtom, 0, byte(2 + len(padded)/4), 0, byte(len(name)), 0, 0, 0}
	x.send(append(request, padded...))
	for {
		answer := x.read(32)
		switch answer[0] {
		case 0:
			x.t.Fatalf("the display refused: error %d", answer[1])
		case 1:
			return binary.LittleEndian.Uint32(answer[8:])
		}
	}
}
