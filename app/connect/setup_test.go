//go:build !race

package connect

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp/serve"
	"github.com/grantwalk/grantwalk/tutorials"
)

const shopText = `# Ask Ann.
[[realm]]
name = "shop"

[[realm.client]]
client_id = "web" # as in production
redirect_uris = ["http://localhost:3000/callback"]

[[realm.person]]
username = "ann"
password = "ann"
claims = { name = "Ann", age = 7 }
`

// setsUp serves a file, or the lessons, and shows who can log in.
func setsUp(t *testing.T, text string) (d *desk, file string) {
	t.Helper()
	d = connecting(t, tutorials.Developer)
	if text != "" {
		file = filepath.Join(t.TempDir(), "idp.toml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d.room.start.config.SetText(file)
	s, err := serve.Inside(t.Context(), tape.Wish{Listen: "127.0.0.1:0", Config: file}, serve.APIs{})
	if err != nil {
		t.Fatal(err)
	}
	d.room.begin(s, true)
	d.do("live.setup")
	return d, file
}

// opens presses the name of an entry.
func (d *desk) opens(list, name string) {
	d.t.Helper()
	for i := range d.room.setup.Lists[list] {
		if d.room.setup.nameOf(list, i) == name {
			d.room.setup.fill(list, i)
			return
		}
	}
	d.t.Fatalf("%s is not in the list", name)
}

// types writes into the field of a key.
func (d *desk) types(key, text string) {
	d.t.Helper()
	i := slices.IndexFunc(d.room.setup.entry.boxes, func(b *entryBox) bool { return b.Name == key })
	if b := d.room.setup.entry.boxes[i]; b.field != nil {
		b.field.SetText(text)
	} else {
		b.on = text == "true"
	}
}

func (d *desk) names(list string) []string {
	var names []string
	for i := range d.room.setup.Lists[list] {
		names = append(names, d.room.setup.nameOf(list, i))
	}
	return names
}

func TestAClientIsAddedChangedAndRemovedWhileItIsServed(t *testing.T) {
	d, _ := setsUp(t, shopText)
	d.says(d.room.sheet, "Who can log in here")
	d.room.setup.fill("client", -1)
	d.says(d.room.sheet, "redirect_uris")
	if d.shown == nil {
		t.Error("the keyboard is not in the first field of a new client")
	}
	d.types("client_id", "tv")
	d.types("grant_types", "urn:ietf:params:oauth:grant-type:device_code")
	d.types("trusted", "true")
	d.room.setup.entry.save()
	if got := d.names("client"); !slices.Equal(got, []string{"web", "tv"}) || d.room.setup.entry != nil {
		t.Fatalf("the clients are %q; %s", got, d.room.sheet.words())
	}
	if c := d.room.server.Realms[0].Clients; len(c) != 2 {
		t.Errorf("the page of addresses has %+v", c)
	}
	d.opens("client", "tv")
	d.says(d.room.sheet, "Client tv")
	d.types("client_id", "screen")
	d.room.setup.entry.save()
	d.opens("client", "screen")
	d.room.setup.entry.remove()
	if got := d.names("client"); !slices.Equal(got, []string{"web"}) {
		t.Errorf("the clients are %q", got)
	}
	d.room.turn(d.room.addresses)
	d.says(d.room.sheet, "The setup was changed: client tv.")
	d.says(d.room.sheet, "Taken out of the setup: client screen.")
}

func TestALongValueIsReadWholeAndEachOfSeveralInARowOfItsOwn(t *testing.T) {
	d, _ := setsUp(t, shopText)
	d.opens("client", "web")
	where := []string{"http://localhost:8080/callback", "http://localhost:8080/" + strings.Repeat("deep/", 40)}
	d.types("redirect_uris", strings.Join(where, "\n"))
	d.room.setup.entry.save()
	if d.room.setup.entry != nil {
		t.Fatalf("it is not served: %s", d.room.setup.entry.wrong)
	}
	if got := d.room.server.Realms[0].Clients[0].RedirectURIs; !slices.Equal(got, where) {
		t.Errorf("it may be sent back to %q", got)
	}
	d.opens("client", "web")
	high := map[string]float32{}
	for _, b := range d.room.setup.entry.boxes {
		if b.field != nil {
			high[b.Name] = b.field.MinSize().Height
		}
	}
	if high["redirect_uris"] < 3*high["client_id"] {
		t.Errorf("an address of four rows and one of one stand in %v, and a name in %v", high["redirect_uris"], high["client_id"])
	}
}

func TestAFormStaysOpenWhileLoginsCome(t *testing.T) {
	d := connecting(t, tutorials.Developer)
	d.press(fyne.KeyS)
	d.room.turn(d.room.setup)
	d.service("my-service-secret")
	if d.room.page != d.room.setup || d.room.login.number != 0 {
		t.Errorf("a login that came took the form away: page %T, login %d", d.room.page, d.room.login.number)
	}
	d.room.turn(d.room.addresses)
	d.service("my-service-secret")
	if d.room.login.number == 0 {
		t.Error("where nothing else is open, the newest login does not show")
	}
}

func TestASlipStandsOverTheFormAndLeadsToItsField(t *testing.T) {
	d, _ := setsUp(t, shopText)
	d.opens("client", "web")
	d.types("redirect_uris", "http://elsewhere.example/callback")
	d.room.setup.entry.save()
	d.says(d.room.sheet, "http is for loopback only (RFC 9700 section 2.6); use https, or plain_http = true")
	i := slices.IndexFunc(d.room.setup.entry.boxes, func(b *entryBox) bool { return b.Name == "redirect_uris" })
	if d.shown != d.room.setup.entry.boxes[i].field.Field {
		t.Error("the keyboard is not in the field that has the slip")
	}
	d.types("jwks", "no json")
	d.room.setup.entry.save()
	d.says(d.room.sheet, "jwks has to be written out")
	d.room.setup.fill("person", -1)
	d.room.setup.entry.save()
	d.says(d.room.sheet, "username must not be empty")
}

func TestWhatWasSavedUnchangedIsAsItWas(t *testing.T) {
	d, file := setsUp(t, shopText)
	for list, name := range map[string]string{"client": "web", "person": "ann"} {
		d.opens(list, name)
		d.room.setup.entry.save()
	}
	d.room.setup.writeFile(false)
	if text, err := os.ReadFile(file); err != nil || string(text) != shopText {
		t.Errorf("%v: the file is\n%s", err, text)
	}
}

func TestChangesAreWrittenIntoTheFileWhenAsked(t *testing.T) {
	d, file := setsUp(t, shopText)
	d.opens("person", "ann")
	d.types("password", "better")
	d.room.setup.entry.save()
	d.says(d.room.sheet, "One change is not in idp.toml yet.")
	theirs := strings.Replace(shopText, "Ask Ann.", "Ask Bob.", 1)
	if err := os.WriteFile(file, []byte(theirs), 0o600); err != nil {
		t.Fatal(err)
	}
	d.room.setup.writeFile(false)
	d.says(d.room.sheet, "Somebody else has changed idp.toml since your first change.")
	if text, err := os.ReadFile(file); err != nil || string(text) != theirs {
		t.Errorf("%v: it was written all the same:\n%s", err, text)
	}
	d.room.setup.writeFile(true)
	text, err := os.ReadFile(file)
	if want := strings.Replace(theirs, `password = "ann"`, `password = "better"`, 1); err != nil || string(text) != want {
		t.Errorf("%v: the file is\n%s", err, text)
	}
	d.says(d.room.sheet, "All that is served is in idp.toml.")
}

func TestWhatComesFromNoFileIsSavedAsOne(t *testing.T) {
	d, _ := setsUp(t, "")
	d.says(d.room.sheet, "What is served does not come from a file.")
	d.opens("person", "jane")
	d.types("about", "somebody with a new word")
	d.room.setup.entry.save()
	d.room.setup.writeFile(false)
	if text := d.saved.String(); !strings.Contains(text, `about = "somebody with a new word"`) || !strings.Contains(text, "[[realm.client]]") {
		t.Errorf("saved is\n%.400s", text)
	}
}

func TestEveryKeyOfAFormCanBeShown(t *testing.T) {
	d, _ := setsUp(t, shopText)
	d.opens("client", "web")
	if strings.Contains(d.room.sheet.words(), "frontchannel_logout_uri") {
		t.Error("a form shows every key at once")
	}
	d.room.setup.entry.all = true
	d.room.redraw()
	d.says(d.room.sheet, "frontchannel_logout_uri")
}
