//go:build !race

package flows_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/stage"
	teller "github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// What was written is shown: every text of a flow is told in some known run.

// heard is everything that is told in any known run, without its markup.
type heard map[string]bool

func (h heard) listen(noun teller.Noun) {
	switch n := noun.(type) {
	case teller.Title:
		h[n.Words] = true
	case teller.Chapter:
		h[n.Title] = true
	case teller.Step:
		h[n.Title] = true
	case teller.Way:
		h[n.Label] = true
	case teller.Passage:
		h[plain(n.Blocks)] = true
	case teller.Fold:
		for _, folded := range n.Nouns {
			h.listen(folded)
		}
	}
}

// told reports whether a text was heard, alone or as a part of a passage.
func (h heard) told(words string) bool {
	want := plain(markup.Parse(words))
	if h[want] {
		return true
	}
	for said := range h {
		if strings.Contains(said, want) {
			return true
		}
	}
	return false
}

func TestEveryTextOfAFlowIsToldInSomeRun(t *testing.T) {
	t.Parallel()
	all, l := everyRunRead(t).said, wordstest.English(t)
	for _, f := range flows.All() {
		for _, how := range tellings(l) {
			n := tutorials.Narrator{
				Words: l, Flow: f.ID, Voice: how.voice, Lens: how.lens,
				Person: "Jane", App: f.Cast.Client.Name, Provider: "Demo",
			}
			untoldAround(t, all, n)
			for _, choices := range alternatives(f) {
				n.Switches = choices
				for _, id := range happening(f) {
					untold(t, all, n, id)
				}
			}
		}
	}
}

// alternatives are no choice, and each value of each switch alone.
func alternatives(f flows.Flow) []map[string]string {
	all := []map[string]string{nil}
	for _, s := range f.Switches {
		for _, v := range s.Values {
			all = append(all, map[string]string{s.ID: v})
		}
	}
	return all
}

// untold names the texts of a step that no run tells.
func untold(t *testing.T, all heard, n tutorials.Narrator, id string) {
	t.Helper()
	s := n.Step(id)
	label := s.Label
	if strings.HasPrefix(label, "4xx") {
		label = ""
	}
	for _, text := range []string{label, s.Title, s.Happened, s.Likeness, s.Why, s.Risk} {
		if text != "" && !all.told(text) {
			t.Errorf("%s, %s, %s, %s, %v: nobody is told %q", n.Flow, id, n.Voice, n.Lens, n.Switches, text)
		}
	}
}

func TestEveryAnswerToWhatPeopleAskIsToldInSomeRun(t *testing.T) {
	all := everyRunRead(t).said
	for _, a := range wordstest.English(t).FAQ().All() {
		for _, v := range tutorials.Voices() {
			if !all.told("**" + a.Question + "** " + a.Answer[v]) {
				t.Errorf("nobody is told what %s answers to %q", v, a.Question)
			}
		}
	}
}

// TestNoWordsAreFiledUnderWhatThereIsNot holds what is said of rules to the
// rules that there are: a learner who changes a request can come to each.
func TestNoWordsAreFiledUnderWhatThereIsNot(t *testing.T) {
	// What is refused on purpose, and what a provider of somebody else's may answer.
	rules := []string{"deliberate-trouble", "error:server_error", "error:temporarily_unavailable", "error:interaction_required"}
	for _, r := range mockidp.Rules() {
		rules = append(rules, r.ID, "error:"+r.Error)
	}
	for _, r := range stage.Rules() {
		rules = append(rules, r.ID, "error:"+r.Error)
	}
	for _, f := range flows.All() {
		for _, tr := range runs(t, f) {
			eachCheck(tr, func(c trace.Check) { rules = append(rules, c.ID, "error:"+c.Error) })
		}
	}
	l := wordstest.English(t)
	for _, id := range slices.Concat(l.Rules().IDs(), l.Refusals().IDs()) {
		if !slices.Contains(rules, strings.TrimSuffix(id, "/withheld")) {
			t.Errorf("there are words for %s, which is no rule and no error code", id)
		}
	}
}

// TestEveryTermOfTheGlossaryIsMetInSomeRun also holds each to being explained at the end.
func TestEveryTermOfTheGlossaryIsMetInSomeRun(t *testing.T) {
	met := everyRunRead(t).terms
	for _, term := range wordstest.English(t).Glossary().Terms() {
		if !met[term.ID] {
			t.Errorf("no run leads to %q", term.ID)
		}
	}
}

