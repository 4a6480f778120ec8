package main

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
)

// providers returns how a run gets its identity provider. All runs share their
// keys: a classroom run the published demo key, so that it repeats; any other
// run keys that are made when the first token is signed.
func providers(classroom bool) (func(stage.Env) (http.Handler, error), error) {
	keys := &mockidp.KeySet{}
	if classroom {
		var err error
		if keys, err = mockidp.DemoKeys(); err != nil {
			return nil, err
		}
	}
	return onstage.Provider(keys), nil
}
