import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '../../src/pages/messages.ts'
import { testServer } from '../server.ts'

test('a language that was chosen stays, and the page says which it is in', async () => {
  await using server = await testServer()
  for (const { code } of languages) {
    const chosen = await fetch(`${server.origin}/sign-in?lang=${code}`)
    const cookie = chosen.headers.get('set-cookie')!.split(';')[0]!
    const later = await fetch(`${server.origin}/sign-in`, { headers: { cookie, 'accept-language': 'fr' } })
    for (const page of [await chosen.text(), await later.text()]) {
      assert.equal(/<html lang="([^"]*)"/.exec(page)?.[1], code)
    }
  }
})
