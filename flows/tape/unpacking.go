package tape

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// mostPacked bounds an exchange that is read: its bodies and the headers that a server takes.
const mostPacked = 4 << 20

// unpacking reads parcels.
type unpacking struct {
	tape    *Tape
	stream  *bufio.Reader
	opening opening
	after   int
	text    []byte // room for what is not kept
}

var errParcel = errors.New("read the stream: it is not as this version tells it")

// unpackFrom reads the parcels of a stream until it ends.
func (t *Tape) unpackFrom(stream io.Reader, after int) (last int, err error) {
	u := &unpacking{tape: t, stream: bufio.NewReaderSize(stream, 64<<10), after: after}
	for {
		letter, err := u.stream.ReadByte()
		if errors.Is(err, io.EOF) {
			return u.after, nil
		}
		if err == nil {
			err = u.parcel(letter)
		}
		if err != nil {
			return u.after, fmt.Errorf("read the stream: %w", err)
		}
	}
}

func (u *unpacking) parcel(letter byte) error {
	long, err := binary.ReadUvarint(u.stream)
	if err != nil {
		return err //nolint:wrapcheck // by who asks
	}
	if long > mostPacked {
		return fmt.Errorf("%d bytes at once are more than the %d of the longest exchange", long, mostPacked)
	}
	var text []byte
	if letter == parcelExchange {
		text = make([]byte, long) // of which the exchange takes its bodies
	} else {
		if int(long) > cap(u.text) {
			u.text = make([]byte, long)
		}
		text = u.text[:long]
	}
	if _, err := io.ReadFull(u.stream, text); err != nil {
		return err //nolint:wrapcheck // by who asks
	}
	return u.take(letter, text)
}

func (u *unpacking) take(letter byte, text []byte) error {
	switch letter {
	case parcelText:
		texts := pieces(text)
		if len(texts) != 1 || len(u.opening.known) == mostTexts {
			return errParcel
		}
		u.opening.known = append(u.opening.known, texts[0])
	case parcelRule:
		texts := pieces(text)
		if len(texts) != 5 || len(u.opening.rules) == mostRules {
			return errParcel
		}
		u.opening.rules = append(u.opening.rules, ruling{
			by: trace.Role(texts[0]), id: texts[1], rule: texts[2], spec: trace.Spec{Doc: texts[3], Section: texts[4]},
		})
	case parcelGone:
		gone, size := binary.Uvarint(text)
		if size != len(text) || size <= 0 {
			return errParcel
		}
		u.tape.lose(int(gone)) //nolint:gosec // as many as a server had
		u.after += int(gone)   //nolint:gosec // as above
	case parcelExchange:
		number, size := binary.Uvarint(text)
		if size <= 0 {
			return errParcel
		}
		e, err := u.opening.exchange(text[size:])
		if err != nil {
			return err
		}
		u.tape.hold(&e)
		u.after = int(number) //nolint:gosec // the number of an exchange
	}
	return nil
}

// pieces reads texts that have their length before them; nothing where there are none.
func pieces(text []byte) []string {
	var all []string
	for len(text) > 0 {
		long, size := binary.Uvarint(text)
		if text = text[max(size, 0):]; size <= 0 || long > uint64(len(text)) {
			return nil
		}
		all = append(all, string(text[:long]))
		text = text[long:]
	}
	return all
}
