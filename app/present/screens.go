package present

// look sees whether a screen has come or gone since the last look. A projector
// that is plugged in gets the stage; one that is lost takes the stage with it,
// and has it back at the same scene when it returns.
func (w *windows) look() {
	before := w.screens
	w.screens = w.desk.Screens()
	switch {
	case w.screens > 1 && before <= 1:
		w.plugged()
	case w.screens <= 1 && before > 1:
		w.unplugged()
	}
}

// plugged puts the stage on the second screen, and the speaker's window on the
// first.
func (w *windows) plugged() {
	w.openStage(true)
	w.openSpeaker()
	w.giving.changed()
}

// unplugged leaves the one screen that is left to whoever speaks. Without a
// speaker's window the stage fills it.
func (w *windows) unplugged() {
	switch {
	case w.onStage == nil:
	case w.beside == nil:
		w.desk.Fill(w.onStage)
	default:
		w.onStage.Close()
		w.beside.RequestFocus()
	}
	w.giving.changed()
}
