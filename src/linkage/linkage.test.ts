import assert from 'node:assert/strict'
import { test } from 'node:test'
import { candidateKeys } from './blocking.ts'
import { countsOf } from './frequencies.ts'
import { link, prepare } from './linkage.ts'
import type { ResolvedRow } from './resolve.ts'
import { anIndex, aRegister, aRoll, asRecords, type Damage, dice, type RollRow, usualDamage } from './toy-province.ts'

type Figures = { rows: number; inRegister: number; linked: number; right: number; review: number; lost: number }

function figuresOf(rows: readonly RollRow[], resolved: readonly ResolvedRow[]): Figures {
  const figures = { rows: rows.length, inRegister: 0, linked: 0, right: 0, review: 0, lost: 0 }
  rows.forEach(({ truth }, i) => {
    const { outcome, decision } = resolved[i] ?? {}
    if (truth) figures.inRegister++
    if (outcome === 'matched') figures.linked++
    if (outcome === 'matched' && decision?.best?.candidate.id === truth) figures.right++
    if (outcome === 'review') figures.review++
    if (outcome === 'not-found' && truth) figures.lost++
  })
  return figures
}

function anExperiment(seed: number, damage: Damage = usualDamage, size = 20_000, rowCount = 3_000) {
  const d = dice(seed)
  const raw = aRegister(d, size, [2004, 2005, 2006, 2007, 2008])
  const register = asRecords(raw)
  const roll = aRoll(d, raw, rowCount, damage)
  const find = anIndex(register)
  const linker = prepare(countsOf(register))
  const resolved = link(asRecords(roll.map(({ row }) => row)), row => candidateKeys(row).flatMap(find), linker)
  const where = (wanted: (row: RollRow) => boolean) => {
    const kept = roll.map((row, i) => ({ row, i })).filter(({ row }) => wanted(row))
    return figuresOf(
      kept.map(({ row }) => row),
      kept.flatMap(({ i }) => resolved[i] ?? []),
    )
  }
  return { roll, resolved, where, register }
}

const percent = (part: number, of: number) => (of === 0 ? '     –' : (part / of).toFixed(4))

function table(run: ReturnType<typeof anExperiment>): string {
  const lines: [string, (row: RollRow) => boolean][] = [
    ['number right', row => row.number === 'right' && row.kind === 'plain'],
    ['number wrong', row => row.number === 'wrong' && row.kind === 'plain'],
    ['number missing', row => row.number === 'missing' && row.kind === 'plain'],
    ['not in the register', row => row.kind === 'stranger'],
    ['… with a namesake', row => row.kind === 'namesake'],
    ['all', () => true],
  ]
  return lines
    .map(([title, wanted]) => {
      const f = run.where(wanted)
      return `${title.padEnd(20)} rows ${String(f.rows).padStart(5)}  linked ${String(f.linked).padStart(5)}  precision ${percent(f.right, f.linked)}  recall ${percent(f.right, f.inRegister)}  review ${f.review}  lost ${f.lost}`
    })
    .join('\n')
}

test('a damaged roll is linked to the register with few false links and few misses', t => {
  const run = anExperiment(7)
  const all = run.where(() => true)
  t.diagnostic(`\n${table(run)}`)
  assert.ok(all.right / all.linked >= 0.995, `precision ${all.right / all.linked}`)
  assert.ok(all.right / all.inRegister >= 0.95, `recall ${all.right / all.inRegister}`)
})
