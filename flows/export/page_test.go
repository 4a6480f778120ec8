package export_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func clickPage(t *testing.T, tr *trace.Trace, s telling.Story) []byte {
	t.Helper()
	return write(t, func(w io.Writer) error { return export.Page(w, tr, s) })
}

func TestThePageTellsTheRun(t *testing.T) {
	golden(t, "refused-page.html", bare(clickPage(t, refused(), everyone())))
}

func hashed256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// What the page may do stands in its policy: its own style and its own script, and nothing from anywhere.
func TestThePageNeedsNothingAndMayNothingElse(t *testing.T) {
	policy, style, script := "", "", ""
	for _, n := range nodes(t, clickPage(t, happy(), developer())) {
		switch {
		case n.Data == "style":
			style = n.FirstChild.Data
		case n.Data == "script":
			script = n.FirstChild.Data
		case attribute(n, "http-equiv") == "Content-Security-Policy":
			policy = attribute(n, "content")
		default:
			harmless(t, n)
		}
		for _, name := range []string{"style", "onclick", "src", "href"} {
			if attribute(n, name) != "" {
				t.Errorf("<%s> has %s", n.Data, name)
			}
		}
	}
	want := "default-src 'none'; style-src " + hashed256(style) + "; script-src " + hashed256(script) + "; base-uri 'none'; form-action 'none'"
	if policy != want {
		t.Errorf("the policy is %q, want %q", policy, want)
	}
	for _, loads := range []string{"url(", "@import", "fetch(", "import(", "innerHTML", "eval("} {
		if strings.Contains(style+script, loads) {
			t.Errorf("style or script has %s", loads)
		}
	}
}

// Every arrow can be opened without a script, and has its words and its bytes in each voice.
func TestEveryArrowOfThePageOpensOnItsBytes(t *testing.T) {
	for name, s := range map[string]telling.Story{"developer": developer(), "everyone": everyone()} {
		tr := refused()
		text := string(clickPage(t, tr, s))
		for i := range tr.Messages {
			m := &tr.Messages[i]
			_, row, found := strings.Cut(text, fmt.Sprintf(`id="step-%d"`, i+1))
			row, _, _ = strings.Cut(row, `<details class="row`)
			if !found {
				t.Errorf("%s: step %d has no row", name, i+1)
			}
			for _, lacks := range lacking(m, row) {
				t.Errorf("%s: step %d does not show %s", name, i+1, lacks)
			}
			if isOpen := strings.HasPrefix(row, " open"); isOpen != (i == tr.Failed()) {
				t.Errorf("%s: step %d is open: %v", name, i+1, isOpen)
			}
		}
	}
}

// lacking names what of a message a row does not show.
func lacking(m *trace.Message, row string) []string {
	var lacks []string
	for _, f := range append(m.Header, m.Form()...) {
		if !strings.Contains(row, html.EscapeString(f.Name)) {
			lacks = append(lacks, f.Name)
		}
	}
	for _, c := range m.Checks {
		if !strings.Contains(row, c.Spec.String()) {
			lacks = append(lacks, "the check "+c.ID)
		}
	}
	return lacks
}

// An arrow without a place would lie at the left edge.
func TestEveryArrowOfThePageHasAPlace(t *testing.T) {
	t.Parallel()
	for name, tr := range walked(t) {
		text := string(clickPage(t, tr, developer()))
		for _, at := range regexp.MustCompile(`class="arrow [^"]*?(from-\d+) (to-\d+)`).FindAllStringSubmatch(text, -1) {
			if !strings.Contains(text, "."+at[1]+"."+at[2]+" { margin-left") {
				t.Errorf("%s: nobody places %s %s", name, at[1], at[2])
			}
		}
	}
}
