package mockidp

import (
	"context"
	"time"
)

// WaitWith makes delays go through wait, so that tests need not wait.
func (p *Provider) WaitWith(wait func(context.Context, time.Duration)) { p.wait = wait }

// EndpointForTest is a line of the routing table.
type EndpointForTest struct {
	Name, Path, Methods string
	CORS                bool
}

// EndpointsForTest is the routing table.
func EndpointsForTest() []EndpointForTest {
	var list []EndpointForTest
	for _, e := range endpoints() {
		list = append(list, EndpointForTest{e.name, e.path, e.methods, e.cors})
	}
	return list
}
