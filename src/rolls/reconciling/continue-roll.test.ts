import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { type ALine, asRoll, schoolsOf } from '../../../test/rolls/sending.ts'
import * as rolls from '../rolls.ts'

const house = await openHouse({ withUnits: true })
const { school, send, entries, events, job, settled } = await schoolsOf(house, [
  ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
  ['22002', 'Trường THPT Hà Phong', 'upper-secondary', commune.haPhong],
  ['22003', 'Trường THPT Quang Hanh', 'upper-secondary', commune.quangHanh],
])
const [haKhanh, haPhong, quangHanh] = [await school('22001'), await school('22002'), await school('22003')]
const here = await anOfficerOf(house, commune.haKhanh)
const there = await anOfficerOf(house, commune.haPhong)
const away = await anOfficerOf(house, commune.quangHanh)

const an = aPerson({ name: 'Bùi Văn An', bornOn: '2005-01-11' })
const binh = aPerson({ name: 'Cao Thị Bình', bornOn: '2005-02-12', sex: 'F' })
const chi = aPerson({ name: 'Đinh Linh Chi', bornOn: '2005-03-13', sex: 'F' })
const dung = aPerson({ name: 'Đỗ Tiến Dũng', bornOn: '2005-04-14' })
const giang = aPerson({ name: 'Hà Trường Giang', bornOn: '2005-05-15' })
const nam = aPerson({ name: 'Trần Văn Nam', bornOn: '2005-05-05' })
const nam2 = aPerson({ name: 'Trần Văn Nam', bornOn: '2005-05-05', commune: commune.haPhong })
const everyone = [an, binh, chi, dung, giang, nam, nam2]
await enterAll(house, everyone)
const people = new Map(
  await Promise.all(everyone.map(async one => [one, await idOf(house, one.person_number)] as const)),
)

const dayOf = (iso: string) => iso.split('-').reverse().join('/')
const line = (person: ReturnType<typeof aPerson>, more: Partial<ALine> = {}): ALine => ({
  name: person.full_name,
  born: dayOf(person.birth_date),
  sex: person.sex === 'F' ? 'Nữ' : 'Nam',
  number: person.person_number,
  ...more,
})

test('a roll sent again continues entries, skips unchanged rows and marks absent pupils as left', async () => {
  await settled()
  const first = await entries(await send(here, haKhanh, [line(an), line(binh), line(chi), line(dung)]))
  assert.deepEqual(
    first.map(({ state }) => state),
    ['matched-automatically', 'matched-automatically', 'matched-automatically', 'matched-automatically'],
  )

  const id = await send(here, haKhanh, [
    line(giang),
    line(chi, { class: '12A2' }),
    line(binh, { born: '12/02/2006' }),
    line(an),
    { name: 'Vi Văn Không', born: '09/09/2005' },
  ])
  const second = await entries(id)
  const idOfName = new Map(first.map(one => [one.name, one.id]))

  assert.equal(second[1]?.id, idOfName.get('Đinh Linh Chi'))
  assert.equal(second[2]?.id, idOfName.get('Cao Thị Bình'))
  assert.equal(second[3]?.id, idOfName.get('Bùi Văn An'))
  assert.deepEqual(
    [second[1]?.scoredAt, second[3]?.scoredAt],
    [first[2]?.scoredAt, first[0]?.scoredAt],
    'unchanged lines keep what was found of them',
  )
  assert.ok((second[2]?.scoredAt ?? 0) > (first[1]?.scoredAt ?? 0))
  assert.deepEqual(
    second.map(({ state, personId }) => [state, personId]),
    [
      ['matched-automatically', people.get(giang)],
      ['matched-automatically', people.get(chi)],
      ['matched-automatically', people.get(binh)],
      ['matched-automatically', people.get(an)],
      ['not-found', null],
    ],
  )
  assert.deepEqual(second[2]?.defects, ['birth-date-differs'])

  const [left] = await house.owner<{ state: string; left_on: string }>(
    `select state, left_on::text from rolls.row where id = $1 and left_on is not null`,
    [idOfName.get('Đỗ Tiến Dũng')],
  )
  assert.deepEqual(left, { state: 'left-school', left_on: '2023-04-20' })
  assert.deepEqual(
    (await events(idOfName.get('Đỗ Tiến Dũng') ?? '')).map(({ before, after, why }) => [before, after, why]),
    [
      [null, 'matched-automatically', 'roll-sent'],
      ['matched-automatically', 'left-school', 'left'],
    ],
  )
  assert.equal((await events(second[3]?.id ?? '')).length, 1, 'nothing happened to an unchanged line')
  assert.equal((await events(second[2]?.id ?? '')).length, 2)

  const third = await entries(await send(here, haKhanh, [line(dung), line(an)]))
  assert.equal(third[0]?.id, idOfName.get('Đỗ Tiến Dũng'), 'who comes back has the entry that they had')
  assert.equal(third[0]?.state, 'matched-automatically')
  assert.deepEqual((await events(third[0]?.id ?? '')).at(-1), {
    before: 'left-school',
    after: 'matched-automatically',
    why: 'came-back',
    contested: false,
    by: 'system',
  })
  const twice = await house.owner(
    `select w.id from rolls.row w join rolls.roll r on r.id = w.roll_id where w.school_id = $1 and (r.in_force
      or w.left_on is not null) group by w.id having count(*) > 1`,
    [haKhanh],
  )
  assert.deepEqual(twice, [], 'an entry stands in one place')
})

