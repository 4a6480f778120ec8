package mockidp

import "fmt"

// Trouble adds deliberate trouble to a realm and returns the number by which it
// is cleared. The error says what is wrong with it, and what would be allowed.
func (p *Provider) Trouble(realm string, f Fault) (int, error) {
	t, err := p.realm(realm)
	if err == nil {
		err = p.mischief.checkFault(t, f)
	}
	if err != nil {
		return 0, fmt.Errorf("trouble: %w", err)
	}
	id, ok := t.trouble.add(f)
	if !ok {
		return 0, fmt.Errorf("trouble: realm %s has %d faults already; clear some first", realm, maxFaults)
	}
	return id, nil
}

// ClearTrouble ends one fault of a realm, or with the number 0 all of them. It
// reports whether there was one. A clock that was moved stays where it is.
func (p *Provider) ClearTrouble(realm string, id int) bool {
	t, err := p.realm(realm)
	return err == nil && t.trouble.clear(id)
}

// Troubles lists the faults of a realm that can still strike.
func (p *Provider) Troubles(realm string) []ActiveFault {
	t, err := p.realm(realm)
	if err != nil {
		return nil
	}
	return t.trouble.all()
}

func (p *Provider) realm(name string) (*tenant, error) {
	if t := p.tenants["/realms/"+name]; t != nil {
		return t, nil
	}
	return nil, fmt.Errorf("there is no realm %q", name)
}

// beginTrouble adds the faults of a realm's configuration.
func (p *Provider) beginTrouble(r *Realm) error {
	t, err := p.realm(r.Name)
	if err == nil {
		err = p.mischief.checkFaults(t, r.Faults)
	}
	if err != nil {
		return err
	}
	for _, f := range r.Faults {
		t.trouble.add(f)
	}
	return nil
}
