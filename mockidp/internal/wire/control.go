package wire

import (
	"encoding/json"
	"net/http"
)

// Tell answers a program that controls the server. There may be secrets in what
// it is told, so nobody keeps it.
func Tell(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // a caller that went away is nobody to tell
}

// Refuse tells such a program why something is not done.
func Refuse(w http.ResponseWriter, status int, why string) {
	Tell(w, status, struct {
		Error string `json:"error"`
	}{why})
}
