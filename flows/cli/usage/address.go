package usage

import (
	"errors"
	"net"
	"syscall"
)

// What Windows calls EACCES and EADDRINUSE.
const (
	wsaAccessDenied = syscall.Errno(10013)
	wsaAddressInUse = syscall.Errno(10048)
)

// AddressInUse reports whether another program has the port.
func AddressInUse(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaAddressInUse)
}

// AddressDenied reports whether this user may not listen there. A file that may
// not be read is refused in the same words, and is none.
func AddressDenied(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && (errors.Is(op, syscall.EACCES) || errors.Is(op, wsaAccessDenied))
}

// AddressOf returns the address that a network error is about.
func AddressOf(err error) string {
	var op *net.OpError
	if errors.As(err, &op) && op.Addr != nil {
		return op.Addr.String()
	}
	return "the address"
}
