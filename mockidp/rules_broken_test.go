//go:build !race

package mockidp_test

import (
	"testing"
)

func TestEachBrokenRuleIsNamedAndAnswered(t *testing.T) {
	t.Parallel()
	for _, c := range allSent(t) {
		t.Run(c.endpoint+"/"+c.rule+"/"+c.sentence, func(t *testing.T) {
			res := c.res
			rule := findRule(t, c.endpoint, c.rule)
			checkRecord(t, res, rule)
			if res.StatusCode != c.status {
				t.Errorf("status %d, want %d", res.StatusCode, c.status)
			}
			if location := res.Header.Get("Location"); c.kind != toClient && location != "" {
				t.Errorf("redirects to %s", location)
			}
			kinds()[c.kind](t, res, rule)
		})
	}
}
