package mockidp

// grants is the grant table: a new grant is a file and a line here. The token
// endpoint, the metadata, the checks of the configuration and of clients that
// register themselves, the error codes that can be asked for and [Rules] are
// made from it.
func grants() grantTable {
	return grantTable{
		newAuthorizationCodeGrant(),
		newClientCredentialsGrant(),
		newRefreshTokenGrant(),
		newPasswordGrant(),
		newDeviceCodeGrant(),
		newTokenExchangeGrant(),
	}
}
