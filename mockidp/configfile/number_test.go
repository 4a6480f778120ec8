package configfile

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

// numeric are the keys that hold a number or a length of time, by the place that
// they stand at in a file.
func numeric() map[string][]string {
	places := map[reflect.Type][]string{
		reflect.TypeFor[mockidp.Realm](): {"[[realm]]\nname = \"a\"\n"},
		reflect.TypeFor[mockidp.Lifetimes](): {
			"[[realm]]\nname = \"a\"\n[realm.lifetimes]\n",
			"[[realm]]\nname = \"a\"\n[[realm.client]]\nclient_id = \"c\"\nredirect_uris = [\"https://c.example/\"]\n[realm.client.lifetimes]\n",
		},
		reflect.TypeFor[mockidp.Client](): {
			"[[realm]]\nname = \"a\"\n[[realm.client]]\nclient_id = \"c\"\nredirect_uris = [\"https://c.example/\"]\n",
		},
		reflect.TypeFor[mockidp.Fault](): {
			"[[realm]]\nname = \"a\"\n[[realm.fault]]\nkind = \"delay\"\n", "[[realm]]\nname = \"a\"\n[[realm.fault]]\nkind = \"move-clock\"\n",
		},
	}
	found := map[string][]string{}
	for _, table := range tables() {
		for _, k := range table.keys {
			field, _ := table.of.FieldByName(k.field)
			if of := elementOf(field.Type); of.Kind() != reflect.Int && of != reflect.TypeFor[time.Duration]() {
				continue
			}
			places := places[table.of]
			if len(places) == 0 {
				places = []string{table.header + "\n"} // which no file of ours can be read with, so the test fails
			}
			for _, place := range places {
				found[place] = append(found[place], k.name)
			}
		}
	}
	return found
}

// A number that makes no sense is refused with its line and its key, and with
// what could be written instead.
func TestNumbersThatMakeNoSenseAreRefusedWithAWayOut(t *testing.T) {
	wayOut := regexp.MustCompile(`(leave it out|must be (between|from|more than) .* (and|to|at most) |whole number|a text with a unit)`)
	seen := 0
	for place, names := range numeric() {
		for _, name := range names {
			for _, value := range []string{"-1", "-9223372036854775808", "9223372036854775807", `"-1s"`, `"999999h"`, "1.5"} {
				text := place + name + " = " + value + "\n"
				line := fmt.Sprintf("idp.toml: line %d: ", strings.Count(text, "\n"))
				err := served(text)
				if err == nil || !strings.HasPrefix(err.Error(), line) || !strings.Contains(err.Error(), name) || !wayOut.MatchString(err.Error()) {
					t.Errorf("%s\n got %v\nwant %s, %s, and what to write instead", text, err, line, name)
				}
				seen++
			}
		}
	}
	if seen < 20*6 {
		t.Errorf("only %d were tried", seen)
	}
}

// served reads a file, and makes a provider of it.
func served(text string) error {
	f, err := Read("idp.toml", text)
	if err != nil {
		return err
	}
	f.Config.BaseURL = "https://idp.example"
	p, err := mockidp.New(f.Config)
	if err != nil {
		return f.Explain(err)
	}
	return p.Close()
}
