import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { readCsv } from '../../src/platform/csv/read-csv.ts'
import { asDay } from '../../src/platform/day.ts'
import { asSystem } from '../../src/platform/work.ts'
import { importPersons } from '../../src/register/imports/imports.ts'
import * as rolls from '../../src/rolls/rolls.ts'
import * as units from '../../src/units/units.ts'
import { synthesise } from '../../synth/synth.ts'
import { openHouse } from '../house.ts'

const out = await mkdtemp(join(tmpdir(), 'dinhdanh-rolls-'))
after(() => rm(out, { recursive: true, force: true }))
const { day, schoolYear, pupils } = await synthesise({ people: 5000, seed: 23, out })

const house = await openHouse({ day: asDay(day) })
await house.work(async work => {
  await units.importUnits(work, readCsv(join(out, 'units.csv'), { columns: units.unitColumns }))
  await units.importSchools(work, readCsv(join(out, 'schools.csv'), { columns: units.schoolColumns }))
})
await importPersons(house, join(out, 'persons.csv'))

type True = { readonly number: string; readonly defects: readonly string[] }

/** What is really so of each row, by file, sheet and row. */
async function truth(): Promise<Map<string, True>> {
  const lines = (await readFile(join(out, 'truth', 'rolls.csv'), 'utf8')).trim().split('\n').slice(1)
  return new Map(
    lines.map(line => {
      const [, file, sheet, row, number = '', , defects = ''] = line.split(',')
      return [`${file}|${sheet}|${row}`, { number, defects: defects.split(';').filter(Boolean) }]
    }),
  )
}

test('on synthetic rolls no row is lost, links are right, and defects are reported', async t => {
  const wanted = await truth()
  const { rolls: ids, refused } = await rolls.importFolder(house.openWork, asSystem('roll'), join(out, 'rolls'), {
    schoolYear,
  })
  assert.deepEqual(refused, [])

  let [links, right, known, defects, told, hidden, rows] = [0, 0, 0, 0, 0, 0, 0]
  for (const id of ids) {
    const checked = await house.work(work => rolls.describeReconciledRoll(work, id))
    for (const row of checked.rows) {
      const key = `${checked.roll.file}|${row.sheet}|${row.row}`
      const really = wanted.get(key)
      assert.ok(really, `${key} is no pupil's row`)
      wanted.delete(key)
      rows += 1
      if (really.number) known += 1
      const isLink = row.outcome === 'matched' || row.outcome === 'duplicate'
      if (isLink) links += 1
      if (row.outcome === 'not-found' && really.number && row.given_number?.endsWith(really.number.slice(1)))
        hidden += 1
      if (!isLink || row.person_number !== really.number) continue
      right += 1
      defects += really.defects.length
      told += really.defects.filter(defect => row.defects.some(one => one === defect)).length
    }
  }

  const [precision, recall, defectRecall] = [right / links, right / known, told / defects]
  t.diagnostic(
    `rows ${rows}, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, defects ${defects}, told ` +
      `${defectRecall.toFixed(4)}`,
  )
  assert.equal(rows, pupils)
  assert.equal(wanted.size, 0)
  assert.equal(hidden, 0)
  assert.ok(precision >= 0.995, `precision ${precision}`)
  assert.ok(recall >= 0.95, `recall ${recall}`)
  assert.ok(defectRecall >= 0.95, `defects told ${defectRecall}`)
})

test('after importing a folder the planner has fresh statistics without autovacuum', async () => {
  const { rows } = await house.work(({ tx }) =>
    sql<{ known: number }>`select reltuples::integer as known from pg_class where oid = 'rolls.row'::regclass`.execute(
      tx,
    ),
  )
  assert.equal(rows[0]?.known, pupils)
})
