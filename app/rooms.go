package app

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/lookup"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
)

// rooms are those that were made, and the one that shows.
type rooms struct {
	places []place
	open   func(place) room.Room
	made   map[string]room.Room // by the id of their place
	shown  room.Room            // nil before the first
	here   string               // the id of its place
}

func newRooms(places []place, open func(place) room.Room) *rooms {
	return &rooms{places: places, open: open, made: map[string]room.Room{}}
}

// of is the row to whose room an address that begins so leads; home, where none does.
func (r *rooms) of(head string) (place, bool) {
	i := slices.IndexFunc(r.places, func(p place) bool { return p.id == head || slices.Contains(p.heads, head) })
	if i < 0 {
		return r.places[0], false
	}
	return r.places[i], true
}

// heads are those with which an address can begin.
func (r *rooms) heads() []string {
	var heads []string
	for _, p := range r.places {
		heads = append(append(heads, p.id), p.heads...)
	}
	return heads
}

// at is the room of a place, made when it is needed first.
func (r *rooms) at(p place) room.Room {
	found, made := r.made[p.id]
	if !made {
		found = r.open(p)
		r.made[p.id] = found
	}
	return found
}

// show has the room of a place be the one that shows.
func (r *rooms) show(p place) {
	r.shown, r.here = r.at(p), p.id
}

// title is what the header says of the room; nothing before one shows.
func (r *rooms) title() room.Title {
	if r.shown == nil {
		return room.Title{}
	}
	return r.shown.Title()
}

// readsPages reports whether a page that is looked up opens in the place of the
// room: at home, and where pages are read anyway.
func readsPages(here string) bool { return here == placeHome || here == lookup.Place }

// regions are those of the room that shows.
func (r *rooms) regions() []room.Region {
	if parted, ok := r.shown.(room.Parted); ok {
		return parted.Regions()
	}
	all := room.Region{Area: r.shown.Content()}
	if stops := page.Stops(all.Area); len(stops) > 0 {
		all.First = stops[0]
	}
	return []room.Region{all}
}

// dropped hands files that were let go over the window to the room, if it has use for any.
func (r *rooms) dropped(_ fyne.Position, uris []fyne.URI) {
	if taker, ok := r.shown.(room.Dropper); ok {
		taker.Drop(uris)
	}
}

// tell has every room tell in a manner.
func (r *rooms) tell(m room.Manner) {
	for _, one := range r.made {
		one.Tell(m)
	}
}

// remember has every room keep what the next start should find.
func (r *rooms) remember() {
	for _, one := range r.made {
		one.Remember()
	}
}

// close ends every room.
func (r *rooms) close() error {
	var errs []error
	for _, one := range r.made {
		errs = append(errs, one.Close())
	}
	return errors.Join(errs...)
}
