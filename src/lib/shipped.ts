import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Run from `src/*.ts`, or from the bundle that `build/` makes of it: one flat folder with the other files beside. */
const isSource = import.meta.filename.endsWith('.ts')
const home = new URL(isSource ? '../' : './', import.meta.url)

/** The folder of the whole checkout, as a path. */
export const checkout = fileURLToPath(new URL(isSource ? '../' : '../../', home))

/** Where a file lies that the program reads while it runs, by its path in `src`. */
export const shippedFile = (path: string): URL => new URL(path, home)

/** The program of a thread, by its path in `src`. */
export const shippedWorker = (path: `${string}-worker.ts`): URL =>
  isSource ? new URL(path, home) : new URL(`${basename(path, '.ts')}.js`, home)
