import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readCsvRows } from '../../src/platform/csv/read-csv.ts'
import { fromRoot } from '../../src/platform/root.ts'

export type TwoFiles = {
  readonly left: string
  readonly right: string
  readonly settings: string
  readonly folder: string
}

/**
 * `dinhdanh link` on two files whose ids tell who is who: rec-1070-org and rec-1070-dup-0 are one person. No other
 * label is read.
 */
export async function linkTwoFiles({ left, right, settings, folder }: TwoFiles): Promise<Record<string, number>> {
  const command = fileURLToPath(fromRoot('bin/dinhdanh'))
  const out = join(folder, 'pairs.csv')
  const { stdout } = await promisify(execFile)(process.execPath, [
    command,
    'link',
    left,
    right,
    '--settings',
    settings,
    '--out',
    out,
    '--json',
  ])
  const { pairsCompared, seconds, peakMemoryMb } = JSON.parse(stdout)
  const people = (ids: readonly string[]) => new Set(ids.map(personIn))
  const onRight = people(await idsIn(right))
  const both = [...people(await idsIn(left))].filter(person => onRight.has(person)).length
  let [links, found] = [0, 0]
  for await (const { rows } of readCsvRows(out, { columns: ['left_id', 'right_id'] }))
    for (const [one = '', other = ''] of rows) {
      links += 1
      if (personIn(one) === personIn(other)) found += 1
    }
  return {
    links,
    precision: found / links,
    recall: found / both,
    F1: (2 * found) / (links + both),
    pairs: pairsCompared,
    seconds: seconds.whole,
    'peak MB': peakMemoryMb,
  }
}

const personIn = (id: string) => id.replace(/-(org|dup-\d+)$/, '')

async function idsIn(file: string): Promise<string[]> {
  const ids: string[] = []
  for await (const { rows } of readCsvRows(file)) for (const [id = ''] of rows) ids.push(id)
  return ids
}