test('access through a new roll ends for pupils who are no longer on it', async () => {
  await send(away, quangHanh, [line(an), line(binh)])
  const seen = async () =>
    (
      await house.owner<{ person_id: string }>(
        `select person_id from register.access_case where unit_id = $1 order by person_id`,
        [quangHanh],
      )
    ).map(({ person_id }) => person_id)
  assert.deepEqual(await seen(), [people.get(an), people.get(binh)].sort())
  await send(away, quangHanh, [line(binh), line(chi)])
  assert.deepEqual(await seen(), [people.get(binh), people.get(chi)].sort())
  await send(away, quangHanh, [line(an), line(binh)])
  assert.deepEqual(await seen(), [people.get(an), people.get(binh)].sort(), 'who comes back is seen again')
})

test('a decision holds when the line changes, unless the change contradicts it', async () => {
  const doubtful: ALine = { name: 'Trần Văn Nam', born: '05/05/2005', sex: 'Nam' }
  const first = await send(there, haPhong, [doubtful])
  assert.equal((await entries(first))[0]?.state, 'to-review')
  await house.as(there, work =>
    rolls.recordDecision(work, first, 1, { decision: 'same', personId: people.get(nam) ?? assert.fail('nobody') }),
  )

  const second = await send(there, haPhong, [{ ...doubtful, phone: '0912345678', class: '12A3' }])
  const [held] = await entries(second)
  assert.deepEqual([held?.state, held?.personId, held?.contested], ['matched-by-person', people.get(nam), false])
  await assert.rejects(
    house.as(there, work => rolls.recordDecision(work, first, 1, { decision: 'different' })),
    { code: 'roll-replaced' },
  )

  const third = await send(there, haPhong, [{ ...doubtful, phone: '0912345678', born: '17/11/2005', class: '12A3' }])
  const [contested] = await entries(third)
  assert.deepEqual(
    [contested?.id, contested?.state, contested?.personId],
    [held?.id, 'matched-by-person', people.get(nam)],
  )
  assert.equal(contested?.contested, true)
  assert.equal(
    (await house.as(there, work => rolls.claimNextForReview(work, third)))?.row.place,
    1,
    'it is looked at again',
  )

  const fourth = await send(there, haPhong, [{ ...doubtful, phone: '0912345679', born: '17/11/2005', class: '12A3' }])
  assert.equal((await entries(fourth))[0]?.contested, true, 'and waits until somebody decides')

  const { row } = await house.as(there, work => rolls.recordDecision(work, fourth, 1, { decision: 'different' }))
  assert.deepEqual([row.state, row.contested], ['refused-by-person', false])
  assert.deepEqual(
    (await events(held?.id ?? '')).map(({ after, why, contested: open }) => [after, why, open]),
    [
      ['to-review', 'roll-sent', false],
      ['matched-by-person', 'decided', false],
      ['matched-by-person', 'roll-sent', false],
      ['matched-by-person', 'roll-sent', true],
      ['matched-by-person', 'roll-sent', true],
      ['refused-by-person', 'decided', false],
    ],
  )
})

