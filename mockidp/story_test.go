package mockidp_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

func TestCodeIsGrantedAndRedeemedAndUsed(t *testing.T) {
	b := newBrowser(t, newProvider(t, mockidp.Config{Now: newClock().Now}))
	page := b.authorize()
	if page.StatusCode != http.StatusOK {
		t.Fatalf("sign-in page: %d\n%s", page.StatusCode, page.body)
	}
	consent := b.signIn(page, "jane")
	if consent.StatusCode != http.StatusOK {
		t.Fatalf("consent page: %d\n%s", consent.StatusCode, consent.body)
	}
	done := b.submit(consent, "decision", "approve")
	if done.StatusCode != http.StatusSeeOther {
		t.Fatalf("redirect: %d\n%s", done.StatusCode, done.body)
	}
	t.Log(done.Header.Get("Location"))
	tokens := b.post(tokenURL, redeeming(done.location().Query().Get("code")).Encode())
	if tokens.StatusCode != http.StatusOK {
		t.Fatalf("tokens: %d\n%s", tokens.StatusCode, tokens.body)
	}
	var got struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(tokens.body), &got); err != nil {
		t.Fatal(err)
	}
	info := b.post(oidcURL+"/userinfo", "", "Authorization", "Bearer "+got.AccessToken)
	if info.StatusCode != http.StatusOK {
		t.Fatalf("userinfo: %d %s", info.StatusCode, info.body)
	}
	t.Log(tokens.body, info.body)
}
