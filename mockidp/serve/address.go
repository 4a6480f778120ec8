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
		return "", "", usage.Slip("serving.slip.listen", "address", usage.Quote(f.listen))
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || strconv.FormatUint(n, 10) != port {
		return "", "", usage.Slip("serving.slip.port", "address", f.listen)
	}
	host = strings.ToLower(host)
	ip, err := netip.ParseAddr(host)
	if loopback := host == "localhost" || (err == nil && ip.IsLoopback()); !loopback && !f.allowRemote {
		return "", "", f.remoteError()
	}
	return host, port, nil
}

func (f *serveFlags) remoteError() error {
	return usage.Slip("serving.slip.remote", "address", f.listen)
}

// listenSlip says in one line why nothing can be served at the address of a
// flag, which is named with what stands between the two.
func listenSlip(flag, address string, err error) error {
	at := flag + address
	switch {
	case usage.AddressInUse(err):
		return usage.SlipOf(err, "serving.slip.port-used", "flag", at, "example", flag+"127.0.0.1:PORT")
	case usage.AddressDenied(err):
		return usage.SlipOf(err, "serving.slip.port-denied", "flag", at)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return usage.Slip("serving.slip.address-missing", "flag", at)
	}
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	return usage.SlipOf(err, "serving.slip.nowhere", "flag", at)
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
