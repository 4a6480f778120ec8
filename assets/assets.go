// Package assets holds the pictures of the program, embedded in it.
//
// [Icon] is the program's own; [Illustration] is a scene beside the plain
// words of a step. Pictures are data: this package draws nothing and imports
// no toolkit. Icons of single controls belong to app/look, because they take
// the theme's colours.
package assets

import (
	"embed"
	"path"
	"strings"
)

//go:embed icon.png
var icon []byte

//go:embed icon.svg
var iconSVG []byte

//go:embed illustrations/*.svg
var illustrations embed.FS

// Icon returns the program's icon as a PNG of 512 by 512 pixels.
func Icon() []byte { return icon }

// IconSVG returns the program's icon as an SVG, sharp at any size.
func IconSVG() []byte { return iconSVG }

// Illustration returns the scene of that name as an SVG of 640 by 260 units
// on a transparent ground, made to stand on a light card and on a dark one.
// It reports whether there is one.
func Illustration(name string) ([]byte, bool) {
	svg, err := illustrations.ReadFile(path.Join("illustrations", name+".svg"))
	return svg, err == nil
}

// Illustrations lists the names of the scenes in alphabetical order.
func Illustrations() []string {
	// The folder is embedded, so it can be read.
	entries, _ := illustrations.ReadDir("illustrations")
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".svg")
	}
	return names
}

// Caption says in words what a scene shows, for whoever cannot see it: the
// title inside the picture. It is empty where there is no such scene.
func Caption(name string) string {
	svg, _ := Illustration(name)
	_, rest, _ := strings.Cut(string(svg), "<title>")
	title, _, _ := strings.Cut(rest, "</title>")
	return title
}
