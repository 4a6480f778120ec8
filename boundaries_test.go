package main_test

import (
	"cmp"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/grantwalk/grantwalk"

// boundary is one row of the table: what a folder is for decides what it may know.
type boundary struct {
	may []string // folders of ours; "x/*" is every folder under x
	use []string // modules of others; the standard library is free to all
	why string   // said when the row is broken
}

// boundaries says who may import whom; everything else is forbidden. Tests may import more: see forTests.
func boundaries() map[string]boundary {
	return map[string]boundary{
		".": {
			may: []string{
				"app/launch", "flows/cli", "flows/cli/diagnose", "flows/cli/usage", "flows/tape", "mockidp/examine", "mockidp/onstage", "mockidp/serve",
			},
			use: []string{"github.com/spf13/cobra"},
			why: "main puts the parts together and holds none of their work",
		},
		"app": {
			may: []string{
				"app/connect", "app/look", "app/page", "app/room", "app/frame", "app/guide", "app/home", "app/learn", "app/lookup", "app/picker",
				"app/practice", "app/present", "app/search", "app/walk", "flows/address", "tutorials", "assets",
			},
			use: []string{"fyne.io/fyne/v2", "github.com/go-gl/glfw/v3.4/glfw"}, // Fyne does not say how large the screen is
			why: "the window is the frame around its rooms; it names each in one row and must not know what it shows. " +
				"It goes from one to the other by addresses, and keeps the way back, so it knows those and nothing behind them",
		},
		"app/frame": {
			may: []string{"app/look", "app/page", "app/room", "assets", "tutorials/catalog"},
			use: []string{"fyne.io/fyne/v2"},
			why: "header, rail and menus show what they are told and tell what was pressed; they can know neither window nor room",
		},
		"app/home": {
			may: []string{"flows/address", "app/look", "app/page", "app/room", "assets", "tutorials/catalog"},
			use: []string{"fyne.io/fyne/v2"},
			why: "doors say how it is told behind them and the window opens them; home can know no other room",
		},
		"app/learn": {
			may: []string{
				"app/look", "app/page", "app/room", "assets", "flows", "flows/address", "flows/ask", "flows/exercise", "flows/stage", "flows/telling/markup",
				"flows/trace", "tutorials", "tutorials/leaflet",
			},
			use: []string{"fyne.io/fyne/v2"},
			why: "lessons are words, and runs that answer questions; a room knows no other room",
		},
		"app/guide": {
			may: []string{"app/look", "app/page", "app/room", "assets", "flows/address", "tutorials", "tutorials/catalog", "tutorials/leaflet"},
			use: []string{"fyne.io/fyne/v2"},
			why: "its pages are words and pictures, which tests hold to runs; it walks nothing and knows no other room",
		},
		"app/present": {
			may: []string{
				"app/look", "app/page", "app/room", "flows/address", "flows/pen", "flows/stage", "flows/talk", "flows/talk/deck", "flows/talk/sheet",
				"flows/telling/palette", "tutorials", "tutorials/catalog",
			},
			use: []string{"fyne.io/fyne/v2"},
			why: "a stage shows what was made ready and a speaker what to say of it; a room knows no other room",
		},
		"app/lookup": {
			may: []string{"app/look", "app/page", "app/room", "flows/address", "flows/lookup", "flows/search", "tutorials"},
			use: []string{"fyne.io/fyne/v2"},
			why: "a room shows pages and asks the window to go where a link leads; it knows no other room and walks nothing",
		},
		"app/connect": {
			may: []string{
				"app/look", "app/page", "app/player", "app/room", "flows/address", "flows/diagnosis", "flows/exam", "flows/export", "flows/intake",
				"flows/live", "flows/logins", "flows/stage", "flows/tape", "flows/trace", "tutorials", "tutorials/examreport", "tutorials/explain",
			},
			use: []string{"fyne.io/fyne/v2"},
			why: "it shows what somebody's own app did; who serves that app the window is told, and how its logins fail others know",
		},
		"app/practice": {
			may: []string{
				"app/look", "app/page", "app/room", "assets", "flows", "flows/address", "flows/exercise", "flows/setup", "flows/stage",
				"flows/telling/markup", "tutorials",
			},
			use: []string{"fyne.io/fyne/v2"},
			why: "it asks and shows what the provider decided; it decides nothing itself, and knows no other room",
		},
		"app/picker": {
			may: []string{"app/look", "app/page", "tutorials/catalog"},
			use: []string{"fyne.io/fyne/v2"},
			why: "it reads folders and tells which file was picked; what is read or written there is the window's business",
		},
		"app/search": {
			may: []string{"app/look", "app/page", "app/room", "flows/address", "flows/search", "tutorials", "tutorials/catalog"},
			use: []string{"fyne.io/fyne/v2"},
			why: "it shows what an index finds among words and commands, and tells what was picked; where that leads is the window's business",
		},
		"app/walk": {
			may: []string{
				"flows/address", "app/look", "app/page", "app/room", "app/player", "app/inspector", "app/workbench", "flows", "flows/export", "flows/lifetime", "flows/stage",
				"flows/telling/markup", "flows/token", "flows/trace", "tutorials", "tutorials/handout",
			},
			use: []string{"fyne.io/fyne/v2"},
			why: "a room shows what flows recorded and decides no rule; it asks the window through app/room and knows no other room",
		},
		"app/launch": {
			may: []string{
				"app", "app/connect", "app/walk", "app/player", "flows", "flows/cli", "flows/cli/usage", "flows/export", "flows/stage", "flows/tape", "tutorials",
				"tutorials/catalog",
			},
			use: []string{"github.com/spf13/cobra"},
			why: "it reads the command line and opens the window; whatever draws would follow it into the program without one",
		},
		"app/look": {
			may: []string{"flows/telling/palette"},
			use: []string{"fyne.io/fyne/v2"},
			why: "colours and sizes by role; whoever draws asks it, so it can know none of them",
		},
		"app/look/looktest": {
			may: []string{"app/look"},
			use: []string{"fyne.io/fyne/v2"},
			why: "it hands tests an app of the toolkit, whatever is drawn there",
		},
		"app/page": {
			may: []string{"app/look", "flows/elide", "flows/pen/outline", "flows/telling/markup"},      // how words are marked, not what they say
			use: []string{"fyne.io/fyne/v2", "github.com/fyne-io/oksvg", "github.com/srwiley/rasterx"}, // Fyne draws pictures while all waits
			why: "every screen is made of it, so it can know none of them: no flow, no message, no words",
		},
		"app/diagram": {
			may: []string{"app/look", "flows/elide"},
			use: []string{"fyne.io/fyne/v2"},
			why: "it draws lanes and arrows and must not learn what they mean, or the next flow changes the widget",
		},
		"app/inspector": {
			may: []string{"app/look", "app/page", "flows/elide", "flows/trace", "flows/lifetime", "flows/telling", "flows/telling/markup", "tutorials/catalog"},
			use: []string{"fyne.io/fyne/v2"},
			why: "it shows one message as it is given; it verifies nothing and calls nobody",
		},
		"app/workbench": {
			may: []string{"app/look", "app/page", "flows/trace", "flows/token", "flows/pkce", "tutorials/catalog"},
			use: []string{"fyne.io/fyne/v2"},
			why: "a workbench shows what it is given and what the rules make of it; it needs no run and no words of its own",
		},
		"app/room": {
			may: []string{"flows/address", "app/look", "app/page", "tutorials", "tutorials/catalog"},
			use: []string{"fyne.io/fyne/v2"},
			why: "it says what a screen is and what it may ask of the window; it can know neither of them, and nothing that a screen shows",
		},
		"app/player": {
			may: []string{
				"app/look", "app/room", "app/page", "app/diagram", "app/inspector",
				"flows", "flows/*", "tutorials", "tutorials/catalog", "tutorials/handout", "assets",
			},
			use: []string{"fyne.io/fyne/v2", "github.com/go-jose/go-jose/v4", "rsc.io/qr"}, // a TV shows a code that phones can read
			why: "it moves a cursor over a trace; who answers the requests is no business of a screen",
		},
		"flows": {
			may: []string{"flows/trace", "flows/stage", "tutorials/catalog"},
			why: "a flow is handed the provider as an http.Handler, so that any provider can be walked",
		},
		"flows/cli": {
			may: []string{
				"flows", "flows/address", "flows/ask", "flows/cli/usage", "flows/export", "flows/stage", "flows/talk", "flows/talk/deck",
				"flows/telling/markup", "flows/trace", "tutorials", "tutorials/catalog", "tutorials/handout", "tutorials/leaflet",
			},
			use: []string{"github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term"},
			why: "the terminal plays a flow and tells it; who answers the requests main tells it, as it tells the window",
		},
		"flows/cli/usage": {
			may: []string{"flows/spelling", "tutorials", "tutorials/catalog"}, // which languages there are, and what is said in them
			use: []string{"github.com/jeandeaual/go-locale", "github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term"},
			why: "every command speaks of a slip in the same way, so this can know none of them",
		},
		"flows/cli/script": {
			may: []string{"flows/cli/usage"},
			use: []string{"github.com/rogpeppe/go-internal", "github.com/spf13/cobra"},
			why: "tests of every command type through it; what they type is theirs",
		},
		"flows/trace": {
			why: "both ends of every arrow share it, so it can belong to neither",
		},
		"flows/elide": {
			why: "a text is shortened in one way, whoever measures its room: a window, a terminal, a picture",
		},
		"flows/spelling": {
			why: "how far two words are apart is the same for flags, addresses, keys of a file and grants",
		},
		"flows/tape": {
			may: []string{"flows/trace"},
			why: "it writes down what any handler receives and answers, and must not care whose it is",
		},
		"flows/rule": {
			may: []string{"flows/trace"},
			why: "every party holds what it is sent to rules of one shape; the engine knows no rule and no party",
		},
		"flows/internal/transcript": {
			may: []string{"flows/trace", "flows/harmless"},
			why: "golden files must not change because an export does, and the program has no use for it",
		},
		"flows/token": {
			may: []string{"flows/rule", "flows/trace"},
			use: []string{"github.com/go-jose/go-jose/v4"},
			why: "who verifies a token says what it verified, and needs nobody of the cast for that",
		},
		"flows/pkce": {
			may: []string{"flows/rule", "flows/trace"},
			why: "the arithmetic of PKCE and its rules are the same for everybody who shows them",
		},
		"flows/lifetime": {
			may: []string{"flows/trace", "tutorials/catalog"},
			why: "how long something is good is read from the messages alone",
		},
		"flows/stage": {
			may: []string{"flows/rule", "flows/trace", "flows/token", "tutorials/catalog"},
			use: []string{"github.com/go-jose/go-jose/v4", "golang.org/x/net"},
			why: "the cast talks to the provider over the network alone; importing it would let them cheat",
		},
		"flows/secret/names": {
			why: "what is a secret by its name is known to whoever shows a single value, the provider's own diagnosis among them",
		},
		"flows/logins": {
			may: []string{"flows/trace"},
			why: "exchanges are joined by what crossed, whoever recorded them; what went wrong is for others to say",
		},
		"flows/diagnosis": {
			may: []string{"flows/spelling", "flows/logins", "flows/rule", "flows/secret/names", "flows/trace"},
			why: "a cause is looked for in the exchanges alone, so that a test of a Go program can have it without words and screens",
		},
		"flows/live": {
			may: []string{"flows", "flows/diagnosis", "flows/logins", "flows/tape", "flows/trace"},
			why: "what a client did is told as a walk, wherever it was recorded; no screen and no server is needed for that",
		},
		"flows/exam": {
			may: []string{"flows/logins", "flows/tape", "flows/trace"},
			why: "what a client noticed is found out by what crossed; who makes the trouble it is handed, and words stand above",
		},
		"flows/exam/drive": {
			may: []string{"flows/exam"},
			use: []string{"golang.org/x/net"},
			why: "it is a browser without a screen for any app and any provider, and judges nothing but whether somebody is logged in",
		},
		"flows/intake": {
			may: []string{"flows/diagnosis", "flows/export", "flows/trace"},
			use: []string{"golang.org/x/text"},
			why: "what somebody brings becomes exchanges; what is wrong in them the causes say, and who reads it the command",
		},
		"flows/cli/diagnose": {
			may: []string{
				"flows/cli/usage", "flows/diagnosis", "flows/intake", "flows/logins", "flows/trace", "tutorials", "tutorials/catalog",
				"tutorials/explain",
			},
			use: []string{"github.com/spf13/cobra"},
			why: "it reads, has it judged and has it told; it knows no cause by name",
		},
		"tutorials/explain": {
			may: []string{"flows/diagnosis", "flows/harmless", "flows/report", "flows/telling/markup", "flows/trace", "tutorials"},
			why: "a terminal, a log and a CI server are told the same of a diagnosis; what there is to say the causes say",
		},
		"tutorials/examreport": {
			may: []string{
				"flows/exam", "flows/harmless", "flows/report", "flows/telling/markup", "flows/telling/palette", "tutorials", "tutorials/leaflet",
			},
			why: "a terminal, a page, a program and a CI server are told the same of an exam; what came of it the exam says",
		},
		"flows/report": {
			may: []string{"flows/harmless"},
			why: "a terminal, a program and a CI server read every report in the same forms; what there is to say its callers know",
		},
		"flows/harmless": {
			why: "what a value could do to a reader is the same in every format, and needs nobody else",
		},
		"flows/secret": {
			may: []string{"flows/trace", "flows/harmless", "flows/secret/names"},
			use: []string{"golang.org/x/net"},
			why: "what is a secret goes by the names of the standards, for everybody who shows or hides one",
		},
		"flows/address": {
			may: []string{"flows/spelling", "flows", "flows/stage", "flows/trace"},
			why: "an address says where something is; what stands there is the business of whoever opens it",
		},
		"flows/lookup": {
			may: []string{"flows", "flows/address", "flows/search", "flows/telling/markup", "tutorials"},
			why: "a page says what something means and where it is seen, by a table; to walk there is somebody else's business",
		},
		"flows/search": {
			may: []string{"flows/spelling", "flows", "flows/address", "flows/stage", "flows/telling/markup", "tutorials"},
			why: "whatever has words can be found; what is found has an address, and opening it is somebody else's business",
		},
		"flows/ask": {
			may: []string{"flows/telling", "flows/trace"},
			use: []string{"github.com/expr-lang/expr"},
			why: "a question is put to a recorded run, whoever asks it",
		},
		"flows/exercise": {
			may: []string{"flows", "flows/address", "flows/stage", "flows/telling", "flows/telling/palette", "flows/trace", "tutorials"},
			why: "it brings a request to whoever decides and makes questions of a run; who decides it is handed, and who shows it is no business of its",
		},
		"flows/setup": {
			may: []string{"flows", "flows/address", "flows/ask", "flows/stage", "flows/trace"},
			why: "what a client is set up to is played and not judged; whoever decides is handed to it, and a form is drawn by somebody else",
		},
		"flows/telling": {
			may: []string{"flows/trace", "flows/token", "flows/harmless", "flows/secret", "flows/telling/markup", "tutorials/catalog"},
			why: "what is said of a run is said once, below everybody who shows it; so it can know no pen and no screen",
		},
		"flows/telling/chart": {
			may: []string{"flows/trace", "flows/telling"},
			why: "what stands in the diagram is the same on a screen and on paper; how large it is, only a pen knows",
		},
		"flows/telling/palette": {
			why: "each colour is written down once, by its role, for the theme of the window and for what is written to files",
		},
		"flows/pen/outline": {
			use: []string{"github.com/srwiley/rasterx", "golang.org/x/image"},
			why: "it fills outlines, for the window and for exports; whose they are it can't know",
		},
		"flows/pen": {
			may: []string{"flows/elide", "flows/pen/outline"},
			use: []string{"github.com/fyne-io/oksvg", "github.com/srwiley/rasterx", "golang.org/x/image"}, // illustrations are SVG
			why: "a pen draws what it is told, on paper or as pixels; what that means it can't know",
		},
		"flows/talk": {
			may: []string{
				"flows", "flows/address", "flows/ask", "flows/export", "flows/stage", "flows/telling", "flows/telling/chart", "flows/telling/markup",
				"flows/trace", "tutorials", "tutorials/catalog", "tutorials/handout",
			},
			why: "a talk is words and the runs that they show; who answers the runs it is handed, and how it looks it can't know",
		},
		"flows/talk/deck": {
			may: []string{"flows/pen", "flows/talk", "flows/talk/sheet", "flows/telling/markup", "flows/telling/palette", "tutorials/catalog"},
			use: []string{"rsc.io/qr"}, // a handout shows a code that phones can read
			why: "a file is made of the same slides as the stage; it plays nothing, and what is said besides it is handed",
		},
		"flows/talk/sheet": {
			may: []string{"assets", "flows/elide", "flows/pen", "flows/talk", "flows/telling", "flows/telling/chart", "flows/telling/palette", "flows/trace"},
			why: "a slide is laid out once for every pen; it plays nothing and knows no screen",
		},
		"flows/telling/markup": {
			use: []string{"github.com/yuin/goldmark"},
			why: "how words are marked is the same for everybody who writes or shows them, and knows no run",
		},
		"flows/export": {
			may: []string{
				"flows/trace", "flows/elide", "flows/harmless", "flows/pen", "flows/secret", "flows/telling", "flows/telling/*", "tutorials/catalog",
			},
			use: []string{"github.com/mattn/go-runewidth", "golang.org/x/net"},
			why: "an export is a view of the trace; what the trace lacks, no export may know",
		},
		"mockidp": {
			may: []string{
				"flows/diagnosis", "flows/logins", "flows/rule", "flows/spelling", "flows/tape", "flows/trace", "mockidp/internal/*", "mockidp/pages",
			},
			use: []string{"github.com/go-jose/go-jose/v4", "github.com/google/uuid"},
			why: "the provider serves real clients too; it must not know that it is on a stage, and it reports its checks through trace alone",
		},
		"mockidp/internal/wire": {
			may: []string{"flows/rule", "flows/trace"},
			why: "what is read and written knows HTTP and no realm, so that it can be tested with a line of text",
		},
		"mockidp/internal/keys": {
			may: []string{"mockidp/internal/shelf", "mockidp/internal/wire"},
			use: []string{"github.com/go-jose/go-jose/v4"},
			why: "cryptography is done in one place, which believes nothing and knows no client",
		},
		"mockidp/internal/shelf": {
			why: "it keeps values for a time and knows nothing of what they are",
		},
		"mockidp/pages": {
			why: "templates and their words; the provider fills them in, and a page knows no rule and no request",
		},
		"mockidp/hold": {
			may: []string{"flows/tape", "flows/trace", "mockidp", "mockidp/internal/wire"},
			why: "it stops requests before whoever answers them; who decides about them, a screen or a program, is no business of its",
		},
		"mockidp/amend": {
			may: []string{"flows/tape", "mockidp", "mockidp/configfile", "mockidp/internal/wire"},
			why: "it changes what a config says and has it served; how that is put in force is the business of whoever serves",
		},
		"mockidp/configfile": {
			may: []string{"flows/spelling", "mockidp", "mockidp/internal/wire"},
			use: []string{"github.com/BurntSushi/toml", "github.com/go-jose/go-jose/v4"},
			why: "it turns a file into a Config and back; how that is served is the business of main, and what it means of mockidp",
		},
		"mockidp/serve": {
			may: []string{
				"flows/cli/usage", "flows/diagnosis", "flows/logins", "flows/tape", "flows/trace", "mockidp", "mockidp/amend",
				"mockidp/configfile", "mockidp/hold", "mockidp/internal/wire", "mockidp/serve/root", "mockidp/spoken", "tutorials",
				"tutorials/catalog", "tutorials/explain",
			},
			use: []string{"github.com/spf13/cobra", "github.com/spf13/pflag"},
			why: "it opens ports and writes lines for real clients; what is right and wrong the provider says",
		},
		"mockidp/serve/root": {
			may: []string{"mockidp", "mockidp/pages", "mockidp/spoken", "tutorials", "tutorials/catalog", "tutorials/leaflet"},
			why: "a page is handed what it shows; it opens no port, and reads neither a flag nor what crossed",
		},
		"mockidp/examine": {
			may: []string{
				"flows/cli/usage", "flows/diagnosis", "flows/exam", "flows/exam/drive", "mockidp", "mockidp/serve", "tutorials", "tutorials/catalog",
				"tutorials/examreport", "tutorials/explain",
			},
			use: []string{"github.com/spf13/cobra"},
			why: "it introduces the exam to the provider, which know nothing of each other, and opens no port itself",
		},
		"mockidp/onstage": {
			may: []string{"flows/stage", "flows/trace", "mockidp", "mockidp/spoken"},
			why: "somebody has to introduce the provider and the stage to each other, so that neither knows the other",
		},
		"mockidp/spoken": {
			may: []string{"mockidp", "mockidp/pages", "tutorials/catalog"},
			why: "it fills the provider's words from a catalog, which the provider itself must not know",
		},
		"tutorials/handout": {
			may: []string{"flows/telling", "flows/trace", "tutorials"},
			why: "the terminal and the window tell a run in the same words; whoever has words or exports of its own needs neither",
		},
		"tutorials": {
			may: []string{"flows/telling/markup", "tutorials/catalog"},
			use: []string{"github.com/BurntSushi/toml", "golang.org/x/text"},
			why: "words know steps, rules and roles by id, so that a translator needs no Go",
		},
		"tutorials/catalog": {
			use: []string{"github.com/BurntSushi/toml", "golang.org/x/text"},
			why: "texts by id, in the plural forms of a language; whoever shows something asks it, so it can know none of them",
		},
		"tutorials/leaflet": {
			may: []string{"flows/telling/markup", "flows/telling/palette", "tutorials", "tutorials/catalog"},
			why: "what is printed is words alone; it knows no run and no screen",
		},
		"tutorials/pseudo": {
			why: "it makes a language out of any words that it is handed, for tests alone",
		},
		"tutorials/wordstest": {
			may: []string{"tutorials", "tutorials/pseudo"},
			why: "it hands tests the words as they are, and in the language that is made of them",
		},
		"assets": {
			why: "pictures are data",
		},
		"interop/court": {
			use: []string{"github.com/google/go-cmp", "golang.org/x/net"},
			why: "judges are started here and know the built program alone, as its users do",
		},
		"bench/house": {
			why: "it measures any checkout, so it can know none of our packages by name",
		},
	}
}

// forTests lists what tests may import beyond their folder's row: judges that
// are not ours, and the parts that a test has to put together first. A folder
// that holds nothing but tests has its reason here.
func forTests() map[string]boundary {
	return map[string]boundary{
		".": {
			may: []string{"flows/cli/script", "mockidp", "tutorials", "tutorials/wordstest"},
			use: []string{"github.com/BurntSushi/toml"},
		},
		"app/launch": {
			may: []string{"flows/cli/script", "flows/trace", "mockidp/onstage", "tutorials/pseudo", "tutorials/wordstest"},
			use: []string{"github.com/spf13/pflag"},
		},
		"flows/cli": {
			may: []string{"flows/cli/script", "mockidp/onstage", "tutorials/pseudo", "tutorials/wordstest"},
		},
		"flows/pen/outline": {
			may: []string{"assets"},
			use: []string{"github.com/fyne-io/oksvg"},
		},
		"flows/talk": {
			may: []string{"mockidp/onstage", "tutorials/wordstest"},
		},
		"flows/talk/sheet": {
			may: []string{"mockidp/onstage", "tutorials", "tutorials/wordstest"},
		},
		"flows/talk/deck": {
			may: []string{"mockidp/onstage", "tutorials/pseudo", "tutorials/wordstest"},
		},
		"app/present": {
			may: []string{"app/look/looktest", "mockidp/onstage", "tutorials/wordstest"},
		},
		"mockidp/serve/root": {
			may: []string{"flows/trace", "tutorials/pseudo", "tutorials/wordstest"},
		},
		"mockidp/serve": {
			may: []string{"flows/cli/script", "mockidp/onstage", "tutorials/pseudo", "tutorials/wordstest"},
			use: []string{"golang.org/x/oauth2"},
		},
		"app": {
			may: []string{"app/look/looktest", "flows", "mockidp", "mockidp/onstage", "tutorials/pseudo", "tutorials/wordstest"},
		},
		"app/connect": {
			may: []string{"app/look/looktest", "mockidp", "mockidp/hold", "mockidp/serve", "tutorials/handout", "tutorials/wordstest"},
		},
		"app/diagram": {
			may: []string{"app/look/looktest"},
		},
		"app/page": {
			may: []string{"app/look/looktest"},
		},
		"app/room": {
			may: []string{"app/look/looktest"},
		},
		"app/search": {
			may: []string{"app/look/looktest"},
		},
		"app/frame": {
			may: []string{"app/look/looktest", "tutorials"},
		},
		"app/home": {
			may: []string{"app/look/looktest", "tutorials/wordstest"},
		},
		"app/picker": {
			may: []string{"app/look/looktest", "tutorials"},
		},
		"app/inspector": {
			may: []string{"app/look/looktest", "tutorials"},
		},
		"app/learn": {
			may: []string{"app/look/looktest", "mockidp/onstage", "tutorials/wordstest"},
		},
		"app/practice": {
			may: []string{"app/look/looktest", "mockidp/onstage", "tutorials/wordstest"},
		},
		"app/walk": {
			may: []string{"app/look/looktest", "mockidp", "mockidp/onstage", "tutorials/pseudo", "tutorials/wordstest"},
		},
		"app/workbench": {
			may: []string{"app/look/looktest", "tutorials", "tutorials/wordstest"},
		},
		"app/player": {
			may: []string{"app/look/looktest", "mockidp", "mockidp/onstage", "tutorials/wordstest"},
		},
		"bench": {
			may: []string{
				"flows/address", "app/diagram", "app/home", "app/look", "app/player", "flows", "flows/*", "mockidp", "mockidp/onstage", "tutorials",
				"tutorials/catalog",
			},
			use: []string{"fyne.io/fyne/v2", "golang.org/x/oauth2", "github.com/coreos/go-oidc/v3"},
			why: "it measures the parts as main puts them together",
		},
		"interop/export": {
			may: []string{"flows"},
			why: "parsers that are not ours read what the built program exports of every flow",
		},
		"interop/talk": {
			may: []string{"flows/talk", "flows/talk/deck", "mockidp/onstage", "tutorials/wordstest"},
			why: "an office program and a browser that are not ours open the files of every talk",
		},
		"interop/har": {
			may: []string{"flows"},
			why: "readers that are not ours read the HAR files that the built program writes of every flow",
		},
		"interop/postman": {
			may: []string{"flows", "flows/export", "mockidp"}, // which reads a saved run, and says what the lessons’ realm asks for
			why: "Postman's own runner repeats every run from the collection that the built program writes",
		},
		"interop/openid-client": {
			may: []string{"interop/court"},
			why: "a certified client judges the served program from outside",
		},
		"interop/keycloak": {
			may: []string{"interop/court"},
			why: "Keycloak's own adapter judges the served program from outside",
		},
		"interop/container": {
			may: []string{"interop/court"},
			why: "linters of others read files, from outside",
		},
		"interop/root": {
			may: []string{"interop/court"},
			why: "axe-core judges the page of the served program from outside",
		},
		"interop/browser": {
			may: []string{"interop/court"},
			why: "clients for single-page apps judge the served program from outside",
		},
		"interop/proxies": {
			may: []string{"interop/court"},
			why: "oauth2-proxy and Apache judge the served program from outside",
		},
		"interop/python": {
			may: []string{"interop/court"},
			why: "Authlib and MSAL judge the served program from outside",
		},
		"interop/spring": {
			may: []string{"interop/court"},
			why: "Spring Security judges the served program from outside",
		},
		"e2e": {
			why: "it knows the built program and nothing of its insides",
		},
		"flows": {
			may: []string{"mockidp", "mockidp/onstage", "tutorials", "flows/*", "tutorials/handout", "tutorials/wordstest"},
		},
		"flows/setup": {
			may: []string{"mockidp", "mockidp/configfile", "mockidp/onstage"},
		},
		"flows/exercise": {
			may: []string{"mockidp/onstage", "tutorials/wordstest"},
			use: []string{"golang.org/x/net"},
		},
		"flows/cli/diagnose": {
			may: []string{"flows/cli/script", "tutorials/pseudo", "tutorials/wordstest"},
			use: []string{"github.com/spf13/pflag"},
		},
		"mockidp/examine": {
			may: []string{"flows/cli/script", "tutorials/pseudo", "tutorials/wordstest"},
			use: []string{"github.com/coreos/go-oidc/v3", "golang.org/x/oauth2", "github.com/spf13/pflag"}, // a careful client
		},
		"flows/diagnosis": {
			may: []string{"flows/export", "flows/intake", "flows/secret", "flows/tape", "mockidp", "mockidp/serve", "tutorials", "tutorials/wordstest"},
			use: []string{"golang.org/x/oauth2"},
		},
		"flows/live": {
			may: []string{"mockidp"},
		},
		"flows/intake": {
			may: []string{"flows/logins"},
		},
		"flows/lifetime": {
			may: []string{"tutorials"},
		},
		"flows/pkce": {
			use: []string{"golang.org/x/oauth2"},
		},
		"flows/stage": {
			may: []string{"mockidp", "tutorials"},
		},
		"flows/telling": {may: []string{"tutorials"}},
		"flows/export": {
			may: []string{"flows", "flows/internal/transcript", "flows/stage", "mockidp", "mockidp/onstage", "mockidp/serve", "tutorials"},
			use: []string{"github.com/yuin/goldmark"},
		},
		"mockidp": {
			may: []string{"mockidp/configfile", "tutorials/pseudo"}, // every field of a Config is in the file
			use: []string{"golang.org/x/oauth2", "github.com/coreos/go-oidc/v3", "golang.org/x/net"},
		},
		"tutorials": {
			may: []string{"tutorials/pseudo", "flows/*", "assets", "tutorials/wordstest"},
			use: []string{"github.com/jdkato/prose"}, // it measures how easily a text reads
		},
		"mockidp/spoken": {
			may: []string{"tutorials"},
		},
		"tutorials/explain": {
			may: []string{"flows/intake", "flows/logins", "tutorials/pseudo", "tutorials/wordstest"},
		},
		"tutorials/examreport": {
			may: []string{"tutorials/pseudo", "tutorials/wordstest"},
		},
		"tutorials/leaflet": {
			may: []string{"tutorials/pseudo", "tutorials/wordstest"},
		},
		"tutorials/pseudo": {
			may: []string{"tutorials", "tutorials/wordstest"},
		},
		"app/guide": {
			may: []string{"app/look/looktest", "tutorials/wordstest"},
		},
		"app/lookup": {
			may: []string{"app/look/looktest", "tutorials/wordstest"},
		},
		"flows/lookup": {
			may: []string{"tutorials/wordstest"},
		},
		"flows/search": {
			may: []string{"tutorials/wordstest"},
		},
	}
}

// everywhereInTests are the modules that any test may use.
func everywhereInTests() []string {
	return []string{"github.com/google/go-cmp", "go.uber.org/goleak", "github.com/go-jose/go-jose/v4"}
}

// source is one Go file and what it imports.
type source struct {
	file    string
	imports []string
}

func (s source) folder() string { return path.Dir(s.file) }

func (s source) isTest() bool { return strings.HasSuffix(s.file, "_test.go") }

// broken says what is wrong with each import that is.
func (s source) broken(rows map[string]boundary) []string {
	row, known := rows[s.folder()]
	extra, knownTest := forTests()[s.folder()]
	if !known && (!s.isTest() || !knownTest) {
		return []string{fmt.Sprintf("%s: folder %s has no row in boundaries_test.go; add one with its reason", s.file, s.folder())}
	}
	if s.isTest() {
		row.may = slices.Concat(row.may, extra.may)
		row.use = slices.Concat(row.use, extra.use, everywhereInTests())
		row.why = cmp.Or(row.why, extra.why)
	}
	var wrong []string
	for _, imported := range s.imports {
		if !row.allows(s.folder(), imported) {
			wrong = append(wrong, fmt.Sprintf("%s: %s may not import %s: %s", s.file, s.folder(), imported, row.why))
		}
	}
	return wrong
}

func (b boundary) allows(folder, imported string) bool {
	if ours, ok := ourFolder(imported); ok {
		return ours == folder || slices.ContainsFunc(b.may, func(may string) bool {
			above, whole := strings.CutSuffix(may, "/*")
			return may == ours || (whole && strings.HasPrefix(ours, above+"/"))
		})
	}
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(b.use, func(use string) bool {
		return imported == use || strings.HasPrefix(imported, use+"/")
	})
}

// needless says which permissions no import needs: a table that only ever
// widens guards less from year to year.
func needless(rows, tests map[string]boundary, all []source) []string {
	var found []string
	for folder, row := range rows {
		for _, one := range row.each() {
			if !slices.ContainsFunc(all, func(s source) bool { return s.folder() == folder && !s.isTest() && one.neededBy(s) }) {
				found = append(found, fmt.Sprintf("the row of %s allows %s, which it does not import", folder, one.name()))
			}
		}
	}
	for folder, row := range tests {
		ordinary := rows[folder]
		ordinary.use = slices.Concat(ordinary.use, everywhereInTests())
		for _, one := range row.each() {
			if !slices.ContainsFunc(all, func(s source) bool { return s.folder() == folder && s.isTest() && one.neededBeyond(ordinary, s) }) {
				found = append(found, fmt.Sprintf("the row of %s in forTests allows %s, which its tests do not need", folder, one.name()))
			}
		}
	}
	slices.Sort(found)
	return found
}

// each takes a row apart into permissions.
func (b boundary) each() []boundary {
	var all []boundary
	for _, may := range b.may {
		all = append(all, boundary{may: []string{may}})
	}
	for _, use := range b.use {
		all = append(all, boundary{use: []string{use}})
	}
	return all
}

// name is what a single permission allows.
func (b boundary) name() string { return strings.Join(slices.Concat(b.may, b.use), ", ") }

// neededBy reports whether the file imports what a permission allows.
func (b boundary) neededBy(s source) bool { return b.neededBeyond(boundary{}, s) }

// neededBeyond leaves out what is allowed anyway.
func (b boundary) neededBeyond(ordinary boundary, s source) bool {
	return slices.ContainsFunc(s.imports, func(imported string) bool {
		return b.allows(s.folder(), imported) && !ordinary.allows(s.folder(), imported)
	})
}

func ourFolder(imported string) (string, bool) {
	if imported == module {
		return ".", true
	}
	return strings.CutPrefix(imported, module+"/")
}

// sources are every Go file of the tree, whatever its build tags.
func sources(t *testing.T) []source {
	t.Helper()
	found, err := readSources()
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("no Go file was found: is this the root of the module?")
	}
	return found
}

