package inspector

import (
	"testing"
)

func TestALowPaneKeepsItsPictureFromPushingTheWordsOut(t *testing.T) {
	for tall, want := range map[float32]spot{240: nowhere, 300: afterFirst, 379: afterFirst, 380: onTop, 900: onTop} {
		if got := spotFor(tall); got != want {
			t.Errorf("at %v the picture is at %v, want %v", tall, got, want)
		}
	}
}
