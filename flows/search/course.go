package search

import (
	"strconv"

	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Places of what is learnt and taught.
const (
	placeLesson = "lesson"
	PlaceMixUp  = "mix-up"
)

// course is the screens of lessons, what is mixed up, and the papers. What can't
// be read cannot be found; who opens it says why.
func course(words *tutorials.Library) []Entry {
	var all []Entry
	lessons, _ := words.Lessons().All()
	for i := range lessons {
		l := &lessons[i]
		all = append(all, Of(Entry{
			Kind: Lesson, Title: l.Title, Line: l.End[tutorials.Everyone].Keep[0], To: address.At(placeLesson, l.ID),
		}, "", l.ID, words.Catalog().Text("search.lesson", "number", strconv.Itoa(i+1))))
		for j := range l.Screens {
			all = append(all, ofScreen(Lesson, l.Screens[j].Told[tutorials.Everyone].Title, l.Title, address.At(placeLesson, l.ID, l.Screens[j].ID),
				&l.Screens[j]))
		}
	}
	mixUps, _ := words.MixUps().All()
	for i := range mixUps {
		m := &mixUps[i]
		all = append(all, ofScreen(MixUp, m.Title, m.Told[tutorials.Everyone].Title, address.At(PlaceMixUp, m.ID), &m.Screen))
	}
	places := map[string]string{tutorials.PaperStacks: "stack", tutorials.PaperCourses: "course", tutorials.PaperBoard: "board"}
	for _, kind := range []string{tutorials.PaperStacks, tutorials.PaperCourses, tutorials.PaperBoard} {
		papers, _ := words.Papers().Of(kind)
		for i := range papers {
			p := &papers[i]
			said := ""
			for _, b := range p.Blocks {
				said += " " + b.Head + " " + markup.Plain(b.Words) + " " + b.Code
			}
			all = append(all, Of(Entry{Kind: Paper, Title: p.Title, Line: p.Line, To: address.At(places[kind], p.ID)}, said, p.ID, p.Tried))
		}
	}
	return all
}

// ofScreen is found by its title in every voice, and by what it says.
func ofScreen(kind Kind, title, line string, to address.Address, s *tutorials.Screen) Entry {
	said := ""
	var also []string
	for _, v := range tutorials.Voices() {
		told := s.Told[v]
		also = append(also, told.Title)
		for _, p := range told.Words {
			said += " " + markup.Plain(p.Words)
			for _, row := range p.Table.Rows {
				for _, cell := range row {
					said += " " + markup.Plain(cell)
				}
			}
		}
	}
	return Of(Entry{Kind: kind, Title: title, Line: line, To: to}, said, also...)
}
