package inspector_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// BenchmarkStep measures what one press of Next costs the pane: two messages
// take turns, so that nothing is the same as before, built and laid out at
// 400×800, not rasterised.
func BenchmarkStep(b *testing.B) {
	for _, tab := range []string{"words", "request", "response", "checks", "tokens", "calculation", "page"} {
		b.Run(tab, func(b *testing.B) {
			one, two := tokensStep(), tokensStep()
			one.Message, two.Message = tokenResponse(), tokenResponse()
			two.Message.Step, two.Title, two.Words.Why = "other", "Another title", "Another reason altogether."
			switch tab {
			case "calculation":
				one.Message, two.Message = pkceNote(), pkceNote()
				two.Message.Step = "other"
			case "page":
				one, two = pageStep(), pageStep()
				two.Message.Step = "other"
			}
			two.Request = authorizeRequest()
			v := paneFor(b, fyne.NewSize(400, 800))
			v.SelectTab(tab)
			b.ResetTimer()
			for i := range b.N {
				if i%2 == 0 {
					v.SetContent(one)
				} else {
					v.SetContent(two)
				}
			}
		})
	}
}

// BenchmarkFirst measures a pane that has never shown anything.
func BenchmarkFirst(b *testing.B) {
	for _, tab := range []string{"words", "request", "checks", "tokens"} {
		b.Run(tab, func(b *testing.B) {
			paneFor(b, fyne.NewSize(400, 800))
			for b.Loop() {
				v := inspector.New(inspector.English(b))
				v.SelectTab(tab)
				v.Resize(fyne.NewSize(400, 800))
				v.SetContent(tokensStep())
			}
		})
	}
}

// BenchmarkFollow measures lighting a value in the same message.
func BenchmarkFollow(b *testing.B) {
	v := paneFor(b, fyne.NewSize(400, 800))
	v.SelectTab("request")
	c := tokenStep()
	for i := range b.N {
		c.Followed = []string{code, verifier}[i%2]
		v.SetContent(c)
	}
}

// BenchmarkRawBody measures the raw view of the largest body that is shown.
func BenchmarkRawBody(b *testing.B) {
	m := tokenResponse()
	m.Header = []trace.Field{{Name: "Content-Type", Value: "text/plain"}}
	m.Body = []byte(strings.Repeat("abcdefghij", 10_000))
	v := paneFor(b, fyne.NewSize(400, 800))
	v.SelectTab("response")
	v.SetContent(step(m, nil, m))
	tapText(b, v, "Raw")
	for b.Loop() {
		v.SetContent(step(m, nil, m))
	}
}
