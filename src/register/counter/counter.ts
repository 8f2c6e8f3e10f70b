/**
 * A counter serves a person of any unit who consents. In: a number, what the person came for, and the code that the
 * house sent to the person's own phone, or a paper that they signed and a second officer of the counter looks at.
 * Decided: whether the consent is this person's, in time and not used before; the database opens nothing else. Out: the
 * record whole, to that counter, until the work is done, the officer ends it, or an hour is over; and for superiors of
 * the person's unit, who was served where. Deeds: `counter-consent.asked`, `.opened`, `.refused`, `.ended`.
 */

import { randomInt } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import * as outreach from '../../outreach/outreach.ts'
import { addDays, latestDay, yearsBetween } from '../../platform/day.ts'
import { asId, newId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { ruleOn } from '../../platform/law.ts'
import { pepper } from '../../platform/sealing/sealing.ts'
import { asSystem, type Deed, type OpenWork, type Work, withHouseScope } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { consentCodeDigits, consentsAloneAge, consentsShown, counterConsent } from '../law.ts'
import type { PersonId } from '../person.ts'
import { findByNumber, kinOf, phonesOf } from '../persons/persons.ts'
import { registerProblem } from '../problems.ts'
import {
  type ConsentEnd,
  type CounterConsentId,
  type CounterService,
  counterServices,
  deedsOfService,
} from './consent.ts'
import * as store from './store.ts'

export const endConsentJob = 'end-consent'

const hashOfCode = (id: CounterConsentId, code: string): Buffer =>
  Buffer.from(pepper('code', `counter/${id}`, code.replace(/\s/g, '')), 'base64url')

/** The phones of whoever consents: the person's own, or of a child those of father, mother and guardian. */
async function phonesToAsk(house: Work, personId: PersonId, isChild: boolean): Promise<string[]> {
  if (!isChild) return phonesOf(house, personId)
  const kin = (await kinOf(house, personId)).filter(({ relation }) => relation !== 'spouse')
  const phones = await Promise.all(kin.flatMap(one => (one.personId ? [phonesOf(house, one.personId)] : [])))
  return phones.flat()
}

export type AskedConsent = {
  readonly id: CounterConsentId
  readonly personId: PersonId
  readonly until: Date
  readonly phoneEnd?: string | undefined
}

/**
 * Asks whoever stands at the counter to consent. Throws number-not-twelve-digits, number-unknown, unit-needed,
 * consent-needless, consent-of-the-dead, consent-phone-missing, consent-asked-often.
 */
export async function askConsent(
  work: Work,
  { number, service, paper }: { readonly number: string; readonly service: CounterService; readonly paper?: string },
): Promise<AskedConsent> {
  const { unitId, now } = work
  if (!unitId) throw registerProblem('unit-needed')
  const person = await findByNumber(work, number)
  if (!person) throw registerProblem('number-unknown')
  if (person.inScope) throw registerProblem('consent-needless')
  if (person.lifeStatus === 'dead') throw registerProblem('consent-of-the-dead')

  const { minutes, tries, codesInHour } = ruleOn(counterConsent, work.today, work)
  const id = newId<'counter-consent'>(now)
  const consent = { id, personId: person.id, unitId, service, triesLeft: tries }
  const until = new Date(now.getTime() + minutes * 60_000)
  const about = { kind: 'consent', id, personId: person.id, unitId: person.permanentUnitId ?? unitId }
  if (paper !== undefined) {
    const asked = { ...consent, until, way: 'signed', paper: paper.trim() } as const
    if (asked.paper === '') throw registerProblem('reason-needed')
    await store.insertConsent(work, asked)
    await audit.record(work, 'counter-consent.asked', about, { service, way: 'signed' })
    return { id, personId: person.id, until }
  }

  const isChild = yearsBetween(latestDay(person.birthDate), work.today) < ruleOn(consentsAloneAge, work.today, work)
  const [phones, sent] = await withHouseScope(work, async house => [
    await phonesToAsk(house, person.id, isChild),
    await store.countCodesSince(house, person.id, new Date(now.getTime() - 3_600_000)),
  ])
  const [phone] = phones
  if (!phone) throw registerProblem('consent-phone-missing')
  if (sent >= codesInHour) throw registerProblem('consent-asked-often')
  const code = String(randomInt(10 ** consentCodeDigits)).padStart(consentCodeDigits, '0')
  await store.insertConsent(work, { ...consent, until, way: 'code', codeHash: hashOfCode(id, code) })
  const unit = await units.unitName(work, unitId)
  await withHouseScope(work, house =>
    outreach.sendMessage(house, {
      template: 'counter-consent',
      facts: { code, unit, minutes },
      language: 'vi',
      to: { kind: 'phone', number: phone },
      // Of no unit: the officer at the counter does not read the code among the messages of theirs.
      about: { kind: 'consent', id, personId: person.id },
    }),
  )
  await audit.record(work, 'counter-consent.asked', about, { service, way: 'code' })
  return { id, personId: person.id, until, phoneEnd: phone.slice(-3) }
}

async function getConsent(work: Work, id: CounterConsentId): Promise<store.Consent> {
  const consent = await store.findConsent(work, id)
  if (!consent) throw registerProblem('consent-unknown')
  return consent
}

const subjectOf = ({ id, personId, unitId }: Pick<store.Consent, 'id' | 'personId' | 'unitId'>) => ({
  kind: 'consent',
  id,
  personId,
  unitId,
})

/**
 * The code that the person says. What it comes to is an outcome and no refusal, so that a wrong one is counted. Throws
 * consent-unknown.
 */
export async function giveConsentCode(
  work: Work,
  id: CounterConsentId,
  code: string,
): Promise<'opened' | 'wrong' | 'over'> {
  const consent = await getConsent(work, id)
  const outcome = await store.openByCode(work, id, hashOfCode(id, code))
  if (outcome === 'unknown') throw registerProblem('consent-unknown')
  const { service, way } = consent
  await audit.record(
    work,
    outcome === 'opened' ? 'counter-consent.opened' : 'counter-consent.refused',
    subjectOf(consent),
    outcome === 'opened' ? { service, way } : { why: outcome },
  )
  return outcome
}

/** A second officer has the paper before them. Throws consent-unknown, consent-over, consent-own-paper. */
export async function acceptConsentPaper(work: Work, id: CounterConsentId): Promise<void> {
  const consent = await getConsent(work, id)
  const { officerId, askedAt, service, way } = consent
  await staff.refuseSameHand(work, 'consent-accepted', [{ id: officerId, at: askedAt }], () =>
    registerProblem('consent-own-paper'),
  )
  const outcome = await store.openByPaper(work, id)
  if (outcome === 'unknown') throw registerProblem('consent-unknown')
  if (outcome === 'over') throw registerProblem('consent-over')
  if (outcome === 'same') throw registerProblem('consent-own-paper')
  await audit.record(work, 'counter-consent.opened', subjectOf(consent), { service, way })
}

async function endAndRecord(
  work: Work,
  consent: Pick<store.Consent, 'id' | 'personId' | 'unitId'>,
  how: ConsentEnd,
): Promise<void> {
  if (await store.writeConsentEnd(work, consent.id, how))
    await audit.record(work, 'counter-consent.ended', subjectOf(consent), { how })
}

/** The person leaves the counter. A consent that is over already stays so. Throws consent-unknown. */
export const endConsent = async (work: Work, id: CounterConsentId): Promise<void> =>
  endAndRecord(work, await getConsent(work, id), 'left')

/**
 * What a person came for is done: their record is shut as soon as the work that did it has committed. The work itself
 * may still read what it answers.
 */
export async function endConsentWithWork(work: Work, { deed, subject: { personId } }: Deed): Promise<void> {
  if (!personId || work.by.kind !== 'officer') return
  const services = counterServices.filter(service => deedsOfService[service].some(name => name === deed))
  for (const id of await store.findConsentsOf(work, personId, work.by.id, services))
    await queueJob(work, endConsentJob, { id }, { key: `${endConsentJob} ${id}` })
}

/** The job after such a work. */
export const endDoneConsent = (openWork: OpenWork, id: CounterConsentId): Promise<void> =>
  openWork(asSystem('register'), async work => {
    const consent = await store.findConsent(work, id)
    if (consent) await endAndRecord(work, consent, 'done')
  })

/** The job of every ten minutes: nobody is served for longer than the rule says. */
export const endOverdueConsents = (openWork: OpenWork): Promise<void> =>
  openWork(asSystem('register'), async work => {
    const { openMinutes } = ruleOn(counterConsent, work.today, work)
    for (const one of await store.findOverdue(work, new Date(work.now.getTime() - openMinutes * 60_000)))
      await endAndRecord(work, one, 'overdue')
  })

/** Who is served at the work's counters now, and whose paper waits for a second officer. Names nobody. */
export const listOpenConsents = (work: Work): Promise<store.Consent[]> => store.findOpenConsents(work)

export type ConsentForSuperior = Omit<store.ShownConsent, 'personId' | 'until' | 'paper'> & { readonly read: boolean }

/** For superiors: their people at any counter, and anybody at their own. Names nobody. */
export async function listConsents(work: Work): Promise<ConsentForSuperior[]> {
  const found = await store.findShown(work, addDays(work.today, -consentsShown.days), consentsShown.most)
  const listed: ConsentForSuperior[] = []
  for (const { personId, until: _until, paper: _paper, ...one } of found) {
    const read = await withHouseScope(work, house =>
      audit.countReadBy(house, one.officerId, [personId], one.openedAt ?? one.askedAt),
    )
    listed.push({ ...one, read: read > 0 })
  }
  return listed
}

export const asConsentId = (text: string): CounterConsentId => asId<'counter-consent'>(text)
