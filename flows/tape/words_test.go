//go:build !race

package tape

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// TestAnExchangeIsToldAsEncodingJSONWritesIt holds the words of the stream to
// the tags of the structs: a field that is added there has to be told here.
func TestAnExchangeIsToldAsEncodingJSONWritesIt(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same in every run
	var w words
	for round := range 300 {
		var e Exchange
		fill(reflect.ValueOf(&e).Elem(), draw, round)
		w.text = w.text[:0]
		w.exchange(&e)
		if diff := cmp.Diff(asJSON(t, e), string(w.text)); diff != "" || w.rare != nil {
			t.Fatalf("exchange %d of the draw is told in other words (%v):\n%s", round, w.rare, diff)
		}
	}
}

func asJSON(t *testing.T, e Exchange) string {
	t.Helper()
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// fill sets everything in the first round, nothing in the second, and then what the draw says.
func fill(v reflect.Value, draw *rand.Rand, round int) {
	if round == 1 || round > 1 && draw.IntN(4) == 0 {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), draw, round)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1+draw.IntN(5), 5))
		for i := range v.Len() {
			fill(v.Index(i), draw, round)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(draw.Int64N(1<<33), draw.Int64N(2)*draw.Int64N(1e9)).In(time.FixedZone("", 3600*draw.IntN(3)))))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), draw, round)
			}
		}
	case reflect.String:
		v.SetString(oddText(draw))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(draw.Uint64N(256))
	default: // whole numbers; any other kind panics, and needs a line here
		v.SetInt(draw.Int64N(1<<40) - 1<<20)
	}
}

// oddText has every byte that JSON has an opinion about, and some it has none about.
func oddText(draw *rand.Rand) string {
	pieces := []string{
		`"`, `\`, "\n", "\r", "\t", "\b", "\f", "\x00", "\x1f", "\x7f", "\u2028", "\u2029", "\ufffd", "\xff", "\xe2\x80", "ü", "€", "𝛑",
		"<b>&amp;</b>", "https://a.example/cb?x=1&y=%20", "plain words", " ", "}", `}}`, ",{",
	}
	var text strings.Builder
	for range 1 + draw.IntN(6) {
		text.WriteString(pieces[draw.IntN(len(pieces))])
	}
	return text.String()
}

// anExchange is about what a login's exchanges are on the mean.
func anExchange() Exchange {
	check := trace.Check{
		By: trace.AuthorizationServer, ID: "redirect-uri-registered", Rule: "redirect_uri equals a registered one",
		Spec: trace.Spec{Doc: "RFC 6749", Section: "3.1.2.3"}, Expected: "https://travel.example/callback",
		Got: "https://travel.example/callback", Result: trace.Pass,
	}
	message := trace.Message{
		Kind: trace.Request, From: trace.Client, To: trace.AuthorizationServer, Channel: trace.Back, Method: "POST",
		URL: "http://127.0.0.1:8180/realms/demo/protocol/openid-connect/token", At: time.Now(), Body: bytes.Repeat([]byte("x"), 1500),
	}
	for range 8 {
		message.Header = append(message.Header, trace.Field{Name: "Content-Type", Value: "application/x-www-form-urlencoded"})
	}
	e := Exchange{Request: message, Answer: message}
	for range 20 {
		e.Request.Checks = append(e.Request.Checks, check)
	}
	return e
}

// TestAnExchangeIsHeardAsEncodingJSONReadsIt has what is told read member by
// member, whatever it says.
func TestAnExchangeIsHeardAsEncodingJSONReadsIt(t *testing.T) {
	draw := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same in every run
	var r reading
	for round := range 300 {
		var e, want Exchange
		fill(reflect.ValueOf(&e).Elem(), draw, round)
		rare := e.Event != nil
		for _, m := range []trace.Message{e.Request, e.Answer} {
			rare = rare || m.Act != nil || m.Calc != nil || len(m.Edited) > 0
		}
		text := []byte(asJSON(t, e))
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		got, err := r.exchange(text)
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Exchange{})); diff != "" || err != nil {
			t.Fatalf("exchange %d of the draw is heard as another one (%v):\n%s", round, err, diff)
		}
		if r.odd != rare {
			t.Errorf("exchange %d of the draw is left to encoding/json: %t, want %t", round, r.odd, rare)
		}
	}
}

// FuzzHearing holds what is read member by member to encoding/json, which knows
// what JSON is.
func FuzzHearing(f *testing.F) {
	f.Add([]byte(`{"number":1}`))
	e := anExchange()
	e.Request.URL += "?q=\u00fc\"\\"
	var w words
	w.exchange(&e)
	f.Add(w.text)
	f.Fuzz(func(t *testing.T, text []byte) {
		var r reading
		got, err := r.exchange(text)
		var want Exchange
		wrong := json.Unmarshal(text, &want)
		if (err == nil) != (wrong == nil) || wrong == nil && !cmp.Equal(want, got, cmpopts.IgnoreUnexported(Exchange{})) {
			t.Errorf("heard %+v (%v), want %+v (%v)", got, err, want, wrong)
		}
	})
}

// BenchmarkTelling is what it costs a server to tell somebody who looks on of an
// exchange: packed, as server-sent events, and beside it what encoding/json would take.
func BenchmarkTelling(b *testing.B) {
	kept := New(Bounds{})
	for range atOnce {
		e := anExchange()
		kept.add(&e)
	}
	b.Run("packed", func(b *testing.B) { tells(b, &parcels{tape: kept}) })
	b.Run("events", func(b *testing.B) { tells(b, &events{tape: kept}) })
	b.Run("encoding-json", func(b *testing.B) {
		some, _ := kept.After(0, atOnce)
		b.ReportAllocs()
		for b.Loop() {
			var text bytes.Buffer
			enc := json.NewEncoder(&text)
			enc.SetEscapeHTML(false)
			for i := range some {
				if err := enc.Encode(&some[i]); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func tells(b *testing.B, told telling) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		if _, last, _, err := told.tell(0); err != nil || last != atOnce {
			b.Fatal(last, err)
		}
	}
}

// BenchmarkHearing is what it costs somebody who looks on to read an exchange,
// beside what encoding/json would take.
func BenchmarkHearing(b *testing.B) {
	e := anExchange()
	var w words
	w.exchange(&e)
	b.Run("heard", func(b *testing.B) {
		b.ReportAllocs()
		var r reading
		for b.Loop() {
			if _, err := r.exchange(w.text); err != nil || r.odd {
				b.Fatal(err, r.odd)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var e Exchange
			if err := json.Unmarshal(w.text, &e); err != nil {
				b.Fatal(err)
			}
		}
	})
}
