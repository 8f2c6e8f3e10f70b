import { randomUUID } from 'node:crypto'
import * as audit from '../audit/audit.ts'
import * as campaign from '../campaign/campaign.ts'
import * as followUps from '../follow-ups/follow-ups.ts'
import * as outreach from '../outreach/outreach.ts'
import { type Id, newId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { inBothLanguages } from '../platform/pages/html.ts'
import { type Deed, type Work, withHouseScope } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import { phoneDays } from './law.ts'
import { familyText } from './words.ts'

/**
 * A phone that is not the family’s: nothing more about the person goes there, and the ward finds out whose it is by a
 * last day. The page never says which phone, nor whether there was one.
 */

const kind = 'phone-not-theirs' as const

const openOf = (work: Work, personId: Id<'person'>) => followUps.findFollowUps(work, { kind, personId })

/**
 * In a work that sees the house, by the link or receipt behind which it was said: of the phone that messages about the
 * person go to, also where it is a parent’s. Said again before the ward found out, it changes nothing.
 */
export async function disownPhone(work: Work, personId: Id<'person'>): Promise<void> {
  const phone = await campaign.findFamilyPhone(work, personId)
  if (!phone || (await openOf(work, personId)).length > 0) return
  const { permanentUnitId: unitId } = await register.getSummary(work, personId)
  await outreach.disownPhones(work, personId, [phone])
  if (unitId)
    await followUps.openFollowUps(work, [
      {
        id: newId<'follow-up'>(work.now),
        kind,
        // The police of the ward see it, and no school.
        scopeId: unitId as string as Id<'school'>,
        sourceId: work.by.id,
        subjectId: personId,
        personId,
        reason: kind,
        evidence: 'family',
        valuesKey: randomUUID(),
        owner: 'ward',
        ownerUnitId: unitId,
        dueOn: units.workingDaysAfter(work.today, ruleOn(phoneDays, work.today, work)),
        state: 'open',
        openedOn: work.today,
      },
    ])
  await audit.record(work, 'phone.disowned', { kind: 'person', id: personId, personId, ...(unitId && { unitId }) })
}

async function close(work: Work, found: readonly followUps.FollowUp[]): Promise<void> {
  for (const { id, scopeId, personId } of found) {
    await followUps.closeFollowUps(work, scopeId, [{ id, state: 'done' }])
    await audit.record(work, 'phone.settled', {
      kind: 'errand',
      id,
      unitId: scopeId,
      ...(personId && { personId }),
    })
  }
}

/**
 * A consequence of `errand.register-stood`: the ward found that the phone is the family’s, and messages go there again.
 */
export async function followConfirmedPhone(work: Work, { subject }: Pick<Deed, 'subject'>): Promise<void> {
  const [answered] = await followUps.findFollowUps(work, { kind, ids: [subject.id] })
  if (!answered?.personId) return
  const { personId } = answered
  await withHouseScope(work, async house =>
    outreach.ownPhonesAgain(house, personId, await campaign.familyPhones(house, personId)),
  )
  await close(work, [answered])
}

/** A consequence of `account.phone-changed`: another phone is kept, and nothing forbids to write there. */
export async function closeDisownedPhone(work: Work, { subject: { personId } }: Pick<Deed, 'subject'>): Promise<void> {
  if (personId) await close(work, await openOf(work, personId))
}

/**
 * A phone that was disowned for one of two records stays so for the person. A consequence of `person.merged`, before
 * accounts end and records move, since the phones of both are asked for.
 */
export async function followMergedPhones(work: Work, { facts }: Pick<Deed, 'facts'>): Promise<void> {
  const records = facts as { readonly survivor: Id<'person'>; readonly merged: Id<'person'> }
  await withHouseScope(work, async house => {
    const phones = [records.survivor, records.merged].map(id => campaign.familyPhones(house, id))
    await outreach.disownMerged(house, records, (await Promise.all(phones)).flat())
  })
}

const inBoth = inBothLanguages(familyText)

/** What the context of follow-ups asks of such a phone: the person by name, and no phone. */
export const disownedPhoneFollowUps: followUps.KeptKindRules = {
  title: inBoth('phone-title'),
  right: 'accounts.phone',
  purpose: 'account',
  papersDecide: () => false,
  describe: (work, found) =>
    followUps.describeOfPersons(work, found, () => ({
      what: inBoth('phone-what'),
      why: inBoth('phone-why'),
      task: inBoth('phone-task'),
    })),
}
