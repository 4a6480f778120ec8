package mockidp

import (
	"context"
	"time"
)

// WaitWith makes delays go through wait, so that tests need not wait.
func (p *Provider) WaitWith(wait func(context.Context, time.Duration)) { p.wait = wait }
