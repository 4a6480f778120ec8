package mockidp

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// lineage is all that an access token can end with. Its jti says it, so that a
// realm has to remember what has ended, and nothing of what lives.
type lineage struct {
	visit, grant uint64 // 0 for none
	from         string // jti of the token that it was exchanged for; empty for another kind of token
	exchanges    int
}

// lineage returns what the tokens of a license stand on.
func (l *license) lineage() lineage {
	line := lineage{exchanges: l.exchanges, from: l.from}
	for ; l != nil; l = l.parent {
		if l.visit != nil && line.visit == 0 {
			line.visit = l.visit.serial
		}
		if line.grant == 0 {
			line.grant = l.grant
		}
	}
	return line
}

// license stands for what a token that nothing is kept of came from.
func (line *lineage) license() *license {
	return &license{visit: &visit{serial: line.visit}, grant: line.grant, from: line.from, exchanges: line.exchanges}
}

// tokenNamer writes jtis and reads them.
type tokenNamer struct{ block func() (cipher.Block, error) }

// newTokenNamer takes a secret that is filled in before the first token.
func newTokenNamer(secret []byte) tokenNamer {
	return tokenNamer{sync.OnceValues(func() (cipher.Block, error) {
		key, err := hkdf.Expand(sha256.New, secret, "grantwalk jti", aes.BlockSize)
		if err != nil {
			return nil, err
		}
		return aes.NewCipher(key)
	})}
}

const (
	numberSize = 5 // bytes of a visit and of a grant in a jti
	drawnSize  = aes.BlockSize - 2*numberSize
)

// name writes a jti: one block, encrypted, so that the tokens of one person with
// several clients can't be told by it. Of an exchanged token what it was
// exchanged for follows.
func (n tokenNamer) name(line lineage, drawn [drawnSize]byte) (string, error) {
	block, err := n.block()
	if err != nil {
		return "", err
	}
	var b [aes.BlockSize]byte
	putNumber(b[:numberSize], line.visit)
	putNumber(b[numberSize:], line.grant)
	copy(b[2*numberSize:], drawn[:])
	block.Encrypt(b[:], b[:])
	jti := wire.Base64URL(b[:])
	if line.exchanges > 0 {
		jti += "." + line.from
	}
	return jti, nil
}

// read returns what a jti says. The token must have been found to be genuine.
func (n tokenNamer) read(jti string) (lineage, bool) {
	own, from, _ := strings.Cut(jti, ".")
	b, err := base64.RawURLEncoding.DecodeString(own)
	block, broken := n.block()
	if err != nil || broken != nil || len(b) != aes.BlockSize {
		return lineage{}, false
	}
	block.Decrypt(b, b)
	return lineage{
		visit: number(b[:numberSize]), grant: number(b[numberSize : 2*numberSize]),
		from: from, exchanges: strings.Count(jti, "."),
	}, true
}

func putNumber(b []byte, n uint64) {
	var all [8]byte
	binary.BigEndian.PutUint64(all[:], n)
	copy(b, all[len(all)-numberSize:])
}

func number(b []byte) uint64 {
	var all [8]byte
	copy(all[len(all)-numberSize:], b)
	return binary.BigEndian.Uint64(all[:])
}
