package serve

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// listenAddress reads --listen and refuses an address that other machines can
// reach, unless that was asked for.
func (f *serveFlags) listenAddress() (host, port string, err error) {
	host, port, err = net.SplitHostPort(f.listen)
	if err != nil {
		return "", "", usage.Mistakef("--listen %q is not ADDRESS:PORT, e.g. 127.0.0.1:8180", f.listen)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || strconv.FormatUint(n, 10) != port {
		return "", "", usage.Mistakef("--listen %s: the port is a number from 0 (any that is free) to 65535, e.g. 127.0.0.1:8180", f.listen)
	}
	host = strings.ToLower(host)
	ip, err := netip.ParseAddr(host)
	if loopback := host == "localhost" || (err == nil && ip.IsLoopback()); !loopback && !f.allowRemote {
		return "", "", f.remoteError()
	}
	return host, port, nil
}

func (f *serveFlags) remoteError() error {
	return usage.Mistakef("--listen %s lets other machines in, and everybody knows the passwords; use 127.0.0.1, or add --allow-remote if "+
		"you mean it", f.listen)
}

// listenError says in one line why nothing can be served there.
func listenError(err error) error {
	switch {
	case usage.AddressInUse(err):
		return errors.New("another program uses this port; choose another one with --listen 127.0.0.1:PORT, or PORT 0 for any that is free")
	case errors.Is(err, syscall.EACCES):
		return errors.New("you may not use this port; choose one above 1023, e.g. 127.0.0.1:8180")
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return errors.New("this machine does not have that address; use 127.0.0.1")
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// baseHost is the host and port by which clients reach the provider.
func baseHost(host string, at net.Addr, usualPort string) string {
	if ip, err := netip.ParseAddr(host); host == "" || (err == nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
		if name, err := os.Hostname(); err == nil {
			host = name
		}
	}
	return hostPort(host, at, usualPort)
}

// hostPort leaves the port out that the scheme implies.
func hostPort(host string, at net.Addr, usualPort string) string {
	_, port, _ := net.SplitHostPort(at.String())
	if port == usualPort {
		return strings.TrimSuffix(net.JoinHostPort(host, ""), ":")
	}
	return net.JoinHostPort(host, port)
}

// hosts are the Host headers that are answered, against DNS rebinding. With
// --allow-remote any name is: this machine may have many.
func (f *serveFlags) hosts(base string, at net.Addr) []string {
	if f.allowRemote {
		return nil
	}
	hosts := []string{base}
	for _, h := range []string{"127.0.0.1", "localhost", "::1"} {
		if own := hostPort(h, at, f.tls.usualPort()); own != base {
			hosts = append(hosts, own)
		}
	}
	return hosts
}
