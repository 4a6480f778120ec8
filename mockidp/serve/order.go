package serve

import (
	"cmp"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/configfile"
	"github.com/grantwalk/grantwalk/mockidp/spoken"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// order is what serve was asked to serve.
type order struct {
	config    mockidp.Config
	clientCAs *x509.CertPool   // see tlsFlags
	file      *configfile.File // nil without --config
	name      string           // of the file, for people
}

// load reads --config and applies --realm.
func (f *serveFlags) load(in io.Reader) (*order, error) {
	say, err := f.catalog()
	if err != nil {
		return nil, err
	}
	o := &order{}
	if o.clientCAs, err = f.tls.clientCAs(); err != nil {
		return nil, err
	}
	if f.config != "" {
		if err := o.read(f.config, in); err != nil {
			return nil, err
		}
	}
	if f.baseURL != "" {
		o.config.BaseURL = f.baseURL
	}
	o.config.Words = spoken.Words(say)
	if len(o.config.Realms) > 0 {
		return o, o.choose(f.realms)
	}
	for _, realm := range storyRealms(f.realms) {
		if f.allowRemote { // who registers names addresses of this machine that the provider calls, and everybody knows the token
			realm.Registration = nil
		}
		o.config.Realms = append(o.config.Realms, spoken.Realm(realm, say))
	}
	return o, nil
}

// storyRealms are those of the lessons, or the main one of them under other names.
func storyRealms(names []string) []mockidp.Realm {
	all := mockidp.StoryRealms()
	if len(names) == 0 {
		return all
	}
	var named []mockidp.Realm
	for _, name := range names {
		realm := all[len(all)-1]
		if i := slices.IndexFunc(all, func(r mockidp.Realm) bool { return r.Name == name }); i >= 0 {
			realm = all[i]
		}
		realm.Name = name
		named = append(named, realm)
	}
	return named
}

// catalog is what the pages say, or nil for English, which the provider speaks by itself.
func (f *serveFlags) catalog() (*catalog.Catalog, error) {
	language, err := usage.Language(f.language)
	if err != nil || language == tutorials.DefaultLanguage {
		return nil, err
	}
	return tutorials.Catalog(language)
}

func (o *order) read(name string, in io.Reader) error {
	o.name = name
	if name == "-" {
		o.name = "standard input"
	} else {
		file, err := os.Open(name) //nolint:gosec // whoever runs the command names the file
		if err != nil {
			return fileSlip("--config", name, err)
		}
		defer func() { _ = file.Close() }()
		in = file
	}
	text, err := io.ReadAll(io.LimitReader(in, configfile.MaxSize+1))
	if err != nil {
		return fileSlip("--config", o.name, err)
	}
	o.file, err = configfile.Read(o.name, string(text))
	if err != nil {
		return usage.Mistakef("--config %w", err)
	}
	o.config = o.file.Config
	if name != "-" {
		o.beside(filepath.Dir(name))
	}
	return nil
}

// beside has the paths in the file begin at its folder.
func (o *order) beside(folder string) {
	for i := range o.config.Realms {
		if r := &o.config.Realms[i]; r.SigningKeysFile != "" && !filepath.IsAbs(r.SigningKeysFile) {
			r.SigningKeysFile = filepath.Join(folder, r.SigningKeysFile)
		}
	}
}

// choose keeps only the realms of those names, in that order; no name keeps all.
func (o *order) choose(names []string) error {
	if len(names) == 0 {
		return nil
	}
	var chosen []mockidp.Realm
	for _, name := range names {
		i := slices.IndexFunc(o.config.Realms, func(r mockidp.Realm) bool { return r.Name == name })
		if i < 0 {
			return usage.Slip("serving.slip.realm", "realm", name, "file", o.name, "realms", strings.Join(o.realmNames(), ", "))
		}
		chosen = append(chosen, o.config.Realms[i])
	}
	o.config.Realms = chosen
	return nil
}

func (o *order) realmNames() []string {
	names := make([]string, 0, len(o.config.Realms))
	for i := range o.config.Realms {
		names = append(names, o.config.Realms[i].Name)
	}
	return names
}

// host is the host and port of base_url, or empty.
func (o *order) host() string {
	u, err := url.Parse(o.config.BaseURL)
	if err != nil {
		return "" // mockidp.New says so
	}
	return u.Host
}

// provider makes the provider that is reached at base, a host and port, and what
// answers around it; create is [mockidp.New] or what takes the place of it.
func (o *order) provider(
	f *serveFlags, base string, at net.Addr, create func(mockidp.Config) (*mockidp.Provider, error),
) (*mockidp.Provider, http.Handler, error) {
	cfg := o.settings(f, base, at)
	around := func(p *mockidp.Provider) http.Handler { return p }
	if f.api != "" {
		cfg, around = f.apis.Ready(f.api, cfg)
	}
	provider, err := create(cfg)
	if err != nil {
		return nil, nil, o.explain(f, err)
	}
	return provider, around(provider), nil
}

// others are the hosts of the config by which clients come besides that of base_url.
func (o *order) others() []string {
	others := slices.Clone(o.config.Hosts)
	if u, err := url.Parse(o.config.BackChannelURL); err == nil && u.Host != "" {
		others = append(others, u.Host)
	}
	return others
}

// settings are what the file and the command line say together.
func (o *order) settings(f *serveFlags, base string, at net.Addr) mockidp.Config {
	cfg := o.config
	if o.many(f) {
		cfg.Realms = slices.Clone(cfg.Realms)
		for i := range cfg.Realms {
			if r := &cfg.Realms[i]; len(r.SigningAlgorithms) == 0 || slices.Contains(r.SigningAlgorithms, manyAlg) {
				r.SigningAlg = cmp.Or(r.SigningAlg, manyAlg)
			}
		}
	}
	cfg.ClientCertificates, cfg.ClientCAs = f.tls.on, o.clientCAs
	cfg.Relaxed.PlainHTTP = cfg.Relaxed.PlainHTTP || f.allowRemote
	if hosts := f.hosts(base, at); hosts != nil {
		cfg.Hosts = slices.Concat(hosts, cfg.Hosts)
		cfg.Hosts = append(cfg.Hosts, o.names()...)
	} else {
		cfg.Hosts = nil
	}
	cfg.BaseURL = o.base(f, base)
	return cfg
}

// base is the URL that the issuers begin with, where clients reach us at a host and port.
func (o *order) base(f *serveFlags, at string) string {
	return cmp.Or(o.config.BaseURL, f.tls.scheme()+"://"+at)
}

// manyAlg is what realms sign with that are several and say nothing: a class
// that signs in at once spends most of its time on RSA.
const manyAlg = "ES256"

// many reports whether somebody asked for several realms. The two of the lessons
// sign as their source has it.
func (o *order) many(f *serveFlags) bool {
	return len(o.config.Realms) > 1 && (o.file != nil || len(f.realms) > 1)
}

// manyWords says so at the start; nothing where it is not so.
func (o *order) manyWords(f *serveFlags) logged {
	silent := func(r mockidp.Realm) bool { return r.SigningAlg == "" }
	if !o.many(f) || !slices.ContainsFunc(o.config.Realms, silent) {
		return logged{}
	}
	return logged{
		Event: "notice", Keys: []string{"realm.signing_alg"},
		Message: "There are several realms, so they sign with " + manyAlg + "; signing_alg = \"RS256\" in a [[realm]] changes that.",
	}
}

// names are the hosts and ports of base_url: where that is on this machine,
// under each of its names, since a container may be reached at another port
// than it listens at.
func (o *order) names() []string {
	host := o.host()
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = strings.Trim(host, "[]"), ""
	}
	own := []string{"127.0.0.1", "localhost", "::1"}
	switch {
	case host == "":
		return nil
	case !slices.Contains(own, name):
		return []string{host}
	case port == "":
		return []string{"127.0.0.1", "localhost", "[::1]"}
	}
	for i := range own {
		own[i] = net.JoinHostPort(own[i], port)
	}
	return own
}

// print writes the config as a file, if it is one that can be served.
func (o *order) print(f *serveFlags, out io.Writer) error {
	cfg := o.config
	if cfg.BaseURL == "" {
		cfg.BaseURL = "https://127.0.0.1:8180"
	}
	cfg.ClientCertificates = strings.HasPrefix(cfg.BaseURL, "https:") // whether it is served so, the flags of that run say
	provider, err := mockidp.New(cfg)
	if err != nil {
		return o.explain(f, err)
	}
	if err := configfile.Write(out, o.asServed()); err != nil {
		return errors.Join(fmt.Errorf("print the config: %w", err), provider.Close())
	}
	return provider.Close()
}

// asServed says what each of several realms signs with: the two of the lessons
// say nothing and sign with RS256, and a file with two that say nothing would not.
func (o *order) asServed() mockidp.Config {
	cfg := o.config
	if o.file != nil || len(cfg.Realms) < 2 {
		return cfg
	}
	cfg.Realms = slices.Clone(cfg.Realms)
	for i := range cfg.Realms {
		cfg.Realms[i].SigningAlg = cmp.Or(cfg.Realms[i].SigningAlg, "RS256")
	}
	return cfg
}
