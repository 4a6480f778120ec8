package serve

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/configfile"
)

// lookEvery is how often the files of the config are looked at. Looking works
// for every kind of folder; being told of changes does not for those that a
// container gets from outside, nor for files that are put in place by a link.
const lookEvery = time.Second

// reloader reads the config again while the server runs.
type reloader struct {
	*succession

	served []stamp
	seen   []stamp // at the last look
}

// stamp is a file at a moment.
type stamp struct {
	name string
	size int64
	at   time.Time
	miss bool
}

// file reports whether there is one to be read again.
func (f *serveFlags) file() bool { return f.config != "" && f.config != "-" }

// begin notes what the files are like that were just read, and from then on
// takes signals; what it returns is follow with the clock of this machine.
func (r *reloader) begin() (run func(context.Context)) {
	if !r.flags.file() {
		return func(context.Context) {} // there is nothing to be read again
	}
	r.served = r.stamps()
	r.seen = r.served
	told, stop := hangups()
	return func(ctx context.Context) {
		defer stop()
		r.tick(ctx, told)
	}
}

func (r *reloader) tick(ctx context.Context, told <-chan os.Signal) {
	ticks := time.NewTicker(lookEvery)
	defer ticks.Stop()
	r.follow(ctx, told, ticks.C)
}

// follow reads the config again when the program is told to, and when a file of
// it was changed, until ctx ends.
func (r *reloader) follow(ctx context.Context, told <-chan os.Signal, ticks <-chan time.Time) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-told:
			r.served = r.stamps()
			r.read()
		case <-ticks:
			r.look()
		}
	}
}

// look reads the config again if a file of it is another than the one that is
// served and stayed the same since the last look: somebody may be writing it.
func (r *reloader) look() {
	now := r.stamps()
	settled := slices.Equal(now, r.seen)
	r.seen = now
	if settled && !slices.Equal(now, r.served) {
		r.served = now
		r.read()
	}
}

// stamps are those of the config file and of the files that it names.
func (r *reloader) stamps() []stamp {
	names := []string{r.flags.config}
	realms := r.front.served.Load().config.Realms
	for i := range realms {
		if name := realms[i].SigningKeysFile; name != "" {
			names = append(names, name)
		}
	}
	var all []stamp
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			all = append(all, stamp{name: name, miss: true})
			continue
		}
		all = append(all, stamp{name: name, size: info.Size(), at: info.ModTime()})
	}
	return all
}

// read puts what the file says in the place of what is served. A file with a
// slip in it changes nothing.
func (r *reloader) read() {
	next, err := r.flags.load(nil)
	if err == nil {
		err = r.serve(next)
	}
	if err == nil {
		r.served = r.stamps() // it may name other files now
		r.seen = r.served
		words := "read again: " + r.flags.config + "; sessions, codes and tokens go on"
		r.lines.line(logged{Event: "config-read", File: r.flags.config, Message: words})
		r.front.tape.Tell(tape.Event{Deed: tape.ConfigChanged, Says: filepath.Base(r.flags.config)})
		return
	}
	o := r.refused(err)
	r.lines.line(o)
	r.front.tape.Tell(tape.Event{Deed: tape.ConfigRefused, Says: filepath.Base(r.flags.config) + ": " + o.Reason})
}

// refused says why a config was not taken, and where.
func (r *reloader) refused(err error) logged {
	o := logged{Event: "config-refused", File: r.flags.config, Message: fmt.Sprintf("nothing was changed: %v", err), Reason: err.Error()}
	var at *configfile.Error
	if errors.As(err, &at) {
		o.Line, o.Reason = at.Line, at.Err.Error()
	}
	var of *mockidp.ConfigError
	if errors.As(err, &of) {
		o.Realm, o.Client, o.Person, o.Scope, o.Keys = of.Realm, of.Client, of.Person, of.Scope, []string{of.Key}
	}
	return o
}
