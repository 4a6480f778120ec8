package rule_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// order is what the rules of these tests are about.
type order struct {
	cups  int
	milk  *milk
	asked []string // the ids of the rules that ran
}

type milk struct{ fat int }

func row(id string, check func(*order) rule.Finding) rule.Row[order] {
	return rule.Row[order]{
		ID: id, Rule: "the rule " + id, Spec: rule.RFC("2324", "2"), Error: "short_and_stout", Status: 418,
		Check: func(in *order) rule.Finding {
			in.asked = append(in.asked, id)
			return check(in)
		},
	}
}

func rows() []rule.Row[order] {
	return []rule.Row[order]{
		row("some", func(in *order) rule.Finding {
			return rule.Verdict(in.cups > 0, "one or more", strconv.Itoa(in.cups), "nothing was ordered")
		}),
		row("few", func(in *order) rule.Finding {
			return rule.Verdict(in.cups < 10, "fewer than 10", strconv.Itoa(in.cups), "the pot is too small")
		}),
		row("known", func(*order) rule.Finding { return rule.Skip("nobody keeps a list") }),
	}
}

func recorded(run func(context.Context) *rule.Refusal) ([]trace.Check, *rule.Refusal) {
	var heard []trace.Check
	refusal := run(trace.WithRecorder(context.Background(), func(c trace.Check) { heard = append(heard, c) }))
	return heard, refusal
}

func ids(checks []trace.Check) string {
	text := ""
	for _, c := range checks {
		text += c.ID + " " + string(c.Result) + ", "
	}
	return text
}

func TestAKeptRuleIsRecordedWithWhatWasExpectedAndGot(t *testing.T) {
	heard, refusal := recorded(func(ctx context.Context) *rule.Refusal {
		return rule.Run(ctx, trace.ResourceServer, rows(), &order{cups: 2})
	})
	if refusal != nil {
		t.Fatalf("a good order is refused: %+v", refusal)
	}
	want := []trace.Check{
		{
			By: trace.ResourceServer, ID: "some", Rule: "the rule some", Spec: trace.Spec{Doc: "RFC 2324", Section: "2"},
			Expected: "one or more", Got: "2", Result: trace.Pass,
		},
		{
			By: trace.ResourceServer, ID: "few", Rule: "the rule few", Spec: trace.Spec{Doc: "RFC 2324", Section: "2"},
			Expected: "fewer than 10", Got: "2", Result: trace.Pass,
		},
		{
			By: trace.ResourceServer, ID: "known", Rule: "the rule known", Spec: trace.Spec{Doc: "RFC 2324", Section: "2"},
			Result: trace.Skip, Reason: "nobody keeps a list",
		},
	}
	if diff := cmp.Diff(want, heard); diff != "" {
		t.Errorf("what was recorded (-want +got):\n%s", diff)
	}
}

func TestTheFirstBrokenRuleEndsTheRunAndIsTheRefusal(t *testing.T) {
	in := &order{}
	heard, refusal := recorded(func(ctx context.Context) *rule.Refusal {
		return rule.Run(ctx, trace.Client, rows(), in)
	})
	want := &rule.Refusal{
		Check: trace.Check{
			By: trace.Client, ID: "some", Rule: "the rule some", Spec: trace.Spec{Doc: "RFC 2324", Section: "2"},
			Expected: "one or more", Got: "0", Result: trace.Fail, Reason: "nothing was ordered", Error: "short_and_stout",
		},
		Status: 418,
	}
	if diff := cmp.Diff(want, refusal); diff != "" {
		t.Errorf("the refusal (-want +got):\n%s", diff)
	}
	if got := ids(heard); got != "some fail, " {
		t.Errorf("recorded %q, want the broken rule alone", got)
	}
	if len(in.asked) != 1 {
		t.Errorf("ran %v after the order was refused already", in.asked)
	}
}

func TestRulesRunWhetherOrNotAnybodyListens(t *testing.T) {
	in := &order{cups: 99}
	refusal := rule.Run(context.Background(), trace.Client, rows(), in)
	if refusal == nil || refusal.Check.ID != "few" || len(in.asked) != 2 {
		t.Errorf("without a recorder: refusal %+v after %v", refusal, in.asked)
	}
}

