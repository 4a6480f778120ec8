//go:build !race

package mockidp_test

import (
	"slices"
	"strings"
	"testing"
)

func TestModulesOfTheCertificationSuite(t *testing.T) {
	t.Parallel()
	modules := slices.Concat(requestModules(), wishModules(), claimModules(), sessionModules(), codeModules())
	for _, kind := range mockidpResponseTypes() {
		if kind == "token" {
			continue // plain OAuth, which no profile knows
		}
		for _, mode := range []string{"", "form_post"} {
			for _, m := range modules {
				if m.skip != nil && m.skip(kind) {
					continue
				}
				t.Run(strings.TrimSpace(kind+" "+mode)+"/"+m.name, func(t *testing.T) {
					realm := rulesRealm()
					realm.Clients = append(realm.Clients, certifiedClient())
					w := newWorldOf(t, realm)
					m.run(&certification{w, kind, mode, verifierOf(t, "certified-client", w.clock, "RS256")})
				})
			}
		}
	}
}

func TestModulesOfTheFAPISecurityProfilePlan(t *testing.T) {
	t.Parallel()
	for _, v := range []struct {
		name                              string
		byCertificate, boundToCertificate bool
	}{
		{"private_key_jwt and DPoP", false, false},
		{"private_key_jwt and mTLS", false, true},
		{"mTLS and DPoP", true, false},
		{"mTLS and mTLS", true, true},
	} {
		for _, m := range fapiModules() {
			if m.skip != nil && m.skip(v.byCertificate, v.boundToCertificate) {
				continue
			}
			t.Run(v.name+"/fapi2-security-profile-final-"+m.name, func(t *testing.T) {
				m.run(newFAPIRun(t, v.byCertificate, v.boundToCertificate))
			})
		}
	}
}
