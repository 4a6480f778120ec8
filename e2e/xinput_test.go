//go:build e2e

package e2e_test

import (
	"encoding/binary"
	"slices"
	"strings"
)

// Kinds of events that XTEST plays, by their numbers in the protocol.
const (
	keyDown    = 2
	keyUp      = 3
	buttonDown = 4
	buttonUp   = 5
	motion     = 6

	fakeInput = 2 // the request of XTEST
)

// keyPace is between two keys, in milliseconds: of two in the same one, the toolkit takes the second for an echo.
const keyPace = 2

// stroke is a key, and whether Shift is held.
type stroke struct {
	code  byte
	shift bool
}

// keyboard is where each symbol lies.
type keyboard map[uint32]stroke

// newKeyboard reads the table of symbols, so many for each key.
func newKeyboard(least byte, each int, table []byte) keyboard {
	k := keyboard{}
	for i := 0; 4*i+4 <= len(table); i++ {
		symbol := binary.LittleEndian.Uint32(table[4*i:])
		if _, there := k[symbol]; symbol != 0 && !there && i%each < 2 {
			k[symbol] = stroke{code: least + byte(i/each), shift: i%each == 1}
		}
	}
	return k
}

// symbols are those that a letter does not name.
func symbols() map[string]uint32 {
	return map[string]uint32{
		"Tab": 0xFF09, "Return": 0xFF0D, "Escape": 0xFF1B, "Home": 0xFF50, "Left": 0xFF51, "Up": 0xFF52, "Right": 0xFF53, "Down": 0xFF54,
		"Prior": 0xFF55, "Next": 0xFF56, "End": 0xFF57, "F1": 0xFFBE, "F5": 0xFFC2, "F6": 0xFFC3, "F11": 0xFFC8,
		"shift": 0xFFE1, "ctrl": 0xFFE3, "alt": 0xFFE9, "space": ' ', "plus": '+', "minus": '-', "equal": '=',
	}
}

// stroke is how a symbol is typed, by its name or its letter.
func (x *xclient) stroke(name string) stroke {
	x.t.Helper()
	symbol, named := symbols()[name]
	if letters := []rune(name); !named && len(letters) == 1 {
		symbol = uint32(letters[0])
	}
	s, there := x.keys[symbol]
	if !there {
		x.t.Fatalf("the keyboard has no key %q", name)
	}
	return s
}

func (x *xclient) fake(kind, detail byte, after uint32, at ...int) {
	x.t.Helper()
	request := make([]byte, 36)
	request[0], request[1], request[4], request[5] = x.input, fakeInput, kind, detail
	binary.LittleEndian.PutUint32(request[8:], after)
	if len(at) == 2 {
		binary.LittleEndian.PutUint32(request[12:], x.root)
		binary.LittleEndian.PutUint16(request[24:], uint16(at[0]))
		binary.LittleEndian.PutUint16(request[26:], uint16(at[1]))
	}
	x.send(request)
}

// press presses and lets go of keys: "Right", "ctrl+shift+k".
func (x *xclient) press(keys ...string) {
	x.t.Helper()
	for _, key := range keys {
		x.chord(strings.Split(key, "+")...)
	}
	x.done()
}

// write types a text, letter by letter.
func (x *xclient) write(text string) {
	x.t.Helper()
	for _, letter := range text {
		x.chord(string(letter))
	}
	x.done()
}

// chord presses keys one upon the other, with Shift where a symbol needs it, and lets go of them.
func (x *xclient) chord(names ...string) {
	x.t.Helper()
	var held []byte
	for _, name := range names {
		s := x.stroke(name)
		if s.shift {
			held = append(held, x.stroke("shift").code)
		}
		held = append(held, s.code)
	}
	for _, code := range held {
		x.fake(keyDown, code, keyPace)
	}
	for _, code := range slices.Backward(held) {
		x.fake(keyUp, code, 0)
	}
}

// point moves the mouse to a place of a window.
func (x *xclient) point(window uint32, at, down int) {
	x.t.Helper()
	answer := x.ask(about(translate, 0, window, x.root, uint32(uint16(at))|uint32(uint16(down))<<16))
	x.fake(motion, 0, 0, int(binary.LittleEndian.Uint16(answer[12:])), int(binary.LittleEndian.Uint16(answer[14:])))
	x.done()
}

// turn presses a button of the mouse so often: 1 is the left one, 4 and 5 are the wheel.
func (x *xclient) turn(button byte, times int) {
	x.t.Helper()
	for range times {
		x.fake(buttonDown, button, 0)
		x.fake(buttonUp, button, 0)
	}
	x.done()
}
