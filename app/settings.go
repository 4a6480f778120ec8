package app

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/frame"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/tutorials"
)

// settings are what a person chose and finds again at the next start. What the
// command line says holds for one start and is not kept.
type settings struct {
	store fyne.Preferences

	voice         tutorials.Voice
	lens          string
	lensChosen    bool // by a person or the command line; otherwise it is the voice's own
	theme         look.Mode
	zoom          float64
	reduceMotion  bool
	width, height float64
	met           bool // was in another room than home before
	rail          frame.Rail
	address       string // where they were last, but for home
	folder        string // in which a file was picked last
}

const (
	keyVoice  = "voice"
	keyLens   = "lens"
	keyTheme  = "theme"
	keyZoom   = "zoom"
	keyMotion = "reduce-motion"
	keyWidth  = "width"
	keyHeight = "height"
	keyMet    = "met"
	keyPlace  = "address"
	keyRail   = "rail"
	keyFolder = "folder"
)

// Bounds of what is read back: a damaged file of settings must not hide the window.
const (
	minZoom, maxZoom = 0.7, 2.5
	minSide, maxSide = 320.0, 8000.0
)

func newSettings(store fyne.Preferences, words *tutorials.Library, o Options) *settings {
	s := &settings{
		store:        store,
		voice:        tutorials.Voice(store.StringWithFallback(keyVoice, string(tutorials.Everyone))),
		lens:         store.String(keyLens),
		theme:        look.Mode(store.StringWithFallback(keyTheme, string(look.System))),
		zoom:         within(store.FloatWithFallback(keyZoom, 1), minZoom, maxZoom, 1),
		reduceMotion: store.Bool(keyMotion),
		met:          store.Bool(keyMet),
		address:      store.String(keyPlace),
		rail:         frame.Rail(store.String(keyRail)),
		folder:       store.String(keyFolder),
		width:        within(store.FloatWithFallback(keyWidth, 1440), minSide, maxSide, 1440),
		height:       within(store.FloatWithFallback(keyHeight, 900), minSide, maxSide, 900),
	}
	if o.Voice != "" {
		s.voice = o.Voice
	}
	if o.Lens != "" {
		s.lens = o.Lens
	}
	if o.Theme != "" {
		s.theme = look.Mode(o.Theme)
	}
	if o.Width > 0 && o.Height > 0 {
		s.width, s.height = float64(o.Width)/s.zoom, float64(o.Height)/s.zoom // of the window, however large what is in it
	}
	if !slices.Contains(tutorials.Voices(), s.voice) {
		s.voice = tutorials.Everyone
	}
	if _, known := words.Lens(s.lens); known {
		s.lensChosen = true
	} else {
		s.lens = tutorials.LensOf(s.voice)
	}
	if !slices.Contains(look.Modes(), s.theme) {
		s.theme = look.System
	}
	return s
}

func within(v, low, high, otherwise float64) float64 {
	if v >= low && v <= high {
		return v
	}
	return otherwise
}

func (s *settings) size() fyne.Size { return fyne.NewSize(float32(s.width), float32(s.height)) }

func (s *settings) saveVoice(v tutorials.Voice) {
	s.voice = v
	s.store.SetString(keyVoice, string(v))
	if !s.lensChosen {
		s.lens = tutorials.LensOf(v)
	}
}

func (s *settings) saveFolder(at string) {
	s.folder = at
	s.store.SetString(keyFolder, at)
}

// saveLens keeps a lens. The voice's own is not written down: it is left alone,
// and another voice brings another one.
func (s *settings) saveLens(id string) {
	s.lens, s.lensChosen = id, id != tutorials.LensOf(s.voice)
	if s.lensChosen {
		s.store.SetString(keyLens, id)
	} else {
		s.store.RemoveValue(keyLens)
	}
}

func (s *settings) saveTheme(m look.Mode) {
	s.theme = m
	s.store.SetString(keyTheme, string(m))
}

func (s *settings) saveZoom(z float64) {
	s.zoom = within(z, minZoom, maxZoom, s.zoom)
	s.store.SetFloat(keyZoom, s.zoom)
}

func (s *settings) saveMotion(reduce bool) {
	s.reduceMotion = reduce
	s.store.SetBool(keyMotion, reduce)
}

func (s *settings) saveWindow(size fyne.Size) {
	s.store.SetFloat(keyWidth, float64(size.Width))
	s.store.SetFloat(keyHeight, float64(size.Height))
}

func (s *settings) saveMet() {
	if !s.met {
		s.met = true
		s.store.SetBool(keyMet, true)
	}
}

func (s *settings) saveAddress(a string) {
	if a != "" && a != s.address {
		s.address = a
		s.store.SetString(keyPlace, a)
	}
}

func (s *settings) saveRail(r frame.Rail) {
	s.rail = r
	s.store.SetString(keyRail, string(r))
}
