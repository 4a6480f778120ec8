//go:build !race

package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Whatever a rail lists is read whole, in one row or two: in every place, with
// every flow and its chapters open, in every voice.
func TestNoLabelOfARailIsCut(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	w.win.Resize(fyne.NewSize(1440, 900))
	var all []address.Address
	for _, p := range w.rooms.places {
		for _, head := range append([]string{p.id}, p.heads...) {
			all = append(all, address.At(head))
		}
	}
	for _, f := range flows.All() {
		all = append(all, address.At("walk", f.ID))
	}
	rows := 0
	for _, to := range all {
		w.Go(to)
		for _, voice := range tutorials.Voices() {
			w.view.setVoice(voice)
			for _, b := range listed(w) {
				rows++
				readWhole(t, to.String()+", "+string(voice), b)
			}
		}
	}
	if rows < 300 {
		t.Errorf("no more than %d rows were seen", rows)
	}
}

// listed are the rows of the rail.
func listed(w *window) (rows []*page.Button) {
	each(w.frame.Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*page.Button); ok && b.Within > 0 {
			rows = append(rows, b)
		}
	})
	return rows
}

// readWhole holds a row to its label and its note.
func readWhole(t *testing.T, where string, b *page.Button) {
	t.Helper()
	if b.Said() != b.Label || b.Size().Height < b.HeightFor(b.Size().Width) {
		t.Errorf("%s: the rail says %q for %q, in %v", where, b.Said(), b.Label, b.Size())
	}
	if note, ok := b.Wide.(*page.Line); ok && note.Words != "" && note.Size().Width < note.MinSize().Width-0.5 {
		t.Errorf("%s: %q has %v for %q", where, b.Label, note.Size().Width, note.Words)
	}
}
