package guide

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// placesOf lists the places of this room.
func placesOf(say *catalog.Catalog, here address.Address, open func(address.Address)) room.Section {
	section := room.Section{Title: say.Text("guide.rail")}
	for _, place := range Heads() {
		label := say.Text("guide.place." + place)
		section.Rows = append(section.Rows, room.Row{
			Label: label, Sign: string([]rune(label)[:1]), Here: place == here.Place && len(here.Path) == 0,
			Holds: place == here.Place && len(here.Path) > 0, Do: func() { open(address.At(place)) },
		})
	}
	return section
}

// Rail lists the pages of the place that is open, and the other places.
func (r *Room) Rail() []room.Section {
	say := r.manner.Words.Catalog()
	pages := room.Section{}
	if r.to.Place != Place {
		pages.Title = say.Text("guide.place." + r.to.Place)
	}
	for i, id := range r.ids(r.to.Place) {
		to := address.At(r.to.Place, id)
		pages.Rows = append(pages.Rows, room.Row{
			Label: Named(r.manner, to), Sign: strconv.Itoa(i + 1), Here: r.to.Equal(to), Do: func() { r.window.Go(to) },
		})
	}
	here := r.to
	if here.Place == PlaceChooser { // its questions have no rows
		here.Path = nil
	}
	places := placesOf(say, here, r.window.Go)
	places.Rows = append(places.Rows, room.Row{
		Label: say.Text("guide.lessons"), Sign: "←", Do: func() { r.window.Go(address.At("learn")) },
	})
	if len(pages.Rows) == 0 {
		return []room.Section{places}
	}
	return []room.Section{places, pages}
}

// Commands turn the page, and go from page to page.
func (r *Room) Commands() []room.Command {
	say := r.manner.Words.Catalog()
	var table []room.Command
	for _, place := range Heads() {
		table = append(table, room.Command{
			ID: "guide." + place, Menu: room.MenuGo, Words: say.Text("guide.place." + place), On: r.to.Place == place,
			Do: func() { r.window.Go(address.At(place)) },
		})
	}
	for _, way := range []struct {
		id   string
		by   int
		keys []room.Key
	}{{"next", 1, room.Keys(fyne.KeyRight)}, {"back", -1, room.Keys(fyne.KeyLeft)}} {
		to := r.beside(way.by)
		table = append(table, room.Command{
			ID: "guide." + way.id, Menu: room.MenuGo, Words: say.Text("guide." + way.id), Keys: way.keys, Off: to.IsZero(),
			Do: func() { r.window.Go(to) },
		})
	}
	for i, letter := range []fyne.KeyName{fyne.KeyA, fyne.KeyB, fyne.KeyC} {
		table = append(table, room.Command{
			ID: "page.choose-" + string(letter), Words: say.Text("guide.choose"), Keys: room.Keys(letter), Off: r.option(i) == "",
			Do: func() { r.choose(r.option(i)) },
		})
	}
	return append(table, room.Turning("page.turn", say.Text("guide.turn"), r.scroll,
		fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd)...)
}

// beside is the address of the page before or after this one, zero where there is none.
func (r *Room) beside(by int) address.Address {
	ids := r.ids(r.to.Place)
	for i, id := range ids {
		if id == r.to.Part(0) && i+by >= 0 && i+by < len(ids) {
			return address.At(r.to.Place, ids[i+by])
		}
	}
	return address.Address{}
}
