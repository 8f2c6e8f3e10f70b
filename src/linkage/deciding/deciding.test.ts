import assert from 'node:assert/strict'
import { test } from 'node:test'
import { candidateKeys } from '../blocking/blocking.ts'
import { nameCountsOf } from '../comparing/frequencies.ts'
import {
  anIndex,
  aRegister,
  aRoll,
  asRecords,
  type Damage,
  type ToyRollRow,
  toyDice,
  usualDamage,
} from '../toy-province.fixture.ts'
import { link, makeLinker } from './deciding.ts'
import type { ResolvedRow } from './one-to-one.ts'

type Figures = { rows: number; inRegister: number; linked: number; right: number; review: number; lost: number }

function figuresOf(rows: readonly ToyRollRow[], resolved: readonly ResolvedRow[]): Figures {
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
  const d = toyDice(seed)
  const raw = aRegister(d, size, [2004, 2005, 2006, 2007, 2008])
  const register = asRecords(raw)
  const roll = aRoll(d, raw, rowCount, damage)
  const find = anIndex(register)
  const linker = makeLinker(nameCountsOf(register))
  const resolved = link(asRecords(roll.map(({ row }) => row)), row => candidateKeys(row).flatMap(find), linker)
  const where = (wanted: (row: ToyRollRow) => boolean) => {
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
  const lines: [string, (row: ToyRollRow) => boolean][] = [
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
      return (
        `${title.padEnd(20)} rows ${String(f.rows).padStart(5)}  linked ${String(f.linked).padStart(5)}  ` +
        `precision ${percent(f.right, f.linked)}  recall ${percent(f.right, f.inRegister)}  review ${f.review}  ` +
        `lost ${f.lost}`
      )
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

test('no row with a right number is lost, and hardly one is left to people', () => {
  const right = anExperiment(8).where(row => row.number === 'right')
  assert.equal(right.lost, 0)
  assert.equal(right.right, right.linked)
  assert.ok(right.linked / right.rows >= 0.995, `${right.linked} of ${right.rows}`)
})

test('a roll with half its pupils unregistered, namesakes included, gives few false links', t => {
  const run = anExperiment(9, { ...usualDamage, strangers: 0.5 })
  t.diagnostic(`\n${table(run)}`)
  const namesakes = run.where(row => row.kind === 'namesake')
  const strangers = run.where(row => row.kind === 'stranger')
  assert.ok(namesakes.rows > 500 && strangers.rows > 500)
  assert.ok((namesakes.linked + strangers.linked) / (namesakes.rows + strangers.rows) <= 0.005)
  const all = run.where(() => true)
  assert.ok(all.right / all.linked >= 0.995)
})

test('rolls without residence and parents, or with half as much damage again, link as safely', () => {
  for (const damage of [
    { ...usualDamage, withCommune: 0, withParents: 0 },
    { ...usualDamage, heavy: 1.5 },
  ]) {
    const all = anExperiment(10, damage).where(() => true)
    assert.ok(all.right / all.linked >= 0.995, `precision ${all.right / all.linked}`)
    assert.ok(all.right / all.inRegister >= 0.95, `recall ${all.right / all.inRegister}`)
  }
})

test('twins are never taken for one another', () => {
  const d = toyDice(12)
  const raw = aRegister(d, 12_000, [2005, 2006])
  const twins = [...Map.groupBy(raw, ({ household, birth }) => `${household} ${JSON.stringify(birth)}`).values()]
    .filter(born => born.length > 1)
    .flat()
  assert.ok(twins.length > 100)
  const register = asRecords(raw)
  const find = anIndex(register)
  const rows = asRecords(twins.map(({ number: _, ...twin }) => twin))
  const resolved = link(rows, row => candidateKeys(row).flatMap(find), makeLinker(nameCountsOf(register)))
  const wrong = resolved.filter(
    ({ row, outcome, decision }) => outcome === 'matched' && decision.best?.candidate.id !== row.id,
  )
  assert.deepEqual(wrong, [])
  assert.ok(resolved.filter(({ outcome }) => outcome === 'matched').length / rows.length > 0.9)

  // Now each second twin is not in the register: nobody may take the first one's place.
  const absent = new Set(rows.filter((_, i) => i % 2).map(({ id }) => id))
  const findRest = anIndex(register.filter(({ id }) => !absent.has(id)))
  const lone = link(
    rows.filter(({ id }) => absent.has(id)),
    row => candidateKeys(row).flatMap(findRest),
    makeLinker(nameCountsOf(register)),
  )
  const taken = lone.filter(({ outcome }) => outcome === 'matched').length
  assert.ok(taken <= lone.length * 0.02, `${taken} of ${lone.length}`)
})
