package page

import (
	"testing"
)

func TestTheMiddleIsLeftOut(t *testing.T) {
	if got := Elide("abcdefghij", 7); got != "abcd…ij" {
		t.Errorf("got %q", got)
	}
	if got := Elide("äöüß", 4); got != "äöüß" {
		t.Errorf("got %q", got)
	}
}
