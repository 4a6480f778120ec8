package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// Talk is what somebody presents to a room: scenes in their order. One file
// serves several lengths, and each scene says how long it takes in which.
type Talk struct {
	ID      string // "log-in-with"
	Title   string // "“Log in with …” for the board"
	For     string // whom it is for: "executives"
	Voice   Voice  // in which runs are told
	Lens    string // through which they are seen
	Lengths []int  // minutes, the shortest first
	Scenes  []Scene
}

// Scene is what the room sees at one time, and what its presenter needs for it.
type Scene struct {
	ID      string
	At      string        // address in the house of what is seen: "walk/…", "lesson/…"; "" where nothing is
	Picture string        // name of an illustration in assets, or ""
	Ask     string        // id of the question that is put to the room, or ""
	Pass    time.Duration // how much time passes when the presenter lets it; 0: none can
	Takes   []time.Duration
	Title   string // heading on the stage
	Stage   string // the sentence on the stage
	Say     string // what the presenter says
	Asked   []Reply
	Show    string // what to show if there is time
}

// Reply is what to answer if somebody asks.
type Reply struct{ Question, Answer string }

// Takes is how long a scene takes in a talk of that many minutes, 0 where it is left out.
func (t *Talk) Takes(s *Scene, minutes int) time.Duration {
	if i := slices.Index(t.Lengths, minutes); i >= 0 {
		return s.Takes[i]
	}
	return 0
}

// Cut is the scenes of a talk of that many minutes.
func (t *Talk) Cut(minutes int) []Scene {
	var scenes []Scene
	for i := range t.Scenes {
		if t.Takes(&t.Scenes[i], minutes) > 0 {
			scenes = append(scenes, t.Scenes[i])
		}
	}
	return scenes
}

// Length is the one of the talk's lengths that is nearest to so many minutes; 0 asks for the middle one.
func (t *Talk) Length(minutes int) int {
	if minutes <= 0 {
		return t.Lengths[len(t.Lengths)/2]
	}
	best := t.Lengths[0]
	for _, l := range t.Lengths {
		if max(l-minutes, minutes-l) < max(best-minutes, minutes-best) {
			best = l
		}
	}
	return best
}

type talkFront struct {
	Title   string `toml:"title"`
	For     string `toml:"for"`
	Voice   Voice  `toml:"voice"`
	Lens    string `toml:"lens"`
	Lengths []int  `toml:"lengths"`
}

// ReadTalks reads every talk of a folder, in the order of their
// ids. A folder without talks has none. An error names file and line, and what to write there.
func ReadTalks(fsys fs.FS, dir string) ([]Talk, error) {
	talks, err := readEach(fsys, dir, func(file string) (Talk, error) {
		src, err := fs.ReadFile(fsys, file)
		if err != nil {
			return Talk{}, fmt.Errorf("read a talk: %w", err)
		}
		return readTalk(file, string(src))
	})
	slices.SortFunc(talks, func(a, b Talk) int { return strings.Compare(a.ID, b.ID) })
	return talks, err
}

func readTalk(file, src string) (Talk, error) {
	doc, err := parseMarkdown(file, src)
	if err != nil {
		return Talk{}, err
	}
	var front talkFront
	md, err := toml.Decode(doc.front, &front)
	if err != nil {
		return Talk{}, tomlError(file, doc.frontLine, err)
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		return Talk{}, unknownKey(file, doc.frontLine, doc.front, "front matter: ", extra[0].String(),
			"; there are title, for, voice, lens and lengths")
	}
	if err := front.check(file); err != nil {
		return Talk{}, err
	}
	t := Talk{ID: baseName(file), Title: front.Title, For: front.For, Voice: front.Voice, Lens: front.Lens, Lengths: front.Lengths}
	if t.Lens == "" {
		t.Lens = LensOf(t.Voice)
	}
	for i := range doc.sections {
		s, err := t.readScene(file, &doc.sections[i])
		if err != nil {
			return Talk{}, err
		}
		t.Scenes = append(t.Scenes, s)
	}
	return t, t.addsUp(file)
}

func (f *talkFront) check(file string) error {
	switch {
	case f.Title == "" || f.For == "":
		return fmt.Errorf("%s:1: front matter: title and for are both needed, such as for = \"executives\"", file)
	case !slices.Contains(Voices(), f.Voice):
		return fmt.Errorf("%s:1: front matter: voice = %q is not known; write one of %q", file, f.Voice, Voices())
	case len(f.Lengths) == 0 || !slices.IsSorted(f.Lengths) || f.Lengths[0] < 1:
		return fmt.Errorf("%s:1: front matter: lengths is a list of minutes, the shortest first, such as lengths = [5, 10, 20]", file)
	}
	return nil
}

// addsUp reports a length whose scenes take another time.
func (t *Talk) addsUp(file string) error {
	for i, minutes := range t.Lengths {
		var all time.Duration
		for j := range t.Scenes {
			all += t.Scenes[j].Takes[i]
		}
		if want := time.Duration(minutes) * time.Minute; all != want {
			return fmt.Errorf("%s:1: the scenes of the %d minutes take %s together, which is %s %s; change a scene’s Minutes",
				file, minutes, clock(all), clock((all - want).Abs()), map[bool]string{true: "too long", false: "too short"}[all > want])
		}
	}
	return nil
}

