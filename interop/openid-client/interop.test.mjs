// openid-client, a certified relying party, uses the provider as any app would:
// it is told the issuer and its own registration, and nothing else.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'

import * as client from 'openid-client'

import { Person } from './person.mjs'

const issuer = new URL(process.env.ISSUER)
const callback = 'http://127.0.0.1:8484/callback'
const registered = JSON.parse(process.env.CLIENTS) // what this judge added to the realm

const discover = (id, metadata, auth) => client.discovery(issuer, id, metadata, auth)

// logIn walks an authorization request to its callback and trades the code.
async function logIn(config, { scope, redirect = callback, push = false, dpop, extra = {}, person = new Person(), tokenExtra } = {}) {
  const verifier = client.randomPKCECodeVerifier()
  const asked = {
    redirect_uri: redirect, scope, state: client.randomState(), nonce: client.randomNonce(),
    code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...extra,
  }
  const address = push
    ? await client.buildAuthorizationUrlWithPAR(config, asked, { DPoP: dpop })
    : client.buildAuthorizationUrl(config, asked)
  const { location } = await person.visit(address.href)
  assert.ok(location, 'the browser comes back')
  const tokens = await client.authorizationCodeGrant(config, location, {
    pkceCodeVerifier: verifier, expectedState: asked.state, expectedNonce: scope.includes('openid') ? asked.nonce : undefined, idTokenExpected: scope.includes('openid'),
  }, tokenExtra, { DPoP: dpop })
  return { tokens, person, asked }
}

let spring

before(async () => {
  spring = await discover('spring-client-app', undefined, client.ClientSecretBasic('spring-client-secret'))
})

test('code and PKCE, UserInfo, refresh, introspection, revocation, logout', async () => {
  const { tokens, person } = await logIn(spring, { scope: 'openid profile email offline_access' })
  const claims = tokens.claims()
  assert.equal(claims.sub, 'user-jane')
  const who = await client.fetchUserInfo(spring, tokens.access_token, claims.sub)
  assert.equal(who.email, 'jane@example.com')

  const renewed = await client.refreshTokenGrant(spring, tokens.refresh_token)
  assert.notEqual(renewed.refresh_token, tokens.refresh_token)
  assert.equal(renewed.claims().sub, claims.sub)
  const narrowed = await client.refreshTokenGrant(spring, renewed.refresh_token, { scope: 'openid' })
  assert.equal(narrowed.scope, 'openid')

  assert.equal((await client.tokenIntrospection(spring, narrowed.access_token)).active, true)
  await client.tokenRevocation(spring, narrowed.refresh_token)
  assert.equal((await client.tokenIntrospection(spring, narrowed.access_token)).active, false)
  await assert.rejects(client.refreshTokenGrant(spring, narrowed.refresh_token), { error: 'invalid_grant' })

  const leave = client.buildEndSessionUrl(spring, {
    id_token_hint: tokens.id_token, post_logout_redirect_uri: 'http://127.0.0.1:8080/', state: 'bye',
  })
  const { location } = await person.visit(leave.href)
  assert.equal(location.href, 'http://127.0.0.1:8080/?state=bye')
})

test('a reused refresh token ends its family', async () => {
  const { tokens } = await logIn(spring, { scope: 'openid offline_access' })
  const renewed = await client.refreshTokenGrant(spring, tokens.refresh_token)
  await assert.rejects(client.refreshTokenGrant(spring, tokens.refresh_token), { error: 'invalid_grant' })
  await assert.rejects(client.refreshTokenGrant(spring, renewed.refresh_token), { error: 'invalid_grant' })
})

test('a public client', async () => {
  const travel = await discover('mobile-refresh-client', undefined, client.None())
  const { tokens } = await logIn(travel, { scope: 'openid email' })
  assert.equal(tokens.claims().sub, 'user-jane')
  assert.ok((await client.refreshTokenGrant(travel, tokens.refresh_token)).access_token)
})

