//go:build !race

package page_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

func TestEachStateOfTheKitIsDrawnAsAgreed(t *testing.T) {
	for name, s := range map[string]struct {
		width float32
		part  func(k *page.Kit) page.Part
	}{
		"text":        {300, func(k *page.Kit) page.Part { return text(k, plain("One line.")) }},
		"text-narrow": {120, func(k *page.Kit) page.Part { return text(k, plain("Words that go on in the next line.")) }},
		"prose":       {300, func(k *page.Kit) page.Part { return text(k, page.Prose(words, look.Body, look.Ink)...) }},
		"prose-unlinked": {300, func(k *page.Kit) page.Part {
			return text(k, page.Unlinked(page.Prose(words, look.Body, look.Ink), look.Ink)...)
		}},
		"line":     {200, func(*page.Kit) page.Part { return page.NewLine("Authorization code", look.Body, look.Ink) }},
		"line-cut": {60, func(*page.Kit) page.Part { return page.NewLine("Authorization code", look.Body, look.Ink) }},

		"button":         {140, func(*page.Kit) page.Part { return button("Next step", func(*page.Button) {}) }},
		"button-primary": {140, func(*page.Kit) page.Part { return button("Next step", func(b *page.Button) { b.Primary = true }) }},
		"button-chosen":  {140, func(*page.Kit) page.Part { return button("Play", func(b *page.Button) { b.Chosen = true }) }},
		"button-holds": {140, func(*page.Kit) page.Part {
			return button("Put in order", func(b *page.Button) { b.Quiet, b.Holds = true, true })
		}},
		"button-quiet":    {140, func(*page.Kit) page.Part { return button("Play", func(b *page.Button) { b.Quiet = true }) }},
		"button-disabled": {140, func(*page.Kit) page.Part { return button("Back", func(b *page.Button) { b.Disable() }) }},
		"button-hovered":  {140, func(*page.Kit) page.Part { return button("Back", func(b *page.Button) { b.Hovered = true }) }},
		"button-focused":  {140, func(*page.Kit) page.Part { return button("Back", func(b *page.Button) { b.Focused = true }) }},
		"button-icon":     {36, func(*page.Kit) page.Part { return page.NewIconButton("close", "Close", func() {}) }},
		"button-icon-last": {140, func(*page.Kit) page.Part {
			return button("Next", func(b *page.Button) { b.Icon, b.IconLast = "next", true })
		}},
		"button-row": {120, func(*page.Kit) page.Part {
			return button("Authorization code with PKCE", func(b *page.Button) {
				b.Quiet, b.Leading, b.Least, b.Wide = true, true, 60, page.NewLine("legacy", look.Small, look.InkSoft)
			})
		}},
		"button-soft":          {120, func(k *page.Kit) page.Part { return page.NewSoftButton(k, "Copy value", "copy", func() {}) }},
		"button-soft-disabled": {120, func(k *page.Kit) page.Part { return page.NewSoftButton(k, "Copy value", "copy", nil) }},

		"badge":          {120, func(*page.Kit) page.Part { return page.NewBadge("Recommended", look.PassGround, look.Pass) }},
		"segments":       {160, func(*page.Kit) page.Part { return page.NewSegments([]string{"S256", "plain"}, nil) }},
		"tickbox":        {160, func(k *page.Kit) page.Part { return tick(k, false, func() {}) }},
		"tickbox-on":     {160, func(k *page.Kit) page.Part { return tick(k, true, func() {}) }},
		"tickbox-shown":  {160, func(k *page.Kit) page.Part { return tick(k, true, nil) }},
		"signed":         {160, func(k *page.Kit) page.Part { return signed(k) }},
		"card":           {200, func(k *page.Kit) page.Part { return card(k) }},
		"card-with-edge": {200, func(k *page.Kit) page.Part { c := card(k); c.Edge = look.Primary; return c }},
		"pane":           {200, func(k *page.Kit) page.Part { return page.NewCard(text(k, plain("All of it.")), look.Gutter) }},
		"pair":           {320, func(k *page.Kit) page.Part { return pair(k) }},
		"pair-narrow":    {200, func(k *page.Kit) page.Part { return pair(k) }},
		"bar":            {320, func(k *page.Kit) page.Part { return bar(k) }},
		"bar-narrow":     {120, func(k *page.Kit) page.Part { return bar(k) }},
		"mono":           {200, func(k *page.Kit) page.Part { return page.NewMono(k).Set("GET / HTTP/1.1\nHost: app.example", nil) }},
		"code-picture": {320, func(k *page.Kit) page.Part {
			return page.NewBeside().Set(square(), page.NewColumn().Add(0, text(k, plain("Scan it."))))
		}},
		"code-under": {120, func(k *page.Kit) page.Part {
			return page.NewBeside().Set(square(), page.NewColumn().Add(0, text(k, plain("Scan it."))))
		}},
		"list":            {160, func(k *page.Kit) page.Part { return list(k, false) }},
		"list-numbered":   {160, func(k *page.Kit) page.Part { return list(k, true) }},
		"figure":          {240, func(k *page.Kit) page.Part { return figure(k) }},
		"table":           {420, func(k *page.Kit) page.Part { return table(k) }},
		"table-wrapped":   {260, func(k *page.Kit) page.Part { return table(k) }},
		"table-as-a-list": {160, func(k *page.Kit) page.Part { return table(k) }},
		"artefact":        {320, func(k *page.Kit) page.Part { return artefact(k, false) }},
		"artefact-over":   {320, func(k *page.Kit) page.Part { return artefact(k, true) }},
		"artefact-narrow": {120, func(k *page.Kit) page.Part { return artefact(k, false) }},
	} {
		t.Run(name, func(t *testing.T) {
			test.AssertRendersToMarkup(t, "page/"+name+".xml", drawn(t, s.part(light(t)), s.width))
		})
	}
}
