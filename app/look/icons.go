package look

import (
	"embed"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The icons, beside one for each artefact under the artefact's own id. They are
// paths only: Fyne's SVG reader draws no text, clip, mask or filter.
const (
	IconCheck  = "check"
	IconCross  = "cross"
	IconSkip   = "skip"
	IconCopy   = "copy"
	IconPencil = "pencil"
	IconClock  = "clock"
	IconBeside = "beside" // to be read beside what one looks at
	IconShield = "shield" // an attack was stopped
	IconAlarm  = "alarm"  // an attack got something
)

// Icons lists the icons that stand for something other than an artefact.
func Icons() []string {
	return []string{IconCheck, IconCross, IconSkip, IconCopy, IconPencil, IconClock, IconBeside, IconShield, IconAlarm}
}

//go:embed icons/*.svg
var iconFiles embed.FS

// Icon returns an icon in the colour of body text; [look.Code] and the other
// artefact ids name icons too. An unknown name gives an empty icon.
func Icon(name string) fyne.Resource { return IconIn(name, Ink) }

// IconIn returns an icon in the colour of that name, whatever the theme makes of it.
func IconIn(name string, ink fyne.ThemeColorName) fyne.Resource {
	file := "icons/" + name + ".svg"
	content, err := iconFiles.ReadFile(file)
	if err != nil {
		content = []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"></svg>`)
	}
	return theme.NewColoredResource(fyne.NewStaticResource(name+".svg", content), ink)
}