// readSources reads them once, as no test changes them.
var readSources = sync.OnceValues(func() (found []source, err error) { //nolint:gochecknoglobals // see above
	err = filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && notOurs(file, d.Name()):
			return fs.SkipDir
		case filepath.Ext(file) != ".go":
			return nil
		}
		imports, err := importsOf(file)
		found = append(found, source{file: filepath.ToSlash(file), imports: imports})
		return err
	})
	return found, err
})

func notOurs(file, name string) bool {
	return file != "." && (strings.HasPrefix(name, ".") || name == "build" || name == "testdata" || name == "node_modules")
}

func importsOf(file string) ([]string, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var imports []string
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		imports = append(imports, imported)
	}
	return imports, nil
}

func TestNobodyImportsWhatTheyMustNotKnow(t *testing.T) {
	rows := boundaries()
	for _, s := range sources(t) {
		for _, wrong := range s.broken(rows) {
			t.Error(wrong)
		}
	}
}

func TestEveryRowHasAReasonAndAFolder(t *testing.T) {
	folders := map[string]bool{}
	for _, s := range sources(t) {
		folders[s.folder()] = true
	}
	for folder, row := range boundaries() {
		if row.why == "" {
			t.Errorf("the row of %s gives no reason", folder)
		}
		if !folders[folder] {
			t.Errorf("the row of %s is stale: there is no Go file in that folder", folder)
		}
	}
	for folder, row := range forTests() {
		if _, both := boundaries()[folder]; !both && row.why == "" {
			t.Errorf("the row of %s in forTests gives no reason", folder)
		}
		if !folders[folder] {
			t.Errorf("the row of %s in forTests is stale: there is no Go file in that folder", folder)
		}
	}
}

