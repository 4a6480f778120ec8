package spoken_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/pages"
	"github.com/grantwalk/grantwalk/mockidp/spoken"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

func TestTheEnglishWordsOfTheProviderAreThoseThatItBringsAlong(t *testing.T) {
	say, err := tutorials.Catalog("en")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for id := range pages.English() {
		if text, ok := spoken.Words(say).Find(id); ok {
			found[id] = text
		}
	}
	if diff := cmp.Diff(pages.English(), found); diff != "" {
		t.Errorf("tutorials/en/screen/provider.toml and mockidp/pages/en.json differ:\n%s", diff)
	}
	realm := mockidp.StoryRealm()
	if diff := cmp.Diff(realm, spoken.Realm(realm, say)); diff != "" {
		t.Errorf("tutorials/en/screen/story.toml and the realm of the story differ:\n%s", diff)
	}
}

func TestTheStoryIsToldInTheLanguageOfTheCatalog(t *testing.T) {
	say, err := catalog.Open(fstest.MapFS{
		"de/story.toml":    {Data: []byte("[scope]\nmail-read = \"deine Mails lesen\"\n[person]\njane = \"Reisende\"\n")},
		"de/provider.toml": {Data: []byte("[consent]\nallow = \"Erlauben\"\n")},
	}, "de", "de")
	if err != nil {
		t.Fatal(err)
	}
	before := mockidp.StoryRealm()
	realm := spoken.Realm(before, say)
	told := map[string]string{}
	for _, s := range realm.Scopes {
		told[s.Name] = s.Description
	}
	for _, p := range realm.People {
		told[p.Username] = p.About
	}
	if told["mail.read"] != "deine Mails lesen" || told["jane"] != "Reisende" || told["dana"] != "finance director" {
		t.Errorf("told %v", told)
	}
	if diff := cmp.Diff(mockidp.StoryRealm(), before); diff != "" {
		t.Errorf("the realm that was handed in changed:\n%s", diff)
	}
	if words := spoken.Words(say); words.Tag != "de" || words.Text("consent.allow") != "Erlauben" {
		t.Errorf("the pages say %q in %q", words.Text("consent.allow"), words.Tag)
	}
	if words := spoken.Words(nil); words.Text("consent.allow") != "Allow" {
		t.Errorf("without a catalog the pages speak English, not %q", words.Text("consent.allow"))
	}
}
