package assets

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"slices"
	"testing"
)

// drawable are the elements that Fyne's SVG reader draws or, like title and
// desc, passes over. Text, clip paths, masks and filters it drops silently.
func drawable() []string {
	return []string{
		"svg", "g", "title", "desc", "defs", "linearGradient", "radialGradient", "stop",
		"path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
	}
}

// undrawable returns the elements of an SVG that Fyne would drop.
func undrawable(svg []byte) ([]string, error) {
	var found []string
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		if e, ok := token.(xml.StartElement); ok && !slices.Contains(drawable(), e.Name.Local) {
			found = append(found, e.Name.Local)
		}
	}
}

func TestEveryPictureHoldsOnlyWhatFyneDraws(t *testing.T) {
	pictures := map[string][]byte{"icon": IconSVG()}
	for _, name := range Illustrations() {
		pictures[name], _ = Illustration(name)
	}
	for name, svg := range pictures {
		bad, err := undrawable(svg)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(bad) > 0 {
			t.Errorf("%s: Fyne does not draw %q", name, bad)
		}
	}
}

func TestTextInAPictureIsNoticed(t *testing.T) {
	bad, err := undrawable([]byte(`<svg><g><text>FRONT DESK</text></g></svg>`))
	if err != nil || !slices.Equal(bad, []string{"text"}) {
		t.Errorf("got %q, %v", bad, err)
	}
}

func TestEverySceneOfTheStoryIsThere(t *testing.T) {
	want := []string{
		"scene-app", "scene-badge", "scene-borrowed", "scene-card-only", "scene-click", "scene-consent", "scene-copy",
		"scene-desk-makes-id", "scene-desk", "scene-door-looks", "scene-envelope", "scene-exact-address", "scene-five-apps",
		"scene-holds-password", "scene-id-checked", "scene-id", "scene-keycard", "scene-later", "scene-ledger", "scene-night",
		"scene-no-name", "scene-open-card", "scene-password", "scene-refused", "scene-register", "scene-renew", "scene-room",
		"scene-says-no", "scene-seal", "scene-shortcut", "scene-signpost", "scene-six-doors", "scene-stopped", "scene-switches",
		"scene-take-along", "scene-three-passes", "scene-three-people", "scene-ticket", "scene-toolbox", "scene-torn-tag",
		"scene-trade", "scene-tv", "scene-two-gates", "scene-two-groups", "scene-two-keys", "scene-two-machines", "scene-two-papers",
		"scene-two-ways", "scene-valet", "scene-welcome", "scene-what-is-sent", "scene-yes-and-no",
	}
	if got := Illustrations(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEverySceneHasTheSameShapeAndSaysWhatItShows(t *testing.T) {
	for _, name := range Illustrations() {
		svg, ok := Illustration(name)
		if !ok || !bytes.Contains(svg, []byte(`viewBox="0 0 640 260"`)) {
			t.Errorf("%s: not a picture of 640 by 260", name)
		}
		if Caption(name) == "" {
			t.Errorf("%s: no title", name)
		}
	}
}

func TestAnUnknownSceneIsNotFound(t *testing.T) {
	for _, name := range []string{"", "scene-unknown", "../icon"} {
		if _, ok := Illustration(name); ok {
			t.Errorf("%q was found", name)
		}
		if got := Caption(name); got != "" {
			t.Errorf("%q has the caption %q", name, got)
		}
	}
}

func TestTheIconIsAPNGOf512Pixels(t *testing.T) {
	config, err := png.DecodeConfig(bytes.NewReader(Icon()))
	if err != nil {
		t.Fatal(err)
	}
	if config.Width != 512 || config.Height != 512 {
		t.Errorf("%d by %d", config.Width, config.Height)
	}
}
