package page

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
)

// usualAspect is that of the illustrations.
const usualAspect = 2.4

// aspectOf reads width through height from the first tag of an SVG; the usual when it does not say.
func aspectOf(content []byte) float32 {
	dec := xml.NewDecoder(bytes.NewReader(content))
	for {
		token, err := dec.Token()
		if err != nil {
			return usualAspect
		}
		tag, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range tag.Attr {
			box := strings.Fields(strings.ReplaceAll(a.Value, ",", " "))
			if a.Name.Local != "viewBox" || len(box) != 4 {
				continue
			}
			w, errW := strconv.ParseFloat(box[2], 32)
			h, errH := strconv.ParseFloat(box[3], 32)
			if errW == nil && errH == nil && w > 0 && h > 0 {
				return float32(w / h)
			}
		}
		return usualAspect
	}
}