test('client credentials, by the header and by the body', async () => {
  const service = await discover('my-service-client', undefined, client.ClientSecretBasic('my-service-secret'))
  const tokens = await client.clientCredentialsGrant(service, { scope: 'read:invoices' })
  assert.equal(tokens.scope, 'read:invoices')
  assert.equal(tokens.refresh_token, undefined)
  const posting = await discover(registered.post, undefined, client.ClientSecretPost(registered.secret))
  assert.ok((await client.clientCredentialsGrant(posting, { scope: 'read:invoices' })).access_token)
  const wrong = await discover('my-service-client', undefined, client.ClientSecretBasic('wrong'))
  await assert.rejects(client.clientCredentialsGrant(wrong, {}), { status: 401, code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE' })
})

test('a client that signs for itself', async () => {
  const key = await client_key()
  const config = await discover(registered.signing, undefined, client.PrivateKeyJwt(key))
  assert.ok((await client.clientCredentialsGrant(config, { scope: 'read:invoices' })).access_token)
  const hmac = await discover(registered.hmac, undefined, client.ClientSecretJwt(registered.secret))
  assert.ok((await client.clientCredentialsGrant(hmac, { scope: 'read:invoices' })).access_token)
})

test('pushed authorization requests, demanded of the client', async () => {
  const config = await discover('par-client', undefined, client.ClientSecretBasic('par-client-secret'))
  const { tokens } = await logIn(config, { scope: 'openid email', redirect: 'http://127.0.0.1:8484/accounts/callback', push: true })
  assert.equal(tokens.claims().sub, 'user-jane')
})

test('a signed request object', async () => {
  const config = await discover(registered.signing, undefined, client.PrivateKeyJwt(await client_key()))
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const address = await client.buildAuthorizationUrlWithJAR(config, {
    redirect_uri: callback, scope: 'openid', state, code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  }, await client_key())
  const { location } = await new Person().visit(address.href)
  const tokens = await client.authorizationCodeGrant(config, location, { pkceCodeVerifier: verifier, expectedState: state, idTokenExpected: true })
  assert.equal(tokens.claims().sub, 'user-jane')
})

test('DPoP, with bound tokens at UserInfo and when they are renewed', async () => {
  const config = await discover('dpop-client', undefined, client.ClientSecretBasic('dpop-client-secret'))
  const dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  const { tokens } = await logIn(config, { scope: 'openid email offline_access', dpop })
  assert.equal(tokens.token_type, 'dpop')
  assert.equal((await client.fetchUserInfo(config, tokens.access_token, 'user-jane', { DPoP: dpop })).email, 'jane@example.com')
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: dpop })
  assert.ok((await client.tokenIntrospection(config, renewed.access_token)).cnf.jkt)
  await assert.rejects(client.fetchUserInfo(config, renewed.access_token, 'user-jane'))
})

test('a device without a keyboard', async () => {
  const tv = await discover('tv-client', undefined, client.None())
  const device = await client.initiateDeviceAuthorization(tv, { scope: 'openid profile' })
  const done = new Person().visit(device.verification_uri_complete)
  const tokens = await client.pollDeviceAuthorizationGrant(tv, device)
  assert.ok((await done).html.includes('connected'))
  assert.equal(tokens.claims().sub, 'user-jane')
})

test('token exchange', async () => {
  const { tokens } = await logIn(spring, { scope: 'openid mail.read' })
  const assistant = await discover('exchange-client', undefined, client.ClientSecretBasic('exchange-client-secret'))
  const got = await client.genericGrantRequest(assistant, 'urn:ietf:params:oauth:grant-type:token-exchange', {
    subject_token: tokens.access_token, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token', scope: 'read:invoices',
  })
  assert.equal(got.scope, 'read:invoices')
})

test('the implicit and the hybrid flow, with ID tokens of the front channel', async () => {
  const old = await discover('legacy-implicit-client', undefined, client.None())
  client.useIdTokenResponseType(old)
  const nonce = client.randomNonce()
  const state = client.randomState()
  const { location } = await new Person().visit(client.buildAuthorizationUrl(old, {
    redirect_uri: 'http://localhost:4300/callback', scope: 'openid', nonce, state,
  }).href)
  assert.equal((await client.implicitAuthentication(old, location, nonce, { expectedState: state })).sub, 'user-jane')

  const hybrid = await discover(registered.hybrid, undefined, client.ClientSecretBasic(registered.secret))
  client.useCodeIdTokenResponseType(hybrid)
  const verifier = client.randomPKCECodeVerifier()
  const again = await new Person().visit(client.buildAuthorizationUrl(hybrid, {
    redirect_uri: callback, scope: 'openid', nonce, state, response_mode: 'form_post',
    code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  }).href)
  const posted = new Request(again.location, { method: 'POST', body: again.posted })
  const tokens = await client.authorizationCodeGrant(hybrid, posted, { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state })
  assert.equal(tokens.claims().sub, 'user-jane')
})

test('a person who refuses', async () => {
  const { location } = await new Person().visit(client.buildAuthorizationUrl(spring, {
    redirect_uri: callback, scope: 'openid', state: 's', nonce: 'n',
    code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()), code_challenge_method: 'S256',
  }).href, { decision: 'refuse' })
  await assert.rejects(client.authorizationCodeGrant(spring, location, { expectedState: 's' }), { error: 'access_denied' })
})

async function client_key() {
  return crypto.subtle.importKey('jwk', JSON.parse(process.env.KEY), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
}
