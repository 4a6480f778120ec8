package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Checkbox is a box with a label. Enter turns it as Space does, and it hands on
// the keys that it has no use for, so that Escape closes what it stands in.
type Checkbox struct {
	widget.Check
	OnKey func(*fyne.KeyEvent) bool
}

// NewCheckbox returns a box that is off.
func NewCheckbox(label string, onKey func(*fyne.KeyEvent) bool) *Checkbox {
	c := &Checkbox{OnKey: onKey}
	c.Text = label
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey turns the box with Enter.
func (c *Checkbox) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		c.SetChecked(!c.Checked)
	case c.OnKey != nil:
		c.OnKey(k)
	}
}
