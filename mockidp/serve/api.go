package serve

import (
	"net/http"
	"strings"

	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// APIs are resource servers that --api puts beside the provider. Somebody makes
// them who knows the story, which this package does not. Without any of them
// there is no such flag.
type APIs struct {
	Ways  []string // to find out whether a token is good; the first is the usual one
	Paths []string // at which they answer
	// Ready says what the provider is to be made with for a config, and who then
	// answers for both.
	Ready func(way string, cfg mockidp.Config) (needs mockidp.Config, around func(*mockidp.Provider) http.Handler)
}

func (f *serveFlags) apiFlag(say *catalog.Catalog, flags *pflag.FlagSet) {
	if len(f.apis.Ways) == 0 {
		return
	}
	words := say.Text("serving.flag.api", "paths", strings.Join(f.apis.Paths, ", "), "ways", strings.Join(f.apis.Ways, ", "))
	flags.StringVar(&f.api, "api", "", words)
	flags.Lookup("api").NoOptDefVal = f.apis.Ways[0]
}

// apiWords says so at the start; empty without --api.
func (f *serveFlags) apiWords(base string) logged {
	if f.api == "" {
		return logged{}
	}
	words := "api        " + base + strings.Join(f.apis.Paths, "  "+base) + "  tokens are verified by: " + f.api
	return logged{Event: "api", URL: base, Paths: f.apis.Paths, VerifiedBy: f.api, Message: words}
}
