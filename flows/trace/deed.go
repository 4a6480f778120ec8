package trace

import "strings"

// deed begins the step of a note about what somebody did to a server while a run
// went on. It is no step of a flow.
const deed = "deed-"

// Deed is a note of something that was done to the party of the note, with what
// there is to say of it, by name.
func Deed(by Role, what string, said ...Field) Message {
	return Message{
		Kind: Note, From: by, To: by, Channel: Local, Step: deed + what, Act: &Act{Verb: "does", Object: what, Fields: said},
	}
}

// DeedOf is what was done, where the message is a note of that.
func (m *Message) DeedOf() (what string, ok bool) {
	if m.Kind != Note {
		return "", false
	}
	return strings.CutPrefix(m.Step, deed)
}
