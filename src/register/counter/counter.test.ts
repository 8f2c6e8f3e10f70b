import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { asDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { unseal } from '../../platform/sealing/sealing.ts'
import { type Authority, asSystem, makeOpenWork, type Work } from '../../platform/work.ts'
import type * as units from '../../units/units.ts'
import * as register from '../register.ts'
import { counterServices } from './consent.ts'
import * as counter from './counter.ts'

/** A counter of one ward serves people of another, who consent; and the public administration centre serves anybody. */

const house = await openHouse({ withUnits: true })
const officer = await anOfficerOf(house, commune.haKhanh)
const colleague = await anOfficerOf(house, commune.haKhanh)
const superior = await anOfficerOf(house, '195')
const other = await anOfficerOf(house, '194')

/** At the centre nobody is in scope: what the provincial unit itself has in hand, and who consents. */
async function atTheCentre(): Promise<Authority & { unitId: units.UnitId }> {
  const province = await anOfficerOf(house, '22')
  return { ...province, scope: { units: [province.unitId] } }
}

let phones = 0
const aPhone = () => {
  phones += 1
  return `0915${String(phones).padStart(6, '0')}`
}
async function aStranger(given: Parameters<typeof aPerson>[0] = {}) {
  const row = aPerson({ commune: commune.quangHanh, phone: aPhone(), ...given })
  return { id: await enter(house, row), number: row.person_number }
}

const codeOf = async (personId: string): Promise<string> => {
  const [row] = await house.owner<{ id: string; sealed: Buffer }>(
    `select id, sealed from outreach.message where person_id = $1 and template = 'counter-consent' order by id desc`,
    [personId],
  )
  return row ? unseal('message', row.id, row.sealed) : assert.fail('no code was sent')
}

const refusal = (step: Promise<unknown>): Promise<string> =>
  step.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

type Stranger = Awaited<ReturnType<typeof aStranger>>
const ask = (by: Authority, { number }: Stranger, more: { paper?: string } = {}) =>
  house.as(by, work => counter.askConsent(work, { number, service: 'account', ...more }))
const say = (by: Authority, id: counter.AskedConsent['id'], code: string) =>
  house.as(by, work => counter.giveConsentCode(work, id, code))
const read = (by: Authority, { id }: Stranger) => house.as(by, work => register.getPerson(work, id))
const sees = async (by: Authority, person: Stranger) => (await refusal(read(by, person))) === 'not refused'

async function opened(by: Authority, person: Stranger) {
  const { id } = await ask(by, person)
  assert.equal(await say(by, id, await codeOf(person.id)), 'opened')
  return id
}

test('who consents by their own code is served in another ward, and then the record is shut', async () => {
  const person = await aStranger()
  assert.equal(await refusal(read(officer, person)), 'person-unknown')
  assert.equal(
    await refusal(house.as(officer, work => accounts.request(work, person.id, { level: 1, phone: '0913000001' }))),
    'person-unknown',
  )
  const id = await opened(officer, person)
  assert.equal((await read(officer, person)).id, person.id)
  await house.as(officer, work => accounts.request(work, person.id, { level: 1, phone: '0913000001' }))
  await house.as(officer, work =>
    counter.endConsentWithWork(work, {
      id: newId<'deed'>(),
      deed: 'account.requested',
      subject: { kind: 'account', id: newId(), personId: person.id },
      facts: {},
    }),
  )
  const [job] = await house.owner<{ n: number }>(
    `select count(*)::integer as n from graphile_worker.jobs where task_identifier = 'end-consent'`,
  )
  assert.equal(job?.n, 1)
  await counter.endDoneConsent(house.openWork, id)
  assert.equal(await refusal(read(officer, person)), 'person-unknown')
  const traces = await house.owner<{ deed: string }>(
    `select deed from audit.deed where person_id = $1 and deed like 'counter-consent.%' order by at, deed`,
    [person.id],
  )
  assert.deepEqual(
    new Set(traces.map(({ deed }) => deed)),
    new Set(['counter-consent.asked', 'counter-consent.opened', 'counter-consent.ended']),
  )
})

for (const day of ['2024-06-30', '2024-07-01'])
  test(`level 2 is asked for at a ward where the person does not live, on ${day} as well`, async () => {
    const onDay = <T>(verb: (work: Work) => Promise<T>) =>
      makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day) })(officer, verb)
    const person = await aStranger()
    await house.work(work => cards.applyForCard(work, person.id, { unitId: officer.unitId }))
    const { id } = await onDay(work => counter.askConsent(work, { number: person.number, service: 'account' }))
    const code = await codeOf(person.id)
    assert.equal(await onDay(work => counter.giveConsentCode(work, id, code)), 'opened')
    const { state } = await onDay(work => accounts.request(work, person.id, { level: 2, phone: aPhone() }))
    assert.equal(state, 'requested')
  })

