import { stat } from 'node:fs/promises'
import { endSignals } from '../../platform/last-resort.ts'
import { progressOn, WrongUsage } from '../../platform/terminal.ts'
import type { Invocation } from '../invocation.ts'
import { assertWritable, type LinkPaths, type RunControl } from './files.ts'
import { linkOneFile } from './one-file.ts'
import { linkTwoFiles } from './two-files.ts'

const usage = 'link takes one file or two: link LEFT.csv [RIGHT.csv] --settings S.json --out PAIRS.csv'

function pathsIn({ positionals, values }: LinkInvocation): LinkPaths {
  const [left, right, ...more] = positionals
  const { settings, out, model, 'save-model': saveModel } = values
  if (!left || more.length > 0) throw new WrongUsage(usage)
  if (typeof settings !== 'string')
    throw new WrongUsage('link needs --settings S.json: which columns to compare, and by which to join')
  if (typeof out !== 'string') throw new WrongUsage('link needs --out PAIRS.csv: the file to write')
  return {
    left,
    right,
    settings,
    out,
    model: typeof model === 'string' ? model : undefined,
    saveModel: typeof saveModel === 'string' ? saveModel : undefined,
  }
}

/** The same file twice is one file: a row is no partner of itself. */
async function isOneFile(left: string, right: string | undefined): Promise<boolean> {
  if (right === undefined) return true
  const [one, other] = await Promise.all([left, right].map(path => stat(path).catch(() => undefined)))
  return one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino
}

async function linkFiles(invocation: LinkInvocation, control: RunControl): Promise<void> {
  const paths = pathsIn(invocation)
  const { left, right } = paths
  await assertWritable(paths.out)
  await assertWritable(paths.saveModel)
  if (right === undefined || (await isOneFile(left, right))) await linkOneFile(invocation.json, paths, control)
  else await linkTwoFiles(invocation.json, { ...paths, right }, control)
}

export type LinkInvocation = Omit<Invocation, 'house'>

/**
 * `link LEFT.csv RIGHT.csv --settings S.json --out PAIRS.csv`: the best partner in the right file of each row of the
 * left. `link FILE.csv --settings S.json --out CLUSTERS.csv`: the rows of a file that are of one thing.
 */
export async function link(invocation: LinkInvocation): Promise<void> {
  const cancel = new AbortController()
  const stop = () => cancel.abort()
  for (const signal of endSignals) process.on(signal, stop)
  try {
    await linkFiles(invocation, { stopped: cancel.signal, progress: progressOn() })
  } finally {
    for (const signal of endSignals) process.off(signal, stop)
  }
}
