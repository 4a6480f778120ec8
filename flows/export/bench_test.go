//go:build !race

package export_test

import (
	"io"
	"testing"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/secret"
)

// manyMessages is a run far beyond any lesson.
const manyMessages = 10000

// widest remembers the largest piece that was handed on at once.
type widest struct{ total, piece int }

func (w *widest) Write(p []byte) (int, error) {
	w.total += len(p)
	w.piece = max(w.piece, len(p))
	return len(p), nil
}

func TestALongRunIsWrittenPieceByPiece(t *testing.T) {
	t.Parallel()
	tr := long(manyMessages / 2)
	for _, f := range export.Formats() {
		if f.ID == "png" { // see ErrTooTall
			continue
		}
		var w widest
		if err := export.Write(&w, f.ID, tr, developer(), export.Options{Mask: f.ID == "html", Text: export.TextOptions{Width: 80}}); err != nil {
			t.Fatal(err)
		}
		if w.total < 270_000 || w.piece > 256<<10 {
			t.Errorf("%s: %d bytes in pieces of up to %d", f.ID, w.total, w.piece)
		}
	}
}

func BenchmarkExportOfALongRun(b *testing.B) {
	tr := long(manyMessages)
	for _, f := range export.Formats() {
		if f.ID == "png" {
			continue
		}
		b.Run(f.ID, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := export.Write(io.Discard, f.ID, tr, developer(), export.Options{Text: export.TextOptions{Width: 80}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("mask", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if got := secret.Mask(tr); len(got.Messages) != manyMessages {
				b.Fatal("messages are missing")
			}
		}
	})
}
