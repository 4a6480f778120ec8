package mockidp

import (
	"time"
)

const (
	deviceCodeLifetime = 10 * time.Minute

	// longestCode is what RFC 6749 section 4.1.2 recommends at most, and
	// longestFAPICode what the FAPI 2.0 Security Profile section 5.3.2.1 demands.
	longestCode     = 10 * time.Minute
	longestFAPICode = time.Minute
	// longestFAPIPush is less than the ten minutes of section 5.3.2.2.
	longestFAPIPush = 10*time.Minute - time.Second
	// longestLifetime keeps sums of lifetimes sound.
	longestLifetime = 10 * 366 * 24 * time.Hour

	// longestGrace is more than a client needs that lost an answer.
	longestGrace = 5 * time.Minute

	refreshIdleOnline  = time.Hour
	refreshIdleOffline = 7 * 24 * time.Hour
	refreshOffline     = 30 * 24 * time.Hour
)

// or fills the zeros of l in from another.
func (l Lifetimes) or(other Lifetimes) Lifetimes {
	for _, pair := range [][2]*time.Duration{
		{&l.Code, &other.Code},
		{&l.AccessToken, &other.AccessToken},
		{&l.IDToken, &other.IDToken},
		{&l.RefreshToken, &other.RefreshToken},
		{&l.RefreshIdle, &other.RefreshIdle},
		{&l.RefreshTokenGrace, &other.RefreshTokenGrace},
		{&l.Session, &other.Session},
		{&l.DeviceCode, &other.DeviceCode},
		{&l.PushedRequest, &other.PushedRequest},
	} {
		if *pair[0] == 0 {
			*pair[0] = *pair[1]
		}
	}
	return l
}

// usualLifetimes are those of a realm that says nothing. How long refresh
// tokens are good depends on what they are for.
func usualLifetimes() Lifetimes {
	return Lifetimes{
		Code: time.Minute, AccessToken: 5 * time.Minute, IDToken: 5 * time.Minute,
		Session: 8 * time.Hour, DeviceCode: deviceCodeLifetime, PushedRequest: time.Minute,
	}
}

// refreshLifetime is how long refresh tokens are good: unused, and altogether.
type refreshLifetime struct{ idle, total time.Duration }

func (r refreshLifetime) or(idle, total time.Duration) refreshLifetime {
	if r.idle == 0 {
		r.idle = idle
	}
	if r.total == 0 {
		r.total = total
	}
	return r
}

// checkLifetimes refuses what no standard or no clock allows. Tokens count in
// whole seconds, so nothing is shorter.
func checkLifetimes(l Lifetimes, profile Profile) error {
	for _, one := range []struct {
		name  string
		value time.Duration
		most  time.Duration
		why   string
	}{
		{"code", l.Code, longestCode, " (RFC 6749 section 4.1.2)"},
		{"access_token", l.AccessToken, longestLifetime, ""},
		{"id_token", l.IDToken, longestLifetime, ""},
		{"refresh_token", l.RefreshToken, longestLifetime, ""},
		{"refresh_idle", l.RefreshIdle, longestLifetime, ""},
		{"refresh_token_grace", l.RefreshTokenGrace, longestGrace, " (RFC 9700 section 4.14.2 wants the second use noticed)"},
		{"session", l.Session, longestLifetime, ""},
		{"pushed_request", l.PushedRequest, longestCode, " (RFC 9126 section 2.2)"},
	} {
		if one.value != 0 && (one.value < time.Second || one.value > one.most) {
			return wrong("lifetimes."+one.name, "%s must be between 1s and %s%s; leave it out for the usual one", one.value, one.most, one.why)
		}
	}
	switch {
	case profile == ProfileFAPI2 && l.Code > longestFAPICode:
		return byFAPI("5.3.2.1", "lifetimes.code", "%[3]s must be at most %[4]s", l.Code, longestFAPICode)
	case profile == ProfileFAPI2 && l.PushedRequest > longestFAPIPush:
		return byFAPI("5.3.2.2", "lifetimes.pushed_request", "%[3]s must be at most %[4]s", l.PushedRequest, longestFAPIPush)
	case l.RefreshToken != 0 && l.RefreshIdle > l.RefreshToken:
		return wrong("lifetimes.refresh_idle", "%s must be at most refresh_token, which is %s altogether", l.RefreshIdle, l.RefreshToken)
	}
	return nil
}
