import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Day } from '../../src/platform/day.ts'
import { openCsv, type Written } from '../csv.ts'
import { accountMoveRow, cardMoveRow, type ReturnedFile, seasonColumns, seatRow, sessionRow } from './fact.ts'
import { openSeason, type Season } from './season.ts'

/** A season that writes season/*.csv and season/truth.json into a folder as it is told. */
export type WrittenSeason = Season & { drained(): Promise<void>; close(): Promise<Record<string, Written>> }

export async function writeSeason(
  out: string,
  { seed, day, until }: { seed: number; day: Day; until: Day },
): Promise<WrittenSeason> {
  const folder = join(out, 'season')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const writers = {
    'season/sessions.csv': openCsv(join(folder, 'sessions.csv'), seasonColumns.sessions),
    'season/roster.csv': openCsv(join(folder, 'roster.csv'), seasonColumns.roster),
    'season/card-moves.csv': openCsv(join(folder, 'card-moves.csv'), seasonColumns.cardMoves),
    'season/account-moves.csv': openCsv(join(folder, 'account-moves.csv'), seasonColumns.accountMoves),
  }
  const returned: ReturnedFile[] = []
  const season = openSeason({
    seed,
    day,
    until,
    sink: {
      session: row => writers['season/sessions.csv'].write(sessionRow(row)),
      seat: row => writers['season/roster.csv'].write(seatRow(row)),
      cardMove: row => writers['season/card-moves.csv'].write(cardMoveRow(row)),
      accountMove: row => writers['season/account-moves.csv'].write(accountMoveRow(row)),
      returned: row => returned.push(row),
    },
  })
  return {
    ...season,
    drained: async () => {
      for (const writer of Object.values(writers)) await writer.drained()
    },
    close: async () => {
      const files: Record<string, Written> = {}
      for (const [name, writer] of Object.entries(writers)) files[name] = await writer.close()
      const truth = `${JSON.stringify({ ...season.truth, returned }, undefined, 2)}\n`
      await writeFile(join(folder, 'truth.json'), truth)
      files['season/truth.json'] = { rows: returned.length, sha256: createHash('sha256').update(truth).digest('hex') }
      return files
    },
  }
}
