import { randomUUID } from 'node:crypto'
import * as oauth4webapi from 'oauth4webapi'
import * as openid from 'openid-client'
import { AuthorizationCode } from 'simple-oauth2'

/** An app in the middle of asking for access. */
export interface Asking {
  /** The address it opens. */
  url: string
  /** Takes what came back to its callback and exchanges it; rejects where the person refused. */
  finish(callback: URL): Promise<{ token: string; scope: string | undefined }>
}

/** How a published client package asks a server for access. */
export type Ask = (origin: string, clientId: string, redirectUri: string, scope: string) => Promise<Asking>

const byOauth4webapi: Ask = async (origin, clientId, redirectUri, scope) => {
  const issuer = new URL(origin)
  const http = { [oauth4webapi.allowInsecureRequests]: true }
  const found = await oauth4webapi.discoveryRequest(issuer, { algorithm: 'oauth2', ...http })
  const server = await oauth4webapi.processDiscoveryResponse(issuer, found)
  const client = { client_id: clientId }
  const verifier = oauth4webapi.generateRandomCodeVerifier()
  const state = oauth4webapi.generateRandomState()
  const url = new URL(server.authorization_endpoint!)
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state,
    code_challenge: await oauth4webapi.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  return {
    url: url.href,
    async finish(callback) {
      const parameters = oauth4webapi.validateAuthResponse(server, client, callback, state)
      const response = await oauth4webapi.authorizationCodeGrantRequest(
        server,
        client,
        oauth4webapi.None(),
        parameters,
        redirectUri,
        verifier,
        http,
      )
      const result = await oauth4webapi.processAuthorizationCodeResponse(server, client, response)
      return { token: result.access_token, scope: result.scope }
    },
  }
}

const byOpenidClient: Ask = async (origin, clientId, redirectUri, scope) => {
  const config = await openid.discovery(new URL(origin), clientId, undefined, openid.None(), {
    algorithm: 'oauth2',
    execute: [openid.allowInsecureRequests],
  })
  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const expectedState = openid.randomState()
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    state: expectedState,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  return {
    url: url.href,
    async finish(callback) {
      const result = await openid.authorizationCodeGrant(config, callback, { pkceCodeVerifier, expectedState })
      return { token: result.access_token, scope: result.scope }
    },
  }
}

const bySimpleOauth2: Ask = async (origin, clientId, redirectUri, scope) => {
  // It knows no discovery: the app reads the addresses itself.
  const metadata = (await (await fetch(`${origin}/.well-known/oauth-authorization-server`)).json()) as Record<
    'authorization_endpoint' | 'token_endpoint',
    string
  >
  const client = new AuthorizationCode({
    client: { id: clientId, secret: '' },
    auth: {
      tokenHost: origin,
      tokenPath: new URL(metadata.token_endpoint).pathname,
      authorizePath: new URL(metadata.authorization_endpoint).pathname,
    },
    options: { authorizationMethod: 'body' },
  })
  const verifier = oauth4webapi.generateRandomCodeVerifier()
  const state = randomUUID()
  const pkce = {
    code_challenge: await oauth4webapi.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }
  return {
    url: client.authorizeURL({ redirect_uri: redirectUri, scope, state, ...pkce } as never),
    async finish({ searchParams }) {
      if (searchParams.get('state') !== state) throw new Error('somebody else came back')
      const code = searchParams.get('code')
      if (code === null) throw new Error(searchParams.get('error') ?? 'nothing came back')
      const { token } = await client.getToken({ code, redirect_uri: redirectUri, code_verifier: verifier } as never)
      return { token: token['access_token'] as string, scope: token['scope'] as string }
    },
  }
}

export const clients: Readonly<Record<string, Ask>> = {
  oauth4webapi: byOauth4webapi,
  'openid-client': byOpenidClient,
  'simple-oauth2': bySimpleOauth2,
}
