import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { test } from 'node:test'
import { dataFolder, running } from './program.ts'

const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version'])
    return true
  } catch {
    return false
  }
})()

function certificate(folder: string, name: string): { cert: string; key: string } {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost']
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-out', cert, '-keyout', key, ...subject],
    {
      stdio: 'ignore',
    },
  )
  return { cert, key }
}

/** The name in the certificate a server shows, and the status of its health. */
function look(origin: string, ca: string): Promise<{ status: number | undefined; name: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${origin}/healthz`, { ca, agent: false }, (response) => {
      const { subject } = (response.socket as import('node:tls').TLSSocket).getPeerCertificate()
      response.resume()
      resolve({ status: response.statusCode, name: String(subject.CN) })
    })
    asked.on('error', reject)
    asked.end()
  })
}

test('HTTPS without a proxy, with a certificate that can be renewed', {
  skip: !hasOpenssl && 'needs openssl',
}, async () => {
  using data = dataFolder()
  const { cert, key } = certificate(data.path, 'first')
  await using server = await running('start', [
    '--data',
    data.path,
    '--tls-cert',
    cert,
    '--tls-key',
    key,
    '--log',
    'silent',
  ])
  assert.match(server.origin, /^https:\/\/localhost:\d+$/)
  assert.deepEqual(await look(server.origin, readFileSync(cert, 'utf8')), { status: 200, name: 'first' })
  certificate(data.path, 'second')
  const renewed = readFileSync(cert, 'utf8')
  // The files are looked at every five seconds; the event is a handshake with the new name.
  for (;;) {
    const seen = await look(server.origin, renewed).catch(() => null)
    if (seen?.name === 'second') break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})
