// Package flows is the stories: one file per flow, each telling in a few lines
// what the cast does, and [Walk], which plays one of them message by message.
//
// It is handed the identity provider as an http.Handler and never imports one.
package flows
