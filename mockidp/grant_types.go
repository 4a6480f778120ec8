package mockidp

const grantAuthorizationCode = "authorization_code"

const grantClientCredentials = "client_credentials"

const grantDeviceCode = "urn:ietf:params:oauth:grant-type:device_code"

const grantPassword = "password"

const grantRefreshToken = "refresh_token"

const grantTokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange" //nolint:gosec // a name, no secret

// grantImplicit stands in grant_types for tokens from the authorization
// endpoint. No token request can name it.
const grantImplicit = "implicit"
