import { join } from 'node:path'
import { type BuildResult, build } from 'esbuild'

const root = join(import.meta.dirname, '..')

/** What stays where npm put it: compiled code, code that is loaded once in a thread, and what nobody has installed. */
const outside = ['@node-rs/argon2', '@scalar/fastify-api-reference', 'pg-native']

/** Packages in CommonJS expect these. The names are taken by nobody else, as no module may see two of them. */
const forCommonJs = [
  "import { createRequire as bundleCreateRequire } from 'node:module'",
  'const require = bundleCreateRequire(import.meta.url)',
  'const __dirname = import.meta.dirname',
].join('; ')

/**
 * Bundles programs for Node.js: for each a file of its name, and beside them what they share and what they load later.
 * Names in the code stay as they are, so that stack traces can be read. Failures are told on standard error.
 * @param programs paths in this repository
 * @param folder where they are written; null for nowhere, only to learn what they would be made of
 */
export const bundle = (programs: string[], folder: string | null): Promise<BuildResult<{ metafile: true }>> =>
  build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir: folder ?? 'dist',
    write: folder !== null,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    entryNames: '[name]',
    external: outside,
    banner: { js: forCommonJs },
    // Letters beyond ASCII are escaped: one of them would make the engine keep the whole text with two bytes a letter.
    charset: 'ascii',
    tsconfigRaw: '{}',
    metafile: true,
    logLevel: 'warning',
  })
