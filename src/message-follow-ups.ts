import * as audit from './audit/audit.ts'
import * as followUps from './follow-ups/follow-ups.ts'
import { followUpDays, wrongPhoneDays } from './outreach/law.ts'
import * as outreach from './outreach/outreach.ts'
import { type Id, newId } from './platform/ids.ts'
import { ruleOn } from './platform/law.ts'
import { inBothLanguages } from './platform/pages/html.ts'
import { macOf } from './platform/sealing/sealing.ts'
import { type Deed, type Work, withHouseScope } from './platform/work.ts'
import * as register from './register/register.ts'
import * as units from './units/units.ts'
import { type LostMessageTextKey, lostMessageText } from './words-message-follow-ups.ts'

/**
 * A message that did not arrive, or may not have, is work of a ward until a last day; so is a phone that took nothing,
 * where its person was reached another way. It is done once a late receipt
 * says that the message arrived, an officer sends it again or says how the family was reached, or the phone is
 * corrected where it was entered, in the account or in the register.
 */

const kind = 'message' as const

/** Why the follow-up of a phone is open whose person was reached otherwise. */
const otherWay = 'other-way'
/** Reasons that end with another phone. */
const isOfAddress = (reason: string) => reason === 'undeliverable' || reason === otherWay

/** The ward where the person lives; else the unit whose matter the message is. Nobody follows up what has neither. */
async function wardOf(work: Work, { subject: { personId, unitId } }: Deed): Promise<Id<'unit'> | undefined> {
  const [person] = personId ? await register.listSummaries(work, [personId]) : []
  return person?.permanentUnitId ?? (unitId as Id<'unit'> | undefined)
}

/** Opens the follow-up of a message that was lost; a code is asked for anew by whoever waited for it. */
export const followLostMessage = (work: Work, deed: Deed): Promise<void> =>
  withHouseScope(work, async house => {
    const id = deed.subject.id as outreach.MessageId
    const [message] = await outreach.lostMessages(house, [id])
    if (!message || !outreach.isLost(message.state) || message.code === outreach.optedOut) return
    if (message.isForOnce && message.state !== 'undeliverable') return
    const ward = await wardOf(house, deed)
    if (!ward) return
    await close(house, [id])
    await outreach.setFollowedBy(house, id, ward)
    const days = ruleOn(followUpDays, house.today, house)
    await openFor(house, { id, ward, personId: deed.subject.personId, reason: message.state, days })
  })

type Lost = {
  readonly id: outreach.MessageId
  readonly ward: Id<'unit'>
  readonly personId: Id<'person'> | undefined
  readonly reason: string
  readonly days: number
}

async function openFor(house: Work, { id, ward, personId, reason, days }: Lost): Promise<void> {
  const phoneKeys = await phoneKeysOf(house, personId ? [personId] : [])
  await followUps.openFollowUps(house, [
    {
      id: newId<'follow-up'>(house.now),
      kind,
      // The police of the ward see it.
      scopeId: ward as string as Id<'school'>,
      sourceId: id,
      subjectId: id,
      ...(personId && { personId }),
      reason,
      evidence: 'message',
      valuesKey: phoneKeys.get(personId ?? '') ?? phoneKey([]),
      owner: 'ward',
      ownerUnitId: ward,
      dueOn: units.workingDaysAfter(house.today, days),
      state: 'open',
      openedOn: house.today,
    },
  ])
}

/**
 * Opens the follow-up of a phone that took nothing where the message goes another way: nobody waits for it, so that its
 * last day is far, and there is one a person however many messages bounce. A letter is the ward's to print, whichever
 * unit sends it.
 */
export const followWrongPhone = (work: Work, deed: Deed): Promise<void> =>
  withHouseScope(work, async house => {
    const { facts, subject } = deed
    const ward = await wardOf(house, deed)
    if (!ward) return
    const id = subject.id as outreach.MessageId
    await outreach.letWardSee(house, id, ward)
    const personId = subject.personId
    if (facts['bounced'] !== true || facts['to'] !== 'phone' || !personId) return
    const known = await followUps.findFollowUpsOfPerson(house, kind, personId)
    if (known.some(({ reason }) => reason === otherWay)) return
    await openFor(house, { id, ward, personId, reason: otherWay, days: ruleOn(wrongPhoneDays, house.today, house) })
  })

