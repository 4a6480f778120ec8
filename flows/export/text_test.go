package export_test

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/internal/transcript"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with testdata/name, or rewrites the file with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got), run with -update if that is meant:\n%s", path, diff)
	}
}

// beside holds a text to what it has otherwise than the one in another golden file.
func beside(t *testing.T, name string, got []byte, usualName string) {
	t.Helper()
	usual, err := os.ReadFile(filepath.Join("testdata", usualName))
	if err != nil {
		t.Fatal(err)
	}
	differ := transcript.Lines(string(usual), string(got))
	golden(t, name, []byte("what differs from "+usualName+"\n"+differ+"\n"))
	if again, err := transcript.ApplyLines(string(usual), differ); err != nil || again != string(got) {
		t.Errorf("%s and %s make another text (%v):\n%s", usualName, name, err, cmp.Diff(string(got), again))
	}
}

// write returns what an export writes.
func write(t *testing.T, export func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func text(t *testing.T, tr *trace.Trace, s telling.Story, o export.TextOptions) []byte {
	t.Helper()
	return write(t, func(w io.Writer) error { return export.Text(w, tr, s, o) })
}

func TestTextTellsTheRun(t *testing.T) {
	golden(t, "happy-everyone.txt", text(t, happy(), everyone(), export.TextOptions{Width: 80}))
	golden(t, "happy-developer.txt", text(t, happy(), developer(), export.TextOptions{Width: 80}))
	beside(t, "happy-developer-100.txt", text(t, happy(), developer(), export.TextOptions{Width: 100}), "happy-developer.txt")
	beside(t, "refused-everyone.txt", text(t, refused(), everyone(), export.TextOptions{Width: 80}), "happy-everyone.txt")
	beside(t, "refused-developer.txt", text(t, refused(), developer(), export.TextOptions{Width: 80}), "happy-developer.txt")
}

// TestARefusalIsInColor looks at the request that was changed, the check that it broke, and the answer.
func TestARefusalIsInColor(t *testing.T) {
	tr := refused()
	tr.Messages = tr.Messages[len(tr.Messages)-2:]
	golden(t, "refused-developer-color.txt", text(t, tr, developer(), export.TextOptions{Width: 80, Color: true}))
}

func TestNoLineOfTextIsWiderThanTheTerminal(t *testing.T) {
	wide := hostile("日本語の長い値" + strings.Repeat("漢字", 60))
	for _, tr := range []*trace.Trace{happy(), refused(), wide, hostile("")} {
		for _, s := range []telling.Story{everyone(), developer(), {Developer: true}} {
			for _, width := range []int{80, 83, 100} {
				fits(t, text(t, tr, s, export.TextOptions{Width: width}), width)
			}
		}
	}
}

// In 40 columns a name is never cut, and a value only where it is longer than a few lines.
func TestANarrowTerminalHasEachNameWhole(t *testing.T) {
	out := string(text(t, refused(), developer(), export.TextOptions{Width: 40}))
	for _, name := range []string{"redirect_uri", "code_challenge", "code_challenge_method", "response_type"} {
		if !strings.Contains(out, name+"\n") {
			t.Errorf("%s does not stand on a line of its own:\n%s", name, out)
		}
	}
	for line := range strings.Lines(out) {
		if n := runewidth.StringWidth(strings.TrimRight(line, "\n")); n > 40 && !strings.Contains(line, "$ ") && !strings.HasSuffix(line, "|\n") {
			t.Errorf("%d cells: %q", n, line)
		}
	}
}

func fits(t *testing.T, out []byte, width int) {
	t.Helper()
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSuffix(line, "\n")
		if n := runewidth.StringWidth(line); n > width {
			t.Errorf("%d cells in a terminal of %d: %q", n, width, line)
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("spaces at the end of %q", line)
		}
	}
}

func TestColourAddsNothingButColour(t *testing.T) {
	sequences := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	plain := text(t, refused(), telling.Story{Developer: true, Say: english()}, export.TextOptions{Width: 80})
	colored := text(t, refused(), telling.Story{Developer: true, Say: english()}, export.TextOptions{Width: 80, Color: true})
	if bytes.Equal(plain, colored) {
		t.Error("colour changes nothing")
	}
	if diff := cmp.Diff(string(plain), sequences.ReplaceAllString(string(colored), "")); diff != "" {
		t.Error(diff)
	}
}

func TestWithoutAWidthValuesStayWhole(t *testing.T) {
	got := string(text(t, happy(), developer(), export.TextOptions{}))
	for _, whole := range []string{accessToken(), idToken(), verifier, "form-action 'self'"} {
		if !strings.Contains(got, whole) {
			t.Errorf("%q is not there in full", whole)
		}
	}
	if strings.Contains(got, "…") {
		t.Error("something was shortened")
	}
}

func TestANarrowTerminalIsSurvived(t *testing.T) {
	t.Parallel()
	for width := range 40 {
		text(t, happy(), developer(), export.TextOptions{Width: width})
		text(t, hostile("漢"), everyone(), export.TextOptions{Width: width})
	}
}

func TestAnUnfinishedRunSaysSo(t *testing.T) {
	got := string(text(t, happy().Upto(4), everyone(), export.TextOptions{Width: 80}))
	if !strings.Contains(got, "Not finished") || strings.Contains(got, "five minutes") {
		t.Errorf("ends with %q", got[max(0, len(got)-200):])
	}
}
