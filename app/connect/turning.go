package connect

import "fyne.io/fyne/v2"

// turn is part of leaves.
func (r *Room) turn(to leaf) {
	if r.page != to {
		r.sheet.scroll.Rewind()
	}
	r.page = to
	r.show(0)
}

// stay is part of leaves.
func (r *Room) stay(at leaf) {
	r.newest = false
	r.turn(at)
}

// gone is part of leaves.
func (r *Room) gone(one leaf) {
	if r.page == one {
		r.turn(r.addresses)
	}
}

// shows is part of leaves.
func (r *Room) shows(one leaf) bool { return r.login.number == 0 && r.page == one }

// showLogin is part of leaves.
func (r *Room) showLogin(number int) {
	r.newest = false
	r.show(number)
}

// redraw is part of leaves.
func (r *Room) redraw() { r.show(r.login.number) }

// show shows a login, or without one the page.
func (r *Room) show(number int) {
	r.login.show(number)
	r.draw()
	r.window.Changed()
}

// draw puts into the window what shows.
func (r *Room) draw() {
	now := r.page
	if r.login.number > 0 {
		now = r.login
	}
	if o := now.draw(); o != nil {
		r.put(o)
	}
}

// put hides everything else.
func (r *Room) put(o fyne.CanvasObject) {
	for _, other := range r.content.Objects {
		if other != o {
			other.Hide()
		}
	}
	o.Show()
	o.Refresh()
}

// news takes in what crossed since.
func (r *Room) news() {
	r.exam.sit()
	if r.server == nil || r.book.paused {
		return
	}
	held, setup := r.server.read()
	if held {
		r.held.look()
	}
	if setup && r.server.operable() {
		r.server.learnRealms()
	}
	now := r.login.number
	to := now
	if newest := r.server.log.Newest(); r.newest && newest > 0 && r.page == r.addresses {
		to = newest
	}
	working := to == 0 && r.page.holds()
	reading := to > 0 && to == now && !r.login.stale()
	if working || reading {
		r.window.Changed() // only the list has something new
		return
	}
	r.show(to)
}

// latest lets whichever login is the newest show.
func (r *Room) latest() {
	r.newest = !r.newest
	r.news()
	r.window.Changed()
}

// pause keeps what shows as it is; what crosses meanwhile is read afterwards.
func (r *Room) pause() {
	r.book.paused = !r.book.paused
	r.news()
	if r.shows(r.book) {
		r.redraw() // its button is on now, or off
	}
	r.window.Changed()
}

// clear shows only what comes from now on.
func (r *Room) clear() {
	if r.server == nil {
		return
	}
	r.server.log.Clear()
	r.newest = true
	r.show(0)
}
