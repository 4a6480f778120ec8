package inspector

import (
	"testing"
)

func TestTheShapeOfAPictureIsReadFromItsFirstTag(t *testing.T) {
	if got := svgAspect([]byte(`<?xml version="1.0"?><svg viewBox="0 0 320 160"><rect/></svg>`)); got != 2 {
		t.Errorf("got %v", got)
	}
	if got := svgAspect([]byte("not a picture")); got != 2.4 {
		t.Errorf("got %v", got)
	}
}

func TestALowPaneKeepsItsPictureFromPushingTheWordsOut(t *testing.T) {
	for tall, want := range map[float32]spot{240: nowhere, 300: afterFirst, 379: afterFirst, 380: onTop, 900: onTop} {
		if got := spotFor(tall); got != want {
			t.Errorf("at %v the picture is at %v, want %v", tall, got, want)
		}
	}
}