test('an officer of a counter opens nobody without consent, though they write a case themselves', async () => {
  const person = await aStranger()
  const { id } = await ask(officer, person)
  assert.equal(await sees(officer, person), false)
  const forge = (grade: string, basis: string | null) =>
    refusal(
      house.as(officer, ({ tx, by }) =>
        sql`insert into register.access_case
          (person_id, unit_id, kind, case_id, opened_on, until, grade, basis, opened_by)
          values (${person.id}, ${officer.unitId}, 'counter', ${id}, current_date, current_date, ${grade}, ${basis},
            ${by.id})`.execute(tx),
      ),
    )
  assert.match(await forge('whole', 'consent'), /row-level security/)
  const open = (column: string) =>
    refusal(
      house.as(officer, ({ tx }) =>
        sql`update register.counter_consent set ${sql.raw(column)} = now() where id = ${id}`.execute(tx),
      ),
    )
  assert.match(await open('opened_at'), /permission denied/)
  const call = refusal(
    house.as(officer, ({ tx }) => sql`select register.open_consented(${id}, 'consent', null)`.execute(tx)),
  )
  assert.match(await call, /permission denied/)
  const bornOpen = refusal(
    house.as(officer, ({ tx, by }) =>
      sql`insert into register.counter_consent
        (person_id, id, unit_id, officer_id, service, way, asked_at, asked_on, until, code_hash, tries_left, opened_at)
        values (${person.id}, ${newId()}, ${officer.unitId}, ${by.id}, 'account', 'code', now(), current_date, now(),
          ${Buffer.alloc(32)}, 5, now())`.execute(tx),
    ),
  )
  assert.match(await bornOpen, /row-level security/)
  assert.equal(await sees(officer, person), false)
})

test('the consent of another opens nobody: neither their code, nor the code at another officer’s', async () => {
  const [person, friend] = [await aStranger(), await aStranger()]
  const [asked] = [await ask(officer, person), await ask(officer, friend)]
  assert.equal(await say(officer, asked.id, await codeOf(friend.id)), 'wrong')
  assert.equal(await sees(officer, person), false)
  assert.equal(await refusal(say(colleague, asked.id, await codeOf(person.id))), 'consent-unknown')
  assert.equal(await refusal(say(other, asked.id, await codeOf(person.id))), 'consent-unknown')
  assert.equal(await sees(officer, person), false)
})

test('a code is guessed five times at most, and then the consent is over, though the right one comes', async () => {
  const person = await aStranger()
  const { id } = await ask(officer, person)
  const right = await codeOf(person.id)
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0')
  const outcomes = []
  for (let guess = 0; guess < 5; guess += 1) outcomes.push(await say(officer, id, wrong))
  assert.deepEqual(outcomes, ['wrong', 'wrong', 'wrong', 'wrong', 'over'])
  assert.equal(await say(officer, id, right), 'over')
  assert.equal(await sees(officer, person), false)
  await ask(officer, person)
  await ask(officer, person)
  assert.equal(await refusal(ask(officer, person)), 'consent-asked-often')
})

test('an ended case is used by nobody again: its code, its paper and its record are over', async () => {
  const person = await aStranger()
  const id = await opened(officer, person)
  const code = await codeOf(person.id)
  await house.as(officer, work => counter.endConsent(work, id))
  assert.equal(await sees(officer, person), false)
  assert.equal(await say(officer, id, code), 'over')
  assert.equal(await sees(officer, person), false)

  const { id: signed } = await ask(officer, person, { paper: 'Phiếu đồng ý số 7' })
  await house.as(colleague, work => counter.acceptConsentPaper(work, signed))
  await house.as(colleague, work => counter.endConsent(work, signed))
  assert.equal(await refusal(house.as(colleague, work => counter.acceptConsentPaper(work, signed))), 'consent-over')
  assert.equal(await sees(officer, person), false)
})

