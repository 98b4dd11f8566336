import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export interface Checkout extends Disposable {
  folder: string
  /** Where the server it starts keeps its data. */
  data: string
  /** Runs its launcher. */
  mamekey(args: string[]): ChildProcess
}

/** A copy of what is needed to run the program, with the packages of this checkout: its launcher installs nothing. */
export function checkout(): Checkout {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mamekey-checkout-')))
  for (const name of ['mamekey', 'package.json', 'src', 'build']) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter)
  const kept = ([name]: [string, unknown]) => !name.startsWith('MAMEKEY_') && name !== 'NODE_TEST_CONTEXT'
  const env = { ...Object.fromEntries(Object.entries(process.env).filter(kept)), PATH }
  return {
    folder,
    data: join(folder, 'data'),
    mamekey: (args) => spawn(join(folder, 'mamekey'), args, { env, stdio: ['ignore', 'pipe', 'pipe'] }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
