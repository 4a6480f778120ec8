package export

// The types are those of Postman's collection format 2.1.0
// (https://schema.getpostman.com/json/collection/v2.1.0/docs/index.html).
type (
	postmanCollection struct {
		Info      postmanInfo       `json:"info"`
		Items     []postmanFolder   `json:"item"`
		Variables []postmanVariable `json:"variable"`
	}
	postmanInfo struct {
		Name        string `json:"name"`
		Description string `json:"description"`
		Schema      string `json:"schema"`
	}
	postmanFolder struct {
		Name        string        `json:"name"`
		Description string        `json:"description,omitempty"`
		Items       []postmanItem `json:"item"`
	}
	postmanItem struct {
		Name        string            `json:"name"`
		Description string            `json:"description,omitempty"`
		Events      []postmanEvent    `json:"event"`
		Request     postmanRequest    `json:"request"`
		Responses   []postmanResponse `json:"response"`
		Behaviour   postmanBehaviour  `json:"protocolProfileBehavior"`
	}
	postmanBehaviour struct {
		FollowRedirects bool `json:"followRedirects"` // each redirect is a request of its own here
		DisableCookies  bool `json:"disableCookies,omitempty"`
	}
	postmanEvent struct {
		Listen string        `json:"listen"` // "prerequest" or "test"
		Script postmanScript `json:"script"`
	}
	postmanScript struct {
		Type string   `json:"type"`
		Exec []string `json:"exec"`
	}
	postmanRequest struct {
		Method string       `json:"method"`
		Auth   *postmanAuth `json:"auth,omitempty"`
		Header []postmanKey `json:"header"`
		Body   *postmanBody `json:"body,omitempty"`
		URL    postmanURL   `json:"url"`
	}
	postmanAuth struct {
		Type   string       `json:"type"` // "basic", "bearer" or "noauth"
		Basic  []postmanKey `json:"basic,omitempty"`
		Bearer []postmanKey `json:"bearer,omitempty"`
	}
	postmanKey struct {
		Key   string `json:"key"`
		Value string `json:"value"`
		Type  string `json:"type,omitempty"`
	}
	postmanBody struct {
		Mode string       `json:"mode"` // "urlencoded" or "raw"
		Form []postmanKey `json:"urlencoded,omitempty"`
		Raw  string       `json:"raw,omitempty"`
	}
	postmanURL struct {
		Raw   string       `json:"raw"`
		Host  []string     `json:"host"`
		Path  []string     `json:"path,omitempty"`
		Query []postmanKey `json:"query,omitempty"`
	}
	postmanResponse struct {
		Name    string         `json:"name"`
		Request postmanRequest `json:"originalRequest"`
		Status  string         `json:"status"`
		Code    int            `json:"code"`
		Preview string         `json:"_postman_previewlanguage"`
		Header  []postmanKey   `json:"header"`
		Cookie  []string       `json:"cookie"` // always empty: they stand in the header
		Body    string         `json:"body"`
	}
	postmanVariable struct {
		Key         string `json:"key"`
		Value       string `json:"value"`
		Type        string `json:"type"`
		Description string `json:"description,omitempty"`
	}
)

// postmanSchema names the format to whoever reads the file.
const postmanSchema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
