//go:build e2e

package e2e_test

import (
	"encoding/binary"
	"io"
	"net/url"
	"testing"
	"time"
)

// Events of a selection, by their numbers in the protocol.
const (
	selectionRequest = 30
	selectionNotify  = 31
)

// offer is another program that has something to give: on the clipboard, or by dragging it over the window.
type offer struct {
	x      *xclient
	window uint32
	said   chan uint32 // what the window says to it, by the kind of the event
}

// offers opens a program that holds a selection, and gives a text to whoever asks for it.
func (s *stage) offers(t *testing.T, selection, kind, text string) *offer {
	t.Helper()
	const inputOnly = 2 << 16
	x := dial(t, s.display)
	o := &offer{x: x, window: x.own, said: make(chan uint32, 100)}
	x.send(about(createWindow, 0, o.window, x.root, 0, 1<<16|1, inputOnly, 0, 0))
	x.send(about(setSelectionOwner, 0, o.window, x.atom(selection), 0))
	for _, name := range []string{"XdndEnter", "XdndPosition", "XdndStatus", "XdndDrop", "XdndFinished", "XdndActionCopy"} {
		x.atom(name) // from here on only events are read
	}
	given := x.atom(kind)
	x.done()
	go func() {
		for {
			event := make([]byte, 32)
			if _, err := io.ReadFull(x.conn, event); err != nil {
				return // the display is gone, or the test has ended
			}
			switch event[0] &^ 0x80 {
			case clientMessage:
				o.said <- binary.LittleEndian.Uint32(event[8:])
			case selectionRequest:
				o.gives(event, given, text)
			}
		}
	}()
	return o
}

// gives puts the text where the one that asked wants it, if it is of the kind that is asked for (ICCCM section 2.2).
func (o *offer) gives(asked []byte, given uint32, text string) {
	number := func(i int) uint32 { return binary.LittleEndian.Uint32(asked[i:]) }
	at, requestor, selection, target, property := number(4), number(12), number(16), number(20), number(24)
	if target == given {
		const letters = 8 // bits each
		o.x.send(padded(about(changeProperty, 0, requestor, property, target, letters, uint32(len(text))), text))
	} else {
		property = 0 // it has none
	}
	event := binary.LittleEndian.AppendUint32([]byte{selectionNotify, 0, 0, 0}, at)
	for _, n := range []uint32{requestor, selection, target, property, 0, 0} {
		event = binary.LittleEndian.AppendUint32(event, n)
	}
	o.x.send(append(about(sendEvent, 0, requestor, 0), event...))
}

// hears waits for a word of the window.
func (o *offer) hears(p *program, name string) {
	p.t.Helper()
	limit := time.After(deadline)
	for {
		select {
		case said := <-o.said:
			if said == o.x.atoms[name] {
				return
			}
		case <-limit:
			p.t.Fatalf("the window does not say %s%s", name, p.picture())
		}
	}
}

// copied is what another program has put on the clipboard.
func (p *program) copied(text string) {
	p.t.Helper()
	p.offers(p.t, "CLIPBOARD", "UTF8_STRING", text)
}

// dropped lets go of files in the middle of the window (the protocol XDND, version 5).
func (p *program) dropped(files ...string) {
	p.t.Helper()
	const list, version = "text/uri-list", 5 << 24
	lines := ""
	for _, file := range files {
		lines += (&url.URL{Scheme: "file", Path: file}).String() + "\r\n"
	}
	o := p.offers(p.t, "XdndSelection", list, lines)
	at, _ := p.screen.lies(p.window)
	middle := uint32(at.x+at.wide/2)<<16 | uint32(at.y+at.high/2)
	atom := func(name string) uint32 { return o.x.atoms[name] }
	o.tells(p.window, "XdndEnter", version, atom(list))
	o.tells(p.window, "XdndPosition", 0, middle, 0, atom("XdndActionCopy"))
	o.hears(p, "XdndStatus")
	o.tells(p.window, "XdndDrop", 0, 0)
	o.hears(p, "XdndFinished")
}

// tells sends the window a word of the one that drags.
func (o *offer) tells(window uint32, word string, values ...uint32) {
	event := []byte{clientMessage, 32, 0, 0}
	for _, n := range append([]uint32{window, o.x.atoms[word], o.window}, values...) {
		event = binary.LittleEndian.AppendUint32(event, n)
	}
	o.x.send(append(about(sendEvent, 0, window, 0), append(event, make([]byte, 32-len(event))...)...))
}
