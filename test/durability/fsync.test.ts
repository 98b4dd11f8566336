import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { call } from '../server.ts'
import { firstAccount, folder, startProgram } from './program.ts'
import { type Moment, readTrace, tracer } from './trace.ts'

const NOTES = 60
const CONNECTIONS = 12

const isSync = ({ call }: Moment): boolean => call === 'fdatasync' || call === 'fsync'
const isLog = ({ target }: Moment): boolean => target.endsWith('mamekey.sqlite-wal')
const isLogWrite = (moment: Moment): boolean => isLog(moment) && moment.call.startsWith('pwrite')

/** The header of a frame of the log (24 bytes) says in its second word how large the database is, for a COMMIT only. */
const isCommitHeader = ({ data }: Moment): boolean => data.length === 24 && data.slice(4, 8) !== '\0\0\0\0'

/** Where the commit that holds this text was wholly written; the frame's page follows its header. */
function endOfCommit(moments: Moment[], text: string): number {
  const page = moments.findIndex((moment) => isLogWrite(moment) && moment.data.includes(text))
  assert.notEqual(page, -1, `${text} was never written to the log`)
  const previous = moments.slice(0, page).findLastIndex((moment) => isLogWrite(moment) && moment.at === 'begin')
  const header = isCommitHeader(moments[previous]!)
    ? previous
    : moments.findIndex((moment, index) => index > page && isLogWrite(moment) && isCommitHeader(moment))
  assert.notEqual(header, -1, `${text} was never committed`)
  return moments.findIndex(
    (moment, index) => index > header && isLogWrite(moment) && moment.at === 'end' && moment.data.length > 24,
  )
}

/** Whether a synchronisation of the log began after one moment and had succeeded before another. */
const syncedBetween = (moments: Moment[], after: number, before: number): boolean =>
  moments.some((begun, begin) => {
    if (begin <= after || begin >= before || begun.at !== 'begin' || !isSync(begun) || !isLog(begun)) return false
    const end = moments.findIndex(
      (moment, index) => index > begin && moment.at === 'end' && isSync(moment) && isLog(moment),
    )
    return end !== -1 && end < before && moments[end]!.result === 0
  })

test('no answer leaves before its commit is on the disk', { timeout: 90_000 }, async (t) => {
  using data = folder()
  const file = join(data.path, 'trace')
  const under = tracer(file)
  if (!under) return t.skip('needs strace, and leave to use it')
  await using program = await startProgram(data.path, under)
  const token = await firstAccount(program.origin)
  const texts = Array.from({ length: NOTES }, (_, number) => `note <${number}> of the trace`)
  const left = [...texts]
  const connection = async () => {
    for (let text = left.pop(); text; text = left.pop()) {
      const { status } = await call(program.origin, 'notes/create', { text, i: token }, null)
      assert.equal(status, 200)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  program.kill('SIGKILL')
  await program.ended

  const moments = readTrace(file)
  const early: string[] = []
  let grouped = 0
  let previousCommit = -1
  for (const text of texts) {
    const committed = endOfCommit(moments, text)
    if (committed === previousCommit) grouped++
    previousCommit = committed
    const answered = moments.findIndex(
      ({ at, target, data }) =>
        at === 'begin' && /^TCP/.test(target) && data.includes(text) && data.includes('HTTP/1.1 200'),
    )
    assert.notEqual(answered, -1, `the answer for ${text} is not in the trace`)
    if (!syncedBetween(moments, committed, answered)) early.push(text)
  }
  assert.deepEqual(early, [], `${early.length} of ${NOTES} answers left before their commit was synchronised`)
  t.diagnostic(`${grouped} of ${NOTES} notes shared a commit with another`)
})

test('after the disk has failed to synchronise, nothing is said to be written', { timeout: 90_000 }, async (t) => {
  using data = folder()
  // Each thread's calls are counted by themselves: after the first failure other threads still succeed.
  const under = tracer('/dev/null', ['-e', 'inject=fdatasync:error=EIO:when=12'])
  if (!under) return t.skip('needs strace, and leave to use it')
  await using program = await startProgram(data.path, under)
  const { origin } = program
  const token = await firstAccount(origin)
  const post = async () => (await call(origin, 'notes/create', { text: 'a note', i: token }, null)).status
  let written = 0
  while (written < 200 && (await post()) === 200) written++
  assert.ok(written > 0 && written < 200, `${written} notes were written before the disk failed`)
  assert.deepEqual(await Promise.all(Array.from({ length: 10 }, post)), Array(10).fill(500))
  assert.match(program.stderr(), /The disk could not keep what was written/)
  assert.equal((await call(origin, 'notes/global-timeline', {}, null)).status, 200, 'reading goes on')
})
