package export_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/serve"
)

// machine is one whose clock moves on only while somebody sleeps, so that no
// answer comes of how fast scripts are run: sleep writes down for how long, and
// both date and the provider read that.
type machine struct {
	bin, slept string // the folder of sleep and date; the file with what was slept, a number a line
	start      time.Time
}

func newMachine(t *testing.T) machine {
	t.Helper()
	dir := t.TempDir()
	m := machine{bin: dir, slept: filepath.Join(dir, "slept"), start: time.Now().Truncate(time.Second)}
	for name, script := range map[string]string{
		"sleep": fmt.Sprintf("echo \"$1\" >>'%s'", m.slept),
		"date": fmt.Sprintf("[ \"$1\" = +%%s ] || exit 1\nnow=%d\nwhile read -r s; do now=$((now + s)); done <'%s'\necho \"$now\"",
			m.start.Unix(), m.slept),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(m.slept, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return m
}

// now is what the clock shows. A file that is gone or says no number shows the
// start, and every script in which time passes fails.
func (m machine) now() time.Time {
	raw, _ := os.ReadFile(m.slept)
	slept := 0
	for line := range strings.FieldsSeq(string(raw)) {
		seconds, _ := strconv.Atoi(line)
		slept += seconds
	}
	return m.start.Add(time.Duration(slept) * time.Second)
}

// apis are none: what is put beside the provider is the clock alone.
func (m machine) apis() serve.APIs {
	return serve.APIs{
		Ways: []string{"clock"},
		Ready: func(_ string, cfg mockidp.Config) (mockidp.Config, func(*mockidp.Provider) http.Handler) {
			cfg.Now = m.now
			return cfg, func(p *mockidp.Provider) http.Handler { return p }
		},
	}
}
