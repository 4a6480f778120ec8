package walk

import (
	"net/url"
	"regexp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/page"
)

// showSpec names a section of a standard and where to read it. Nothing is
// opened unless the person presses the address.
func (r *Room) showSpec(name string) {
	text := widget.NewLabel(r.words.Catalog().Text("player.spec.from", "spec", name))
	text.Wrapping = fyne.TextWrapWord
	box := container.NewVBox(text)
	if address := specAddress(name); address != nil {
		link := widget.NewHyperlink(address.String(), address)
		link.Wrapping = fyne.TextWrapBreak
		box.Add(link)
		box.Add(container.NewHBox(page.NewButton(r.words.Catalog().Text("player.spec.copy"), func() { r.window.Copy(address.String()) })))
	}
	r.show(name, box, 520, 240)
}

// specAddress returns where a section can be read: "RFC 7636 §4.6" at the RFC
// Editor, OpenID's own at its foundation. nil for what has no one address.
func specAddress(name string) *url.URL {
	doc, section, found := strings.Cut(name, " §")
	if !found {
		doc, section, _ = strings.Cut(name, " Appendix ")
	}
	address := openIDSpecs()[doc]
	if number, ok := strings.CutPrefix(doc, "RFC "); ok && regexp.MustCompile(`^\d+$`).MatchString(number) {
		address = "https://www.rfc-editor.org/rfc/rfc" + number
		switch {
		case section == "":
		case section[0] >= 'A' && section[0] <= 'Z':
			address += "#appendix-" + section
		default:
			address += "#section-" + section
		}
	}
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	return u
}

func openIDSpecs() map[string]string {
	return map[string]string{
		"OpenID Connect Core 1.0":               "https://openid.net/specs/openid-connect-core-1_0.html",
		"OpenID Connect Discovery 1.0":          "https://openid.net/specs/openid-connect-discovery-1_0.html",
		"OAuth 2.0 Multiple Response Types 1.0": "https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html",
	}
}
