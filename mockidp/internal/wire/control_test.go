package wire

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestARefusalIsAnErrorThatNobodyKeepsOrTakesForAPage(t *testing.T) {
	w := httptest.NewRecorder()
	Refuse(w, http.StatusConflict, "a <b> is there & stays")
	if want := `{"error":"a <b> is there & stays"}` + "\n"; w.Code != http.StatusConflict || w.Body.String() != want {
		t.Errorf("it is answered %d %s, want %s", w.Code, w.Body, want)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