func TestAQuietRunRecordsTheBrokenRuleAlone(t *testing.T) {
	heard, refusal := recorded(func(ctx context.Context) *rule.Refusal {
		return rule.RunQuietly(ctx, trace.Client, rows(), &order{cups: 10})
	})
	if refusal == nil || refusal.Status != 418 || ids(heard) != "few fail, " {
		t.Errorf("a broken rule: refusal %+v, recorded %q", refusal, ids(heard))
	}
	heard, refusal = recorded(func(ctx context.Context) *rule.Refusal {
		return rule.RunQuietly(ctx, trace.Client, rows(), &order{cups: 1})
	})
	if refusal != nil || len(heard) > 0 {
		t.Errorf("a good order: refusal %+v, recorded %q", refusal, ids(heard))
	}
}

func TestHoldsSaysWhetherEveryRuleIsKept(t *testing.T) {
	for cups, want := range map[int]bool{0: false, 1: true, 10: false} {
		if got := rule.Holds(rows(), &order{cups: cups}); got != want {
			t.Errorf("an order of %d cups: holds is %t, want %t", cups, got, want)
		}
	}
}

func TestEachRuleIsLookedAtWhateverComesOfTheOthers(t *testing.T) {
	checks := rule.Each(trace.Client, rows(), &order{})
	if got := ids(checks); got != "some fail, few pass, known skip, " {
		t.Errorf("came to %q", got)
	}
	if checks[0].By != trace.Client || checks[0].Error != "short_and_stout" || checks[1].Error != "" {
		t.Errorf("the error code belongs to the broken rule alone: %+v", checks)
	}
}

func TestInOrderTheRulesAfterABrokenOneAreSkippedAndSaySo(t *testing.T) {
	in := &order{}
	checks := rule.InOrder(trace.Client, rows(), in)
	if got := ids(checks); got != "some fail, few skip, known skip, " {
		t.Errorf("came to %q", got)
	}
	if want := "not looked at: already refused because of “the rule some”"; checks[1].Reason != want {
		t.Errorf("the reason is %q, want %q", checks[1].Reason, want)
	}
	if len(in.asked) != 1 {
		t.Errorf("ran %v after the order was refused already", in.asked)
	}
}

func skimmed() []rule.Row[milk] {
	return []rule.Row[milk]{{
		ID: "skimmed", Rule: "the milk is skimmed", Spec: rule.OIDC("3"), Error: "too_rich", Status: 400,
		When: func(m *milk) bool { return m != nil },
		Check: func(m *milk) rule.Finding {
			return rule.Verdict(m.fat == 0, "0 %", strconv.Itoa(m.fat)+" %", "it is too rich")
		},
	}}
}

func TestLiftedRulesAboutAPartHoldOfTheWhole(t *testing.T) {
	lifted := rule.Lifted(skimmed(), func(in *order) *milk { return in.milk })
	refusal := rule.Run(context.Background(), trace.Client, lifted, &order{milk: &milk{fat: 4}})
	want := &rule.Refusal{Status: 400, Check: trace.Check{
		By: trace.Client, ID: "skimmed", Rule: "the milk is skimmed", Spec: trace.Spec{Doc: "OpenID Connect Core 1.0", Section: "3"},
		Expected: "0 %", Got: "4 %", Result: trace.Fail, Reason: "it is too rich", Error: "too_rich",
	}}
	if diff := cmp.Diff(want, refusal); diff != "" {
		t.Errorf("the refusal (-want +got):\n%s", diff)
	}
	if checks := rule.Each(trace.Client, lifted, &order{}); len(checks) > 0 {
		t.Errorf("an order without milk is held to %+v", checks)
	}
}

func TestARuleThatIsNotConcernedNeitherRunsNorIsRecorded(t *testing.T) {
	many := rule.OnlyWhen(func(in *order) bool { return in.cups > 5 }, rows())
	twice := rule.OnlyWhen(func(in *order) bool { return in.milk != nil }, many)
	for name, c := range map[string]struct {
		in   order
		want string
	}{
		"both conditions hold":      {order{cups: 6, milk: &milk{}}, "some pass, few pass, known skip, "},
		"the inner one does not":    {order{cups: 1, milk: &milk{}}, ""},
		"the outer one does not":    {order{cups: 6}, ""},
		"a broken rule is reported": {order{cups: 50, milk: &milk{}}, "some pass, few fail, "},
	} {
		heard, _ := recorded(func(ctx context.Context) *rule.Refusal {
			return rule.Run(ctx, trace.Client, twice, &c.in)
		})
		if got := ids(heard); got != c.want {
			t.Errorf("%s: recorded %q, want %q", name, got, c.want)
		}
	}
	if rows()[0].When != nil || !rule.Holds(many, &order{}) {
		t.Error("rows that concern nobody are broken by nobody")
	}
}
