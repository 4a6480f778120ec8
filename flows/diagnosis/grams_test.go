package diagnosis

import "testing"

func TestWhatATextHoldsIsNeverCalledLacking(t *testing.T) {
	texts := []string{"aadsts50011: the redirect uri “https://app.example/zurück” does not match", "invalid_grant", "no", ""}
	all := &grams{}
	for _, text := range texts {
		all.add(text)
	}
	for _, text := range texts {
		for from := range len(text) {
			for to := from; to <= len(text); to++ {
				if all.lack(text[from:to]) {
					t.Fatalf("%q is called lacking, and stands in %q", text[from:to], text)
				}
			}
		}
	}
}

func TestAPhraseThatNoTextHasIsFoundLackingByItsRuns(t *testing.T) {
	all := &grams{}
	all.add("the redirect uri does not match")
	for phrase, lacking := range map[string]bool{
		"invalid_client": true, "redirect uri mismatch": true, "the redirect_uri": true,
		"redirect uri": false, "uri": false, "xyz": false, // too short to tell
	} {
		if got := all.lack(phrase); got != lacking {
			t.Errorf("that %q is lacking is %t, want %t", phrase, got, lacking)
		}
	}
}