/** A letter that a unit above has sent is printed by the ward of its address. */
export async function giveLetterToWard(work: Work, deed: Deed): Promise<void> {
  if (deed.facts['to'] !== 'letter') return
  await withHouseScope(work, async house => {
    const ward = await wardOf(house, deed)
    if (ward) await outreach.letWardSee(house, deed.subject.id as outreach.MessageId, ward)
  })
}

async function close(house: Work, messageIds: readonly string[]): Promise<void> {
  const open = await followUps.findFollowUpsOfSubjects(house, kind, messageIds)
  for (const { scopeId, id } of open) await followUps.closeFollowUps(house, scopeId, [{ id, state: 'done' }])
}

/** The message arrived after all, goes out again, or its family was reached otherwise. */
export async function closeLostMessage(work: Work, { deed, subject, facts }: Deed): Promise<void> {
  // Of ten thousand messages that arrive, few were thought lost.
  if (deed === 'message.delivered' && facts['late'] !== true) return
  await withHouseScope(work, house => close(house, [subject.id]))
}

/** A phone was corrected: what did not reach the former one needs no other way any more. */
export const closeWithNewPhone = (work: Work, { subject: { personId } }: Deed): Promise<void> =>
  withHouseScope(work, async house => {
    if (!personId) return
    const open = await followUps.findFollowUpsOfPerson(house, kind, personId)
    for (const { scopeId, id, reason } of open)
      if (isOfAddress(reason)) await followUps.closeFollowUps(house, scopeId, [{ id, state: 'done' }])
  })

/** What a follow-up knows of the phones of its person: a key that tells whether they changed, and names none. */
function phoneKey(phones: readonly string[]): string {
  const hex = macOf('code', `phones of a message\n${phones.join('\n')}`).toString('hex')
  // A UUID of a form of our own (RFC 9562, 5.8): what was opened before phones were known has a random one.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
const isPhoneKey = (key: string) => key[14] === '8'

async function phoneKeysOf(house: Work, personIds: readonly Id<'person'>[]): Promise<ReadonlyMap<string, string>> {
  const phones = Map.groupBy(await register.phonesOfMany(house, personIds), ({ personId }) => personId as string)
  return new Map(
    personIds.map(id => [id as string, phoneKey((phones.get(id) ?? []).map(({ phone }) => phone))] as const),
  )
}

/** The register got other phones of somebody: what bounced at the former ones needs no other way any more. */
export const closeWithRegisterPhone = (work: Work): Promise<void> =>
  withHouseScope(work, async house => {
    const found = await followUps.findFollowUps(house, { kind }, { offset: 0, limit: mostAtOnce })
    const open = found.filter(one => one.personId && isOfAddress(one.reason) && isPhoneKey(one.valuesKey))
    const keys = await phoneKeysOf(house, [...new Set(open.flatMap(({ personId }) => personId ?? []))])
    for (const { scopeId, id, personId, valuesKey } of open)
      if (keys.get(personId ?? '') !== valuesKey)
        await followUps.closeFollowUps(house, scopeId, [{ id, state: 'done' }])
  })

/** How many open follow-ups an import looks through. */
const mostAtOnce = 100_000

const inBoth = inBothLanguages(lostMessageText)
const asReason = (reason: string): LostMessageTextKey =>
  reason === otherWay ? otherWay : (outreach.lostStates.find(state => state === reason) ?? 'undeliverable')

/** What the context of follow-ups asks of a lost message: whom it was for, never its words or its address. */
export const lostMessageFollowUps: followUps.KeptKindRules = {
  title: inBoth('title'),
  right: 'outreach.retry',
  purpose: 'outreach',
  papersDecide: () => false,
  async describe(work, found) {
    const ids = found.flatMap(({ personId }) => personId ?? [])
    const names = new Map((await register.listSummaries(work, ids)).map(({ id, fullName }) => [id as string, fullName]))
    await audit.noteReading(work, ids, ['name', 'message'])
    return Promise.all(
      found.map(async ({ scopeId, reason, personId }) => {
        const name = personId && names.get(personId)
        return {
          what: inBoth(asReason(reason)),
          why: inBoth(`why-${asReason(reason)}` as LostMessageTextKey),
          task: inBoth(`task-${asReason(reason)}` as LostMessageTextKey),
          scopeName: await units.unitName(work, scopeId as string as Id<'unit'>),
          name: name ?? '',
          ...(name && personId && { personId }),
        }
      }),
    )
  },
}
