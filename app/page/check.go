package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Check is a box with a label. Enter turns it as Space does, and it hands on
// the keys that it has no use for, so that Escape closes what it stands in.
type Check struct {
	widget.Check
	OnKey func(*fyne.KeyEvent) bool
}

// NewCheck returns a box that is off.
func NewCheck(label string, onKey func(*fyne.KeyEvent) bool) *Check {
	c := &Check{OnKey: onKey}
	c.Text = label
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey turns the box with Enter.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		c.SetChecked(!c.Checked)
	case c.OnKey != nil:
		c.OnKey(k)
	}
}
