package mockidp

// deed says what a fault does, whomever it strikes.
func (f Fault) deed() string {
	token := map[string]string{tokenAccess: "access tokens", tokenID: "ID tokens", "": "access and ID tokens"}[f.Token]
	switch f.Kind {
	case FaultError:
		return "answer " + f.Error + " at the " + string(f.Endpoint) + " endpoint"
	case FaultUnavailable:
		return "be unavailable"
	case FaultDelay:
		return "answer " + f.By.String() + " late"
	case FaultDrop:
		return "close the connection without an answer"
	case FaultExpired:
		return "give out expired " + token
	case FaultWrongIssuer:
		return "give out " + token + " with the wrong issuer"
	case FaultWrongAudience:
		return "give out " + token + " with the wrong audience"
	case FaultTampered:
		return "give out " + token + " that were changed after signing"
	case FaultWrongNonce:
		return "give out ID tokens with the nonce of another request"
	case FaultNoKeyID:
		return "give out " + token + " without a kid"
	case FaultUnknownKeyID:
		return "give out " + token + " with a kid that nobody publishes"
	case FaultUnsigned:
		return "give out unsigned " + token + " (alg none)"
	case FaultRotateKeys:
		return "sign with new keys"
	case FaultMoveClock:
		return "move its clock forward by " + f.By.String()
	case FaultForgetSession:
		return "forget the session of whoever asks"
	case FaultForgetSessions:
		return "forget every session"
	}
	return f.lie(token)
}

// lie says it of what the provider gives out and should not.
func (f Fault) lie(token string) string {
	return map[FaultKind]string{ //nolint:gosec // words
		FaultFuture:         "give out " + token + " that are not valid yet",
		FaultFurtherAud:     "give out " + token + " for somebody else besides",
		FaultNoNonce:        "give out ID tokens without the nonce",
		FaultWrongAtHash:    "give out ID tokens with the at_hash of another access token",
		FaultForeignKey:     "give out " + token + " that somebody else signed, under the name of our key",
		FaultOwnKey:         "give out " + token + " that somebody else signed, with the key in the header",
		FaultHMAC:           "give out " + token + " signed by HS256 with the public key as the secret",
		FaultNoIDToken:      "give out no ID token",
		FaultOldIDToken:     "give out the ID token of an earlier login",
		FaultOtherAccess:    "give out the access token of somebody else",
		FaultTokenType:      "give out tokens of a type that nobody knows",
		FaultOtherUserInfo:  "tell of somebody else at UserInfo",
		FaultWrongState:     "answer with another state",
		FaultNoState:        "answer without the state",
		FaultWrongAnswerIss: "answer with the iss of another provider",
		FaultNoAnswerIss:    "answer without iss",
		FaultOldCode:        "answer with the code of an earlier login",
		FaultOtherCode:      "answer with the code of somebody else's login",
	}[f.Kind]
}
