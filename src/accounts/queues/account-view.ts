import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { formatPartialDay } from '../../platform/day.ts'
import { isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { needsHotline } from '../account.ts'
import { isCardOver } from '../card-of-account.ts'
import type { AccountReply } from '../contract.ts'
import { decisionLaw } from '../due-days.ts'
import { findSentPortraitFacts } from '../level-one/level-one.ts'
import { getLocksAndDemands } from '../locks/view.ts'
import { findNoticesAbout } from '../notify.ts'
import { accountProblem } from '../problems.ts'
import { getSlipsView } from '../slips/view.ts'
import * as store from '../store.ts'
import * as desk from '../store-request.ts'
import { type OfficerNames, presentValues } from '../view-parts.ts'
import { findTransitions } from './store-transition.ts'

const instantText = (at: Date | null) => at?.toISOString()

/** The account's own card: the one in force, else the latest in production. */
async function cardView(work: Work, personId: register.PersonId): Promise<AccountReply['card']> {
  const theirs = (await cards.cardsOf(work, [personId])).get(personId) ?? []
  const inForce = theirs.find(card => card.state === 'handed-over' && !isCardOver(card, work.today, work))
  const card = inForce ?? theirs.findLast(({ state }) => state !== 'cancelled')
  return card && { id: card.id, state: card.state, inForce: card === inForce }
}

/** A whole account as the work may see it. Records the reading. Throws account-unknown. */
export async function getAccountView(work: Work, id: string): Promise<AccountReply> {
  const row = await desk.findRequestRow(work, id)
  if (!row) throw accountProblem('account-unknown')
  await audit.noteReading(work, [row.personId], ['identity', 'account'], { kind: 'account', id })
  const person = await register.getSummary(work, row.personId)
  const raising = await desk.findOpenRaising(work, row)
  const [supplement] = await desk.findSupplements(work, row)
  const slips = await getSlipsView(work, { personId: row.personId, accountId: row.id })
  const [locking, deeds] = [await getLocksAndDemands(work, row), await audit.deedsOf(work, id)]
  const account = (await store.findAccountRows(work, [row.personId]))
    .map(one => store.accountOf(one, work))
    .find(one => one.id === id)
  const nameOf = await loadOfficerNames(work, [
    row.requestedBy,
    row.approvedBy,
    row.handedUpBy,
    supplement?.askedBy ?? null,
    supplement?.suppliedBy ?? null,
    ...locking.officers,
    ...slips.officers,
    ...deeds.map(({ byId }) => byId),
  ])
  const portrait = await findSentPortraitFacts(work, row)
  const card = await cardView(work, row.personId)
  const unitId = raising?.unitId ?? row.unitId
  const dueOn = raising?.dueOn ?? row.dueOn ?? undefined
  return {
    id,
    personId: row.personId,
    name: person.fullName,
    born: formatPartialDay(person.birthDate),
    level: row.level,
    state: row.state,
    ...(raising && { asks: 2 as const, proof: raising.proof }),
    ...((raising?.askedVia ?? row.askedVia) && { via: raising?.askedVia ?? row.askedVia ?? 'desk' }),
    imported: row.origin === 'imported',
    ...(unitId && { unit: await units.unitReference(work, unitId) }),
    ...(row.phone && { phone: row.phone.slice(-3) }),
    ...(await representativeOnAccount(work, row.representativeId)),
    ...presentValues({
      requestedAt: instantText(row.requestedAt),
      requestedBy: nameOf(raising?.askedBy ?? row.requestedBy),
      dueOn,
      handedUpAt: instantText(row.handedUpAt),
      handedUpBy: nameOf(row.handedUpBy),
      approvedAt: instantText(row.approvedAt),
      approvedBy: nameOf(row.approvedBy),
      notifiedAt: instantText(row.notifiedAt),
      activateBy: account?.activateBy,
      activatedAt: instantText(row.activatedAt),
    }),
    ...(dueOn && { dueLaw: decisionLaw(row.stateOn, work) }),
    ...(row.returnedOn && {
      returned: { on: row.returnedOn, code: row.returnedCode ?? '', note: row.returnedNote ?? '' },
    }),
    ...(supplement && { supplement: supplementView(supplement, work.today, nameOf) }),
    needsHotline: account !== undefined && needsHotline(account, work.today),
    ...(card && { card }),
    ...(portrait && { portrait }),
    cardPortrait: (await cards.portraitOf(work, row.personId)) !== undefined,
    ...(await locking.view(nameOf)),
    ...slips.view(nameOf),
    transitions: (await findTransitions(work, row)).map(({ state, level, onDay, at }) => ({
      state,
      level,
      onDay,
      at: at.toISOString(),
    })),
    deeds: deeds.map(({ deed, at, byKind, byId }) => ({ deed, at: at.toISOString(), by: nameOf(byId) ?? byKind })),
    notices: (await findNoticesAbout(work, row)).map(
      ({ id: message, template, queuedAt, queuedOn, triedOn, state, endedAt }) => ({
        id: message,
        template,
        queuedAt: queuedAt.toISOString(),
        onDay: triedOn ?? queuedOn,
        state,
        ...(endedAt && { endedAt: endedAt.toISOString() }),
      }),
    ),
    mine: [raising ? raising.askedBy : row.requestedBy, supplement?.suppliedBy].includes(work.by.id),
  }
}

function supplementView(
  { items, note, askedAt, askedBy, supplyBy, suppliedAt, suppliedBy }: desk.Supplement,
  today: string,
  nameOf: OfficerNames,
): NonNullable<AccountReply['supplement']> {
  return {
    state: suppliedAt ? 'supplied' : supplyBy < today ? 'over' : 'awaited',
    items: [...items],
    by: supplyBy,
    ...presentValues({
      note: note ?? undefined,
      askedAt: instantText(askedAt),
      askedBy: nameOf(askedBy),
      suppliedAt: instantText(suppliedAt),
      suppliedBy: nameOf(suppliedBy),
    }),
  }
}

async function loadOfficerNames(work: Work, officers: readonly (string | null)[]): Promise<OfficerNames> {
  const names = await staff.namesOf(work, officers.filter(id => id !== null).filter(isId))
  return officer => (officer ? names.get(officer) : undefined)
}

async function representativeOnAccount(work: Work, id: register.PersonId | null) {
  if (!id) return {}
  const [person] = await register.listSummaries(work, [id])
  return { representative: { id, name: person?.fullName ?? '' } }
}
