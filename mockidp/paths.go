package mockidp

// Endpoint names an endpoint of a realm: in [Rules], in the trouble that is
// ordered for it, and in what [Provider.Watch] tells.
type Endpoint string

// EveryEndpoint stands for all of them, for rules about HTTP itself.
const EveryEndpoint Endpoint = "every"

const protocolPath = "/protocol/openid-connect"

const (
	pathAuthorization       = protocolPath + "/auth"
	pathSignIn              = protocolPath + "/auth/sign-in"
	pathConsent             = protocolPath + "/auth/consent"
	pathToken               = protocolPath + "/token"
	pathPushed              = protocolPath + "/ext/par/request"
	pathDeviceAuthorization = pathAuthorization + "/device"
	pathDevice              = "/device" // short, because people type it
	pathRevocation          = protocolPath + "/revoke"
	pathIntrospection       = pathToken + "/introspect"
	pathLogout              = protocolPath + "/logout"
	pathLogoutForm          = pathLogout + "/confirm"
	pathCerts               = protocolPath + "/certs"
	pathUserInfo            = protocolPath + "/userinfo"
	pathRegistration        = "/clients-registrations/openid-connect"
	pathClient              = pathRegistration + "/" // the client_id follows
	pathCookieCheck         = protocolPath + "/3p-cookies/step1.html"
	pathDiscovery           = "/.well-known/openid-configuration"

	// pathMetadata comes before the issuer's path (RFC 8414 section 3.1).
	pathMetadata = "/.well-known/oauth-authorization-server"
)
