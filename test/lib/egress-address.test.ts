import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFailure } from '../../src/lib/egress.ts'
import { testNetwork } from './egress-network.ts'

const limits = { maxBytes: 1_000, timeoutMs: 5_000 }

const inner = {
  'this network': ['0.0.0.0', '0.1.2.3', '::'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  'link-local': ['169.254.169.254', 'fe80::1', 'febf::1'],
  'unique local': ['fc00::1', 'fd12:3456::1'],
  'site-local': ['fec0::1', 'feff::1'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  'protocol assignments': ['192.0.0.1', '192.0.0.170'],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  benchmarking: ['198.18.0.1', '198.19.255.255', '2001:2::1'],
  '6to4 relays': ['192.88.99.1'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
  reserved: ['240.0.0.1', '255.255.255.254', '100::1', '4000::1', '8000::1', 'f000::1', '5f00::1'],
  broadcast: ['255.255.255.255'],
  'IPv4-mapped': ['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:a9fe:a9fe'],
  'IPv4-compatible': ['::127.0.0.1', '::8.8.8.8'],
  'IPv4-translated': ['::ffff:0:127.0.0.1'],
  NAT64: ['64:ff9b::127.0.0.1', '64:ff9b::8.8.8.8', '64:ff9b:1::7f00:1', '64:ff9b:1:ffff::1'],
  '6to4': ['2002:7f00:1::', '2002:808:808::1'],
  Teredo: ['2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  ORCHID: ['2001:10::1', '2001:20::1'],
  'zone ids': ['fe80::1%lo', '2606:4700::1%eth0'],
}

for (const [kind, addresses] of Object.entries(inner)) {
  test(`a name with an address for ${kind} is refused without a connection`, async () => {
    await using network = await testNetwork()
    for (const address of addresses) {
      network.name('host.example', [address])
      const answer = await network.egress.fetch('http://host.example/', limits)
      assert.ok(isFailure(answer), address)
      assert.equal(answer.failed, 'privateAddress', address)
    }
    assert.deepEqual(network.dialled, [])
  })
}

test('addresses in URLs are refused however they are written, and never resolved', async () => {
  await using network = await testNetwork()
  const hosts = [
    ...['127.0.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '127.1', '0', '①②⑦.0.0.1', '%31%32%37.1'],
    ...['[::1]', '[::ffff:7f00:1]', '[::ffff:127.0.0.1]', '[0:0:0:0:0:0:0:1]', '[fe80::1]', '3232235777', '0xa9fea9fe'],
  ]
  for (const host of hosts) {
    const answer = await network.egress.fetch(`http://${host}/`, limits)
    assert.ok(isFailure(answer), host)
    assert.equal(answer.failed, 'privateAddress', host)
  }
  assert.deepEqual([network.dialled, network.asked], [[], []])
})

test('public addresses of both families are reached, by name and as they are', async () => {
  await using network = await testNetwork()
  const addresses = ['8.8.8.8', '100.63.0.1', '100.128.0.1', '172.15.0.1', '172.32.0.1', '2606:4700::1', '2a00:1450::1']
  for (const address of addresses) {
    await network.serve(address, (_, response) => response.end('hello'))
    network.name('host.example', [address])
    for (const host of ['host.example', address.includes(':') ? `[${address}]` : address]) {
      const answer = await network.egress.fetch(`http://${host}/`, limits)
      assert.ok(!isFailure(answer), address)
      assert.equal(Buffer.from(answer.body).toString(), 'hello')
    }
  }
  assert.deepEqual(
    network.dialled,
    addresses.flatMap((address) => [`${address} 80`, `${address} 80`]),
  )
})

test('one inner address among public ones refuses the host', async () => {
  await using network = await testNetwork()
  network.name('mixed.example', ['8.8.8.8', '2606:4700::1', '10.0.0.1'])
  const answer = await network.egress.fetch('http://mixed.example/', limits)
  assert.ok(isFailure(answer))
  assert.equal(answer.failed, 'privateAddress')
  assert.deepEqual(network.dialled, [])
})

test('a name server that changes its answer is asked once, and the first answer is connected to', async () => {
  await using network = await testNetwork()
  await network.serve('8.8.8.8', (_, response) => response.end('public'))
  await network.serve('127.0.0.1', (_, response) => response.end('inner'))
  network.name('rebind.example', ['8.8.8.8'], ['127.0.0.1'])
  const answer = await network.egress.fetch('http://rebind.example/', limits)
  assert.ok(!isFailure(answer))
  assert.equal(Buffer.from(answer.body).toString(), 'public')
  assert.deepEqual([network.asked, network.dialled], [['rebind.example'], ['8.8.8.8 80']])

  const again = await network.egress.fetch('http://rebind.example/', limits)
  assert.ok(isFailure(again), 'the second request is checked anew')
  assert.equal(again.failed, 'privateAddress')
  assert.deepEqual(network.dialled, ['8.8.8.8 80'])
})

test('a redirect to the same host is resolved and checked anew', async () => {
  await using network = await testNetwork()
  await network.serve('8.8.8.8', (_, response) => response.writeHead(302, { location: '/next' }).end())
  network.name('rebind.example', ['8.8.8.8'], ['169.254.169.254'])
  const answer = await network.egress.fetch('http://rebind.example/', limits)
  assert.ok(isFailure(answer))
  assert.equal(answer.failed, 'privateAddress')
  assert.deepEqual([network.asked.length, network.dialled], [2, ['8.8.8.8 80']])
})

test('with private addresses allowed, inner servers are reached and names without an address are still not', async () => {
  await using network = await testNetwork({ allowPrivate: true })
  await network.serve('127.0.0.1', (_, response) => response.end('inner'))
  network.name('inner.example', ['127.0.0.1'])
  network.name('empty.example', [])
  network.name('alias.example', ['inner.example'])
  for (const host of ['inner.example', '127.0.0.1', '2130706433']) {
    const answer = await network.egress.fetch(`http://${host}/`, limits)
    assert.ok(!isFailure(answer), host)
  }
  for (const host of ['empty.example', 'alias.example', 'unknown.example']) {
    const answer = await network.egress.fetch(`http://${host}/`, limits)
    assert.ok(isFailure(answer), host)
    assert.equal(answer.failed, 'unresolvable', host)
  }
})