test('a refused person is never matched again, not even by number, nor on next year’s roll', async () => {
  const first = await send(
    there,
    haPhong,
    [{ name: 'Hà Trường Giang', born: '15/05/2005', sex: 'Nam', class: '11A1' }],
    {
      schoolYear: '2021-2022',
    },
  )
  assert.equal((await entries(first))[0]?.personId, people.get(giang))
  await house.as(there, work => rolls.recordDecision(work, first, 1, { decision: 'different' }))
  assert.equal((await entries(first))[0]?.state, 'refused-by-person')

  const again = await send(
    there,
    haPhong,
    [{ name: 'Hà Trường Giang', born: '15/05/2005', sex: 'Nam', class: '11A1', phone: '0911111111' }],
    {
      schoolYear: '2021-2022',
    },
  )
  const [still] = await entries(again)
  assert.deepEqual([still?.state, still?.personId, still?.contested], ['refused-by-person', null, false])

  const nextYear = await send(there, haPhong, [line(giang, { class: '12A1' })])
  const [followed] = await entries(nextYear)
  assert.deepEqual([followed?.state, followed?.personId], ['refused-by-person', null])
  assert.equal(followed?.followedFrom, still?.id)
  assert.notEqual(followed?.id, still?.id)

  const undone = await house.as(there, work => rolls.undoDecision(work, nextYear, 1))
  assert.deepEqual([undone.row.state, undone.row.personId], ['matched-automatically', people.get(giang)])
  assert.deepEqual(await house.owner(`select from rolls.refusal where row_id = $1`, [followed?.id]), [])
})

test('a comparison that is killed at any moment leaves the former roll in force, and a retry completes', async () => {
  const first = await send(here, haKhanh, [line(an), line(binh), line(chi)])
  const stood = async () => ({
    inForce: await house.owner(
      `select id from rolls.roll where school_id = $1 and in_force and school_year = '2022-2023'`,
      [haKhanh],
    ),
    left: await house.owner(`select id from rolls.row where school_id = $1 and left_on is not null order by id`, [
      haKhanh,
    ]),
    entries: await entries(first),
    events: await house.owner(`select id from rolls.ledger_event where school_id = $1 order by id`, [haKhanh]),
    cases: await house.owner(`select person_id, case_id from register.access_case where unit_id = $1 order by 1, 2`, [
      haKhanh,
    ]),
  })
  const before = await stood()
  const content = await asRoll([line(an), line(binh, { name: 'Cao Thị Bính' }), line(giang)])
  const { id } = await house.as(here, work =>
    rolls.importRoll(work, { name: 'roll.xlsx', content }, { schoolId: haKhanh, schoolYear: '2022-2023' }),
  )
  for (const share of [0.1, 0.75, 0.9, 1]) {
    const killed = (at: number) => {
      if (at === share) throw new Error('killed')
    }
    await assert.rejects(
      house.work(work => rolls.reconcile(work, id, { onProgress: killed })),
      /killed/,
    )
    assert.deepEqual(await stood(), before, `at ${share}`)
  }
  await job(rolls.reconcileJob, { rollId: id })
  assert.deepEqual(
    (await entries(id)).map(({ personId }) => personId),
    [people.get(an), people.get(binh), people.get(giang)],
  )
})
