package page

import (
	"testing"
)

func TestTheShapeOfAPictureIsReadFromItsFirstTag(t *testing.T) {
	if got := aspectOf([]byte(`<?xml version="1.0"?><svg viewBox="0 0 320 160"><rect/></svg>`)); got != 2 {
		t.Errorf("got %v", got)
	}
	if got := aspectOf([]byte("not a picture")); got != 2.4 {
		t.Errorf("got %v", got)
	}
}
