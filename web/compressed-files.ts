import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)]

/** Fonts and pictures of other kinds are compressed already. */
const compressible = 'assets/**/*.{js,css,json,svg,otf}'
/** What is shorter fits into one packet of the line in any case. */
const worthIt = 512

/** Writes each file once more in both encodings that browsers ask for, as small as they get: it is read many times. */
export async function compressFiles(folder: string): Promise<void> {
  const paths = globSync(`*/${compressible}`, { cwd: folder }).map(path => join(folder, path))
  await Promise.all(
    paths.map(async path => {
      const content = await readFile(path)
      if (content.length < worthIt) return
      const size = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
      const best = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, ...size }
      await writeFile(`${path}.br`, await brotli(content, { params: best }))
      await writeFile(`${path}.gz`, await zip(content, { level: constants.Z_BEST_COMPRESSION }))
    }),
  )
}
