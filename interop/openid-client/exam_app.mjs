// A web app with a login by openid-client, as an exam examines one: PORT is where it listens, ISSUER who signs people in.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

import * as client from 'openid-client'

const base = `http://127.0.0.1:${process.env.PORT}`
const options = { execute: [client.enableNonRepudiationChecks] } // checks signatures; the standard lets a client do without
let config
const discovered = async () =>
  config ??= await client.discovery(new URL(process.env.ISSUER), 'web', undefined, client.ClientSecretBasic('web-secret'), options)

const sessions = new Map()
const session = request => sessions.get(/session=([\w-]+)/.exec(request.headers.cookie)?.[1])

const routes = {
  async '/login'(request, response) {
    const login = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
    const to = client.buildAuthorizationUrl(await discovered(), {
      redirect_uri: base + '/callback', scope: 'openid profile', state: login.state, nonce: login.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(login.verifier), code_challenge_method: 'S256',
    })
    const id = randomUUID()
    sessions.set(id, { login })
    response.writeHead(302, { location: to.href, 'set-cookie': `session=${id}; Path=/; HttpOnly` }).end()
  },
  async '/callback'(request, response) {
    const mine = session(request)
    const { state, nonce, verifier } = mine.login
    const tokens = await client.authorizationCodeGrant(await discovered(), new URL(request.url, base), {
      expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true,
    })
    const person = await client.fetchUserInfo(await discovered(), tokens.access_token, tokens.claims().sub)
    mine.name = person.name
    response.writeHead(302, { location: '/' }).end()
  },
  async '/'(request, response) {
    const name = session(request)?.name
    if (name) response.end(`Hello ${name}`)
    else response.writeHead(302, { location: '/login' }).end()
  },
}

createServer((request, response) => {
  const route = routes[new URL(request.url, base).pathname]
  if (!route) {
    response.writeHead(404).end()
    return
  }
  route(request, response).catch(error => { response.writeHead(401).end(`the login failed: ${error.message}`) })
}).listen(Number(process.env.PORT), '127.0.0.1')
