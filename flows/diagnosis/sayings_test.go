package diagnosis_test

import (
	_ "embed"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
)

// A line that no row reads, or that another one makes needless, helps nobody.
func TestEachSayingBelongsToACauseAndIsReadAsItStands(t *testing.T) {
	causes := map[string]bool{}
	for _, row := range diagnosis.Rows() {
		causes[row.ID] = true
	}
	seen := map[string]bool{}
	for _, s := range diagnosis.Sayings() {
		line := strings.Join(s.Phrases, " & ")
		switch {
		case !causes[s.Cause]:
			t.Errorf("%q stands below %q, which is no cause", line, s.Cause)
		case len(s.Phrases) == 0:
			t.Errorf("a saying of %s has no phrase, so every text has it", s.Cause)
		case line != strings.ToLower(line) || strings.Contains(line, "  "):
			t.Errorf("%s: %q is compared with a text in lower case", s.Cause, line)
		case seen[s.Cause+line+strings.Join(s.Without, "!")]:
			t.Errorf("%s: %q stands there twice", s.Cause, line)
		}
		seen[s.Cause+line+strings.Join(s.Without, "!")] = true
	}
}

// saidTwice lists the sayings that Go asks for as well, because they decide something else there: another cause, how
// sure it is, or where to look. The list may get shorter and not longer.
//
//go:embed testdata/said-twice.txt
var saidTwice string

// A phrase by which a provider, a library or an API is known is a saying alone, so that whoever adds one touches no
// Go. The error codes of the standards are names of the protocol, which Go may ask for.
func TestNoGoFileHoldsAPhraseThatIsASaying(t *testing.T) {
	standard := strings.Fields(`access_denied account_selection_required authorization_pending consent_required insufficient_scope
		interaction_required invalid_client invalid_dpop_proof invalid_request invalid_scope invalid_target invalid_token login_required
		request_not_supported server_error slow_down temporarily_unavailable unauthorized_client unmet_authentication_requirements
		unsupported_grant_type unsupported_response_type`)
	phrases := map[string]bool{}
	for _, s := range diagnosis.Sayings() {
		if len(s.Phrases) == 1 && len(s.Without) == 0 && !slices.Contains(standard, s.Phrases[0]) {
			phrases[s.Phrases[0]] = true
		}
	}
	held := heldInGo(t, phrases)
	twice := strings.Split(strings.TrimSpace(saidTwice), "\n")
	for phrase, file := range held {
		if !slices.Contains(twice, phrase) {
			t.Errorf("%s holds %q, which is a saying: leave it out there", file, phrase)
		}
	}
	for _, phrase := range twice {
		if held[phrase] == "" {
			t.Errorf("%q is said once now; leave it out of testdata/said-twice.txt", phrase)
		}
	}
}

// heldInGo names the file in which each of some phrases stands as a string, tests aside.
func heldInGo(t *testing.T, phrases map[string]bool) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	held := map[string]string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(gotoken.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != gotoken.STRING {
				return true
			}
			if text, err := strconv.Unquote(lit.Value); err == nil && phrases[text] {
				held[text] = file
			}
			return true
		})
	}
	return held
}