// readScene reads a section.
func (t *Talk) readScene(file string, b *section) (Scene, error) {
	known := []string{"At", "Picture", "Ask", "Pass", "Minutes", "Title", "Stage", "Say", "Asked", "Show"}
	for _, f := range b.fields {
		if !slices.Contains(known, f.key) {
			return Scene{}, fmt.Errorf("%s:%d: section %q: %s is not known; there are %s", file, f.line, b.name, f.key, strings.Join(known, ", "))
		}
	}
	text := func(key string) string { return b.get(key).text }
	s := Scene{
		ID: b.name, At: text("At"), Picture: text("Picture"), Ask: text("Ask"),
		Title: text("Title"), Stage: text("Stage"), Say: text("Say"), Show: text("Show"),
	}
	wrong := func(key string, err error) (Scene, error) {
		return s, fmt.Errorf("%s:%d: section %q: %s: %w", file, b.get(key).line, b.name, key, err)
	}
	for _, key := range []string{"Minutes", "Title", "Say"} {
		if text(key) == "" {
			return wrong(key, errors.New("every scene needs it: add a line that begins with "+key+":"))
		}
	}
	if n := given(s.At, s.Picture, s.Ask); n > 1 || n == 0 && s.Stage == "" {
		return s, fmt.Errorf("%s:%d: section %q: a scene shows one thing: write At, Picture or Ask, or Stage alone", file, b.line, b.name)
	}
	var err error
	if s.Takes, err = t.readTakes(text("Minutes")); err != nil {
		return wrong("Minutes", err)
	}
	if pass := text("Pass"); pass != "" {
		if s.Pass, err = time.ParseDuration(pass); err != nil || s.Pass <= 0 {
			return wrong("Pass", fmt.Errorf("%q is no time; write 10m or 1h", pass))
		}
	}
	if s.Asked, err = readReplies(text("Asked")); err != nil {
		return wrong("Asked", err)
	}
	return s, nil
}

func given(texts ...string) (n int) {
	for _, t := range texts {
		if t != "" {
			n++
		}
	}
	return n
}

// readTakes reads "- 0:45 1:30": a time for each length, a dash where the scene is left out.
func (t *Talk) readTakes(text string) ([]time.Duration, error) {
	parts := strings.Fields(text)
	if len(parts) != len(t.Lengths) {
		return nil, fmt.Errorf("%q has %d times and the talk %d lengths %d; write one for each, such as 0:45, or - where the scene is left out",
			text, len(parts), len(t.Lengths), t.Lengths)
	}
	takes := make([]time.Duration, len(parts))
	for i, part := range parts {
		if part == "-" {
			continue
		}
		minutes, seconds, ok := strings.Cut(part, ":")
		m, wrongMinutes := strconv.Atoi(minutes)
		s, wrongSeconds := strconv.Atoi(seconds)
		if !ok || wrongMinutes != nil || wrongSeconds != nil || len(seconds) != 2 || m < 0 || s < 0 || s > 59 || m+s == 0 {
			return nil, fmt.Errorf("%q is no time; write minutes and seconds, such as 0:45", part)
		}
		takes[i] = time.Duration(m)*time.Minute + time.Duration(s)*time.Second
	}
	return takes, nil
}

func clock(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

// readReplies reads a list: each line is a dash, the question up to its mark, and the answer.
func readReplies(text string) ([]Reply, error) {
	if text == "" {
		return nil, nil
	}
	var replies []Reply
	for line := range strings.SplitSeq(text, "\n") {
		item, dash := strings.CutPrefix(line, "- ")
		question, answer, mark := strings.Cut(item, "? ")
		if !dash || !mark {
			return nil, fmt.Errorf("each line is a dash, a question with its mark and the answer, and this is not: %q", line)
		}
		replies = append(replies, Reply{Question: question + "?", Answer: answer})
	}
	return replies, nil
}

// Talks is what can be presented. They are read at the first call; an error
// names the file and the line or the section.
type Talks struct{ read part[[]Talk] }

// All returns the talks in the order of their files.
func (t *Talks) All() ([]Talk, error) { return t.read() }

// Talk returns the talk with that id.
func (t *Talks) Talk(id string) (Talk, bool) {
	all, err := t.read()
	if i := slices.IndexFunc(all, func(one Talk) bool { return one.ID == id }); i >= 0 && err == nil {
		return all[i], true
	}
	return Talk{}, false
}

// texts are the words of the talks; none where they can't be read, which [Talks.All] says.
func (t *Talks) texts() []text {
	var out []text
	for _, t := range t.read.say() {
		out = append(out,
			text{place: "talks/" + t.ID + ", title", kind: "name", voice: t.Voice, body: t.Title},
			text{place: "talks/" + t.ID + ", for", kind: "name", voice: t.Voice, body: t.For})
		for _, s := range t.Scenes {
			place := "talks/" + t.ID + ", " + s.ID
			out = append(out,
				text{place: place + ", Title", kind: "title", voice: t.Voice, body: s.Title},
				text{place: place + ", Stage", kind: "body", voice: t.Voice, body: s.Stage},
				text{place: place + ", Say", kind: "passage", voice: t.Voice, body: s.Say},
				text{place: place + ", Show", kind: "body", voice: t.Voice, body: s.Show})
			for _, r := range s.Asked {
				out = append(out,
					text{place: place + ", Asked", kind: "question", voice: t.Voice, body: r.Question},
					text{place: place + ", Asked", kind: "body", voice: t.Voice, body: r.Answer})
			}
		}
	}
	return out
}
