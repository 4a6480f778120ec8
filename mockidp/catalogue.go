package mockidp

import (
	"cmp"
	"slices"
	"strings"
)

// catalogue is what clients of a realm can ask for.
type catalogue struct {
	provider string // the issuer, which is a resource server itself
	scopes   []Scope
	details  []AuthorizationDetailsType

	defaultScope string // Realm.DefaultScope
	tokenType    string // Realm.AccessTokenType, at+jwt where it is empty
}

func (k *catalogue) scope(name string) *Scope {
	for i := range k.scopes {
		if k.scopes[i].Name == name {
			return &k.scopes[i]
		}
	}
	return nil
}

// allowedScopes lists what a client may ask for.
func (k *catalogue) allowedScopes(c *Client) []string {
	if c.Scope != "" {
		return strings.Fields(c.Scope)
	}
	names := make([]string, 0, len(k.scopes))
	for _, s := range k.scopes {
		if s.Name != scopeOffline || c.mayRefresh() {
			names = append(names, s.Name)
		}
	}
	return names
}

// scopesAboutPeople lists those of names that speak of a person.
func (k *catalogue) scopesAboutPeople(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		s := k.scope(name)
		return s == nil || !s.aboutPerson()
	})
}

func (k *catalogue) scopeNames() map[string]bool {
	names := make(map[string]bool, len(k.scopes))
	for _, s := range k.scopes {
		names[s.Name] = true
	}
	return names
}

// audience lists the resource servers that the scopes and the authorization
// details are for (RFC 9068 section 3). With openid, or with nothing else, that
// is this provider, which is the resource server of UserInfo.
func (k *catalogue) audience(scopes []string, details []detail) audience {
	var list audience
	add := func(aud string) {
		if aud != "" && !slices.Contains(list, aud) {
			list = append(list, aud)
		}
	}
	for _, name := range scopes {
		add(k.scope(name).Audience)
	}
	for _, d := range details {
		add(k.detailsType(d.typ).Audience)
	}
	if len(list) == 0 || slices.Contains(scopes, "openid") {
		list = append(list, k.provider)
	}
	return list
}

// scopeTarget is the resource server that a scope is for.
func (k *catalogue) scopeTarget(name string) string {
	if s := k.scope(name); s != nil {
		return cmp.Or(s.Audience, k.provider)
	}
	return ""
}

// targets lists every resource server that a token can be for.
func (k *catalogue) targets() []string {
	list := []string{k.provider}
	for _, s := range k.scopes {
		if s.Audience != "" && !slices.Contains(list, s.Audience) {
			list = append(list, s.Audience)
		}
	}
	return list
}

func (k *catalogue) detailsType(name string) *AuthorizationDetailsType {
	for i := range k.details {
		if k.details[i].Type == name {
			return &k.details[i]
		}
	}
	return nil
}

// detailsTypeNames lists what the metadata promises.
func (k *catalogue) detailsTypeNames() []string {
	var names []string
	for i := range k.details {
		names = append(names, k.details[i].Type)
	}
	return names
}
