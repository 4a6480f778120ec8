package keys

import (
	"bytes"
	"encoding/asn1"
	"math/big"
	"slices"
	"testing"
)

// TestTheHalvesOfAnES256SignatureAreJoinedWhateverTheirLength goes through
// integers that are short, and that DER writes with a zero before them.
func TestTheHalvesOfAnES256SignatureAreJoinedWhateverTheirLength(t *testing.T) {
	for _, r := range []int{1, 7, 8, 9, 128, 248, 249, 255, 256} {
		for _, s := range []int{1, 8, 248, 255, 256} {
			half := func(bits int) *big.Int { return new(big.Int).SetBit(big.NewInt(1), bits-1, 1) }
			der, err := asn1.Marshal(struct{ R, S *big.Int }{half(r), half(s)})
			if err != nil {
				t.Fatal(err)
			}
			want := append(half(r).FillBytes(make([]byte, 32)), half(s).FillBytes(make([]byte, 32))...)
			got := make([]byte, 64)
			if !joinES256(got, der) || !bytes.Equal(got, want) {
				t.Errorf("of %d and %d bits there came %x, not %x", r, s, got, want)
			}
			if n := slices.IndexFunc(beginnings(der), func(part []byte) bool { return joinES256(make([]byte, 64), part) }); n >= 0 {
				t.Errorf("of %d and %d bits, the first %d of %d bytes are taken for the whole", r, s, n, len(der))
			}
		}
	}
}

func beginnings(of []byte) [][]byte {
	var parts [][]byte
	for n := range of {
		parts = append(parts, of[:n])
	}
	return parts
}

func TestWhatIsNoES256SignatureIsNotTakenForOne(t *testing.T) {
	for what, der := range map[string][]byte{
		"an integer of 33 bytes": append([]byte{0x30, 38, 0x02, 33}, append(bytes.Repeat([]byte{1}, 33), 0x02, 1, 1)...),
		"something behind it":    {0x30, 9, 0x02, 1, 1, 0x02, 1, 1, 0x02, 1, 1},
		"another type":           {0x30, 6, 0x04, 1, 1, 0x02, 1, 1},
	} {
		if joinES256(make([]byte, 64), der) {
			t.Errorf("%s is taken for a signature", what)
		}
	}
}
