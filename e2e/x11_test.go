//go:build e2e

package e2e_test

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"
)

// Requests of the X11 protocol, by their numbers in it.
const (
	createWindow        = 1
	getWindowAttributes = 3
	configureWindow     = 12
	getGeometry         = 14
	queryTree           = 15
	internAtom          = 16
	changeProperty      = 18
	getProperty         = 20
	setSelectionOwner   = 22
	sendEvent           = 25
	translate           = 40
	setInputFocus       = 42
	getInputFocus       = 43
	queryExtension      = 98
	getKeyboardMapping  = 101
)

// What is sent and answered besides.
const (
	clientMessage = 33 // an event
	viewable      = 2  // of a window that can be seen
	anyType       = 0  // of a property
)

// xclient is a connection to a display: one for all that is asked and done there, where a program for each key
// would take longer to start than the window takes to act on it.
type xclient struct {
	t     *testing.T
	conn  net.Conn
	root  uint32
	own   uint32 // the first number that is free for a window of this client
	input byte   // the number that the extension XTEST has here
	keys  keyboard
	atoms map[string]uint32
}

// dial connects to a display, without authorization.
func dial(t *testing.T, display string) *xclient {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(context.WithoutCancel(t.Context()), "unix", "/tmp/.X11-unix/X"+strings.TrimPrefix(display, ":"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	x := &xclient{t: t, conn: conn, atoms: map[string]uint32{}}
	x.hello()
	found := x.ask(padded([]byte{queryExtension, 0, 0, 0, byte(len("XTEST")), 0, 0, 0}, "XTEST"))
	if found[8] == 0 {
		t.Fatal("the display takes no keys from a test: it has no XTEST")
	}
	x.input = found[9]
	return x
}

func (x *xclient) send(request []byte) {
	x.t.Helper()
	binary.LittleEndian.PutUint16(request[2:], uint16(len(request)/4))
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

// tried sends a request and returns its answer; none where it is refused, as for a window that is gone.
func (x *xclient) tried(request []byte) ([]byte, bool) {
	x.t.Helper()
	x.send(request)
	for {
		switch answer := x.read(32); answer[0] {
		case 0:
			return answer, false
		case 1:
			return append(answer, x.read(4*int(binary.LittleEndian.Uint32(answer[4:])))...), true
		}
	}
}

func (x *xclient) ask(request []byte) []byte {
	x.t.Helper()
	answer, ok := x.tried(request)
	if !ok {
		x.t.Fatalf("the display refused request %d: error %d", request[0], answer[1])
	}
	return answer
}

// about is a request of a few numbers.
func about(code, detail byte, numbers ...uint32) []byte {
	request := []byte{code, detail, 0, 0}
	for _, n := range numbers {
		request = binary.LittleEndian.AppendUint32(request, n)
	}
	return request
}

// padded is a request that ends with a text.
func padded(request []byte, text string) []byte {
	return append(request, text+strings.Repeat("\x00", (4-len(text)%4)%4)...)
}

// hello sets the connection up.
func (x *xclient) hello() {
	x.t.Helper()
	if _, err := x.conn.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		x.t.Fatal(err)
	}
	head := x.read(8)
	setup := x.read(4 * int(binary.LittleEndian.Uint16(head[6:])))
	if head[0] != 1 {
		x.t.Fatal("the display lets nobody in")
	}
	vendor, formats := int(binary.LittleEndian.Uint16(setup[16:])), int(setup[21])
	x.root = binary.LittleEndian.Uint32(setup[32+(vendor+3)/4*4+8*formats:])
	x.own = binary.LittleEndian.Uint32(setup[4:])
	least, most := setup[26], setup[27]
	table := x.ask([]byte{getKeyboardMapping, 0, 0, 0, least, most - least + 1, 0, 0})
	x.keys = newKeyboard(least, int(table[1]), table[32:])
}

func (x *xclient) atom(name string) uint32 {
	x.t.Helper()
	if x.atoms[name] == 0 {
		answer := x.ask(padded([]byte{internAtom, 0, 0, 0, byte(len(name)), 0, 0, 0}, name))
		x.atoms[name] = binary.LittleEndian.Uint32(answer[8:])
	}
	return x.atoms[name]
}

// tell sends a window an event of its client's, by way of who listens there in that way.
func (x *xclient) tell(to, mask, window uint32, what string, values ...uint32) {
	x.t.Helper()
	event := make([]byte, 32)
	event[0], event[1] = clientMessage, 32 // of 32 bits a value
	binary.LittleEndian.PutUint32(event[4:], window)
	binary.LittleEndian.PutUint32(event[8:], x.atom(what))
	for i, v := range values {
		binary.LittleEndian.PutUint32(event[12+4*i:], v)
	}
	x.send(append(about(sendEvent, 0, to, mask), event...))
	x.done()
}

// done returns when the display has done all that was asked for.
func (x *xclient) done() {
	x.t.Helper()
	x.ask(about(getInputFocus, 0))
}

// closes asks the window to close as the cross in its title bar does (ICCCM section 4.2.8.1).
func (x *xclient) closes(window uint32) {
	x.t.Helper()
	x.tell(window, 0, window, "WM_PROTOCOLS", x.atom("WM_DELETE_WINDOW"))
}