test('a code that comes too late opens nothing, and who is forgotten is shut after an hour', async () => {
  const [late, forgotten] = [await aStranger(), await aStranger()]
  const { id } = await ask(officer, late)
  await house.owner(`update register.counter_consent set until = now() - interval '1 second' where id = $1`, [id])
  assert.equal(await say(officer, id, await codeOf(late.id)), 'over')

  const open = await opened(officer, forgotten)
  await counter.endOverdueConsents(house.openWork)
  assert.equal(await sees(officer, forgotten), true)
  await house.owner(`update register.counter_consent set opened_at = now() - interval '61 minutes' where id = $1`, [
    open,
  ])
  await counter.endOverdueConsents(house.openWork)
  assert.equal(await sees(officer, forgotten), false)
})

test('a signed paper opens a record by another officer of the counter alone', async () => {
  const person = await aStranger({ phone: '' })
  assert.equal(await refusal(ask(officer, person)), 'consent-phone-missing')
  const { id } = await ask(officer, person, { paper: 'Phiếu đồng ý số 8' })
  assert.equal(await sees(officer, person), false)
  const accept = (by: Authority) => refusal(house.as(by, work => counter.acceptConsentPaper(work, id)))
  assert.equal(await accept(officer), 'consent-own-paper')
  assert.equal(await accept(other), 'consent-unknown')
  assert.equal(await accept(colleague), 'not refused')
  assert.equal(await sees(officer, person), true)
})

test('what a person consented to is passed on to no other case, which would outlive it', async () => {
  const person = await aStranger()
  const id = await opened(officer, person)
  const caseId = newId()
  await house.as(officer, work =>
    register.openAccessCase(work, {
      ...{ personId: person.id, unitId: officer.unitId, kind: 'correction', caseId, grade: 'whole' },
    }),
  )
  await house.as(officer, work => counter.endConsent(work, id))
  assert.equal(await sees(officer, person), false)
})

test('a child’s consent is the representative’s: the code goes to the parent’s phone', async () => {
  const mother = aPerson({ commune: commune.quangHanh, phone: '0916000001', sex: 'F', bornOn: '1985-05-05' })
  await enter(house, mother)
  const child = await aStranger({ bornOn: '2015-05-05', mother_number: mother.person_number, phone: '0916000002' })
  const { phoneEnd } = await ask(officer, child)
  assert.equal(phoneEnd, '001')
})

test('nobody asks for consent to what their unit has in hand, or of the dead', async () => {
  const own = await aStranger({ commune: commune.haKhanh })
  assert.equal(await refusal(ask(officer, own)), 'consent-needless')
  const dead = await aStranger({ life_status: 'dead' })
  assert.equal(await refusal(ask(officer, dead)), 'consent-of-the-dead')
})

test('at the public administration centre people are seen while they are served, with their consent', async () => {
  const centre = await atTheCentre()
  const person = await aStranger()
  const near = await aStranger({ commune: commune.haKhanh })
  assert.deepEqual([await sees(centre, person), await sees(centre, near)], [false, false])
  const id = await opened(centre, person)
  await house.as(centre, work => accounts.request(work, person.id, { level: 1, phone: '0913000009' }))
  await counter.endDoneConsent(house.openWork, id)
  assert.deepEqual([await sees(centre, person), await sees(centre, near)], [false, false])
})

test('superiors of person and counter see who was served where; others do not', async () => {
  const person = await aStranger()
  const id = await opened(officer, person)
  await read(officer, person)
  const listed = async (by: Authority) => (await house.as(by, counter.listConsents)).find(one => one.id === id)
  const seen = (await listed(superior)) ?? assert.fail('the superior of the person is shown nothing')
  assert.deepEqual([seen.owned, seen.read, seen.officerId, seen.way], [true, true, officer.by.id, 'code'])
  assert.equal(JSON.stringify(seen).includes(person.id), false)
  assert.equal((await listed(officer))?.owned, false)
  assert.equal(await listed(other), undefined)
})

test('the officer at the counter reads no code among the messages of their unit', async () => {
  const person = await aStranger()
  await house.as(officer, async (work: Work) => {
    for (const service of counterServices.slice(0, 3))
      await counter.askConsent(work, { number: person.number, service })
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from outreach.message where person_id = ${person.id}`.execute(work.tx)
    assert.equal(rows[0]?.n, 0)
  })
  await house.openWork(asSystem('test'), audit.seal)
})
