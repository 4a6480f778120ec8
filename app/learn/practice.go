package learn

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/tutorials"
)

// placeCheck is where people check themselves, in a room of its own.
const placeCheck = "check"

// placeSetup is where a client is set up.
const placeSetup = "setup"

// practice is what there is to try, below the lessons.
func (r *Room) practice() room.Section {
	say := r.manner.Words.Catalog()
	section := room.Section{Title: say.Text("practice.rail")}
	for _, kind := range []string{"be-the-provider", "order", "sees", "which-token", "difference", "again", "record"} {
		row := room.Row{Label: say.Text("practice.kind." + kind), Do: func() { r.window.Go(address.At(placeCheck, kind)) }}
		if due := len(r.tried().Due()); kind == "again" && due > 0 {
			row.Note = say.Count("practice.due", due)
		}
		section.Rows = append(section.Rows, row)
	}
	section.Rows = append(section.Rows, room.Row{
		Label: say.Text("setup.title"), Do: func() { r.window.Go(address.At(placeSetup)) },
	})
	return section
}

// tried is the record that questions of lessons share with all other exercises.
func (r *Room) tried() exercise.Record { return exercise.NewRecord(r.window.Store(), r.options.Now) }

// triedQuestion begins the id that the record files a question under.
const triedQuestion = "question/"

// Finished are the titles of the lessons that were read to their end.
func Finished(store fyne.Preferences, words *tutorials.Library) []string {
	lessons, err := words.Lessons().All()
	if err != nil {
		return nil // the room says so
	}
	var titles []string
	for i := range lessons {
		if slices.Contains(store.StringList(keyFinished), lessons[i].ID) {
			titles = append(titles, lessons[i].Title)
		}
	}
	return titles
}