func TestNoRowAllowsWhatNobodyNeeds(t *testing.T) {
	for _, unneeded := range needless(boundaries(), forTests(), sources(t)) {
		t.Error(unneeded)
	}
}

func TestARowThatAllowsMoreThanIsNeededIsReported(t *testing.T) {
	rows := map[string]boundary{"a": {may: []string{"b", "c/*", "d/*"}, use: []string{"example.com/x", "example.com/y"}}}
	tests := map[string]boundary{"a": {may: []string{"b", "e"}, use: []string{"example.com/z", "github.com/google/go-cmp"}}}
	files := []source{
		{"a/a.go", []string{"fmt", module + "/b", module + "/c/inner", "example.com/x/deep"}},
		{"a/a_test.go", []string{module + "/a", module + "/b", module + "/d/inner", "example.com/z", "github.com/google/go-cmp/cmp"}},
		{"e/a.go", []string{module + "/e/inner", "example.com/y"}},
	}
	want := []string{
		"the row of a allows d/*, which it does not import",
		"the row of a allows example.com/y, which it does not import",
		"the row of a in forTests allows b, which its tests do not need",
		"the row of a in forTests allows e, which its tests do not need",
		"the row of a in forTests allows github.com/google/go-cmp, which its tests do not need",
	}
	if got := needless(rows, tests, files); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestOnlyTheAppDraws(t *testing.T) {
	for folder, row := range boundaries() {
		inside := folder == "app" || strings.HasPrefix(folder, "app/")
		for _, use := range row.use {
			if !inside && strings.Contains(use, "fyne.io/") {
				t.Errorf("the row of %s lets it import %s; only app and the folders in it draw", folder, use)
			}
		}
	}
}

// A table that nothing can break guards nothing.
func TestAForbiddenImportIsReportedWithItsReason(t *testing.T) {
	rows := boundaries()
	forbidden := map[string]source{
		"the provider knows the stage":        {"mockidp/x.go", []string{module + "/flows/stage"}},
		"the provider knows the flows":        {"mockidp/x.go", []string{module + "/flows"}},
		"the provider draws":                  {"mockidp/x.go", []string{"fyne.io/fyne/v2/widget"}},
		"the provider's tests walk a stage":   {"mockidp/x_test.go", []string{module + "/flows/stage"}},
		"the provider takes a module unasked": {"mockidp/x.go", []string{"example.com/anything"}},
		"a flow picks its provider":           {"flows/x.go", []string{module + "/mockidp"}},
		"a flow draws":                        {"flows/x.go", []string{"fyne.io/fyne/v2"}},
		"a flow writes its golden":            {"flows/x.go", []string{module + "/flows/internal/transcript"}},
		"the cast reaches into the provider":  {"flows/stage/x.go", []string{module + "/mockidp"}},
		"a judge becomes a party":             {"flows/stage/x.go", []string{"golang.org/x/oauth2"}},
		"an export knows the cast":            {"flows/export/x.go", []string{module + "/flows/stage"}},
		"the trace knows the words":           {"flows/trace/x.go", []string{module + "/tutorials"}},
		"the words know the flows":            {"tutorials/x.go", []string{module + "/flows"}},
		"the diagram learns OAuth":            {"app/diagram/x.go", []string{module + "/flows/trace"}},
		"the window learns a flow":            {"app/x.go", []string{module + "/flows"}},
		"the window looks into the index":     {"app/x.go", []string{module + "/flows/search"}},
		"the window serves":                   {"app/x.go", []string{module + "/flows/tape"}},
		"the frame holds the window":          {"app/frame/x.go", []string{module + "/app"}},
		"what a room is depends on one":       {"app/room/x.go", []string{module + "/app/walk"}},
		"the inspector plays":                 {"app/inspector/x.go", []string{module + "/flows"}},
		"somebody imports main":               {"app/x.go", []string{module}},
	}
	for name, s := range forbidden {
		s.imports = append([]string{"fmt"}, s.imports...)
		got := s.broken(rows)
		if len(got) != 1 || !strings.Contains(got[0], s.file) || !strings.Contains(got[0], rows[s.folder()].why) {
			t.Errorf("%s: want one report with the file and the reason, got %q", name, got)
		}
	}
	stranger := source{"attic/x.go", []string{"fmt"}}
	if got := stranger.broken(rows); len(got) != 1 || !strings.Contains(got[0], "no row") {
		t.Errorf("a folder without a row: got %q", got)
	}
}