// unseen are the entries of the dictionary that no message of a walk carries.
// They are for learners who add a parameter, and for those who call the
// provider by hand; the look-up has them.
func unseen() []string {
	return []string{
		"claim acr", "claim azp", "claim c_hash", "claim keys", "claim nbf", "claim y",
		"header Accept-Encoding", "header Accept-Language", "header Connection", "header Referer", "header Retry-After",
		"header Server", "header Strict-Transport-Security",
		"member authorization_endpoint", "member error_uri", "member invoices", "member issuer", "member jwks_uri", "member messages",
		"member token_endpoint",
		"parameter acr_values", "parameter claims", "parameter claims_locales", "parameter display", "parameter error_uri",
		"parameter fill", "parameter login_hint", "parameter registration",
		"parameter request", "parameter request_uri", "parameter resource", "parameter ui_locales",
	}
}

func TestTheDictionaryHasNoMoreThanTheWireButWhatIsListed(t *testing.T) {
	met := map[string]bool{}
	l := wordstest.English(t)
	for _, f := range flows.All() {
		for _, tr := range runs(t, f) {
			for i := range tr.Messages {
				names(&tr.Messages[i], func(kind, name string) {
					if e, ok := l.Dictionary().Entry(kind, name); ok {
						met[e.Kind+" "+e.Name] = true
					}
				})
			}
		}
	}
	for _, e := range l.Dictionary().Entries() {
		if name := e.Kind + " " + e.Name; met[name] == slices.Contains(unseen(), name) {
			t.Errorf("that a message of a walk carries the %s is %t, and the list says otherwise", name, met[name])
		}
	}
}

// TestNoJargonIsLeftInWhatStandsAroundTheWordsForEveryone looks at the frame of
// a run that everybody reads: who takes part, what stands on arrows and over
// steps, what was checked, how it ended. A flow's own title is a name.
func TestNoJargonIsLeftInWhatStandsAroundTheWordsForEveryone(t *testing.T) {
	stumble := regexp.MustCompile(`\b(` + strings.Join(jargon(t), "|") + `)s?\b`)
	named := regexp.MustCompile(`claim (ticket|check)s?|(Mailbox|Invoices) API|the value of “[^”]*”`) // names
	for said, where := range everyRunRead(t).frames {
		if found := stumble.FindString(named.ReplaceAllString(said, "")); found != "" {
			t.Errorf("%s: %q: %s", where, found, said)
		}
	}
}

// jargon are the words that no text for everybody has.
func jargon(t *testing.T) []string {
	t.Helper()
	file, err := os.ReadFile("../tutorials/testdata/jargon.toml")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(file), "everyone = [")
	list, _, _ = strings.Cut(list, "]")
	var words []string
	for _, m := range regexp.MustCompile(`"([^"]+)"`).FindAllStringSubmatch(list, -1) {
		words = append(words, m[1])
	}
	if len(words) < 50 {
		t.Fatalf("only %d words of jargon were found", len(words))
	}
	return words
}

// around are the texts of a noun that are no words of the flow's voice.
func around(noun teller.Noun) []string {
	switch n := noun.(type) {
	case teller.Chapter:
		return []string{n.Title}
	case teller.Step:
		return []string{n.Title, n.Channel}
	case teller.Way:
		return []string{n.From, n.To, n.Label, n.Channel}
	case teller.Table:
		all := slices.Concat([]string{n.Label}, n.Marks, n.Head)
		for _, row := range n.Rows {
			for _, c := range row {
				if !c.Wire {
					all = append(all, c.Text)
				}
			}
		}
		return all
	case teller.Checks:
		all := []string{n.Title, n.Label, n.Passed}
		for _, v := range n.Verdicts {
			all = append(all, v.Says, v.Reason, v.Error, plain([]markup.Block{{Spans: v.Rule}}))
		}
		return all
	case teller.Ending:
		return []string{n.Outcome.Words}
	case teller.Closing:
		return []string{n.Summary}
	}
	return nil
}

// untoldAround reports the words around the steps of a flow that nobody is told.
func untoldAround(t *testing.T, all heard, n tutorials.Narrator) {
	t.Helper()
	about := n.About()
	for _, text := range []string{about.Intro[n.Voice], about.Done[n.Voice], n.Standing(), about.UseWhen, about.NeverIf} {
		if !all.told(text) {
			t.Errorf("%s, %s, %s: nobody is told %q", n.Flow, n.Voice, n.Lens, text)
		}
	}
}
