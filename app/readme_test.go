//go:build !race

package app

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/room"
)

var update = flag.Bool("update", false, "write the table of keys into the README")

// keysTable is the list of keys as the README shows it: two lists side by side.
func keysTable(lines []room.Line) string {
	var b strings.Builder
	b.WriteString("| key | does | key | does |\n|---|---|---|---|\n")
	half := (len(lines) + 1) / 2
	for i, l := range lines[:half] {
		var r room.Line
		if half+i < len(lines) {
			r = lines[half+i]
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", l.Keys, l.Words, r.Keys, r.Words)
	}
	return b.String()
}

func TestTheREADMEListsTheKeysThatTheCommandsHave(t *testing.T) {
	const file = "../README.md"
	w := opening(t, looktest.Bare(t), Options{})
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	table := regexp.MustCompile(`(?m)^### Keys\n\n((?:\|.*\n)+)`).FindSubmatchIndex(text)
	if table == nil {
		t.Fatal("the README has no table below “Keys”")
	}
	want := keysTable(room.Lines(w.table()))
	if got := string(text[table[2]:table[3]]); got == want {
		return
	}
	if !*update {
		t.Fatalf("the README lists other keys than the commands have; go test ./app -run README -update writes:\n%s", want)
	}
	if err := os.WriteFile(file, []byte(string(text[:table[2]])+want+string(text[table[3]:])), 0o600); err != nil {
		t.Fatal(err)
	}
}
