import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import * as exchange from '../../exchange/exchange.ts'
import { dayAt, formatPartialDay } from '../../platform/day.ts'
import type { ReplyOf } from '../../platform/endpoint.ts'
import { isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { isCardOver } from '../card-of-account.ts'
import { looksShownMilliseconds, mostLooks } from '../law.ts'
import { accountProblem } from '../problems.ts'
import * as store from '../store.ts'
import * as desk from '../store-request.ts'
import type { ComparedFieldReply, showEvidence } from './contract.ts'
import { countQueues } from './store-queue.ts'
import { countApprovedToday, findTransitions } from './store-transition.ts'

/** What register and card say of a person, side by side. What the installation does not know is absent. */
async function compareWithCard(work: Work, personId: register.PersonId): Promise<ComparedFieldReply[]> {
  const person = await register.getSummary(work, personId)
  const printed = (await cards.printedContentOf(work, personId))?.content
  const residence = person.permanentUnitId && (await units.unitName(work, person.permanentUnitId))
  const row = (
    field: ComparedFieldReply['field'],
    ofRegister: string | undefined,
    ofCard: string | undefined,
  ): ComparedFieldReply => ({ field, ...(ofRegister && { register: ofRegister }), ...(ofCard && { card: ofCard }) })
  return [
    row('fullName', person.fullName, printed?.fullName),
    row('birthDate', formatPartialDay(person.birthDate), printed && formatPartialDay(printed.birthDate)),
    row('sex', person.sex, printed?.sex),
    row('number', person.number, printed?.number),
    row('residence', residence, printed?.residence),
  ]
}

/** Who opened an account, each officer once a day. */
async function looksAt(work: Work, personId: register.PersonId, id: string) {
  const since = new Date(work.now.getTime() - looksShownMilliseconds)
  const read = (await audit.readersOf(work, personId, since)).filter(
    ({ by_kind, case_kind, case_id }) => by_kind === 'officer' && case_kind === 'account' && case_id === id,
  )
  const once = [...Map.groupBy(read, ({ by_id, at }) => `${by_id} ${dayAt(at)}`).values()].flatMap(([last]) =>
    last ? [last] : [],
  )
  const names = await staff.namesOf(work, once.map(({ by_id }) => by_id).filter(isId))
  return once.slice(0, mostLooks).map(({ at, by_id }) => ({ at: at.toISOString(), by: names.get(by_id) ?? '' }))
}

/** The reading of a chip on which the request for level 2 rests that waits. */
async function chipReadFor(work: Work, row: Pick<desk.RequestRow, 'id' | 'personId'>) {
  const raising = await desk.findOpenRaising(work, row)
  const used = raising && (await cards.findReadingUsed(work, row.personId, { deed: 'account.raise-asked', id: row.id }))
  // One of a request before has proved nothing for this one.
  if (!used?.provedBy || !raising || used.usedAt < raising.askedAt) return {}
  const names = await staff.namesOf(work, [used.readBy].filter(isId))
  return { chipRead: { at: used.readAt.toISOString(), by: names.get(used.readBy) ?? '', provedBy: used.provedBy } }
}

/** Everything that the installation has to decide a request by. Records the reading. Throws account-unknown. */
export async function getEvidence(work: Work, id: string): Promise<ReplyOf<typeof showEvidence>> {
  const row = await desk.findRequestRow(work, id)
  if (!row) throw accountProblem('account-unknown')
  const { personId } = row
  await audit.noteReading(work, [personId], ['identity', 'number', 'card-content'], { kind: 'account', id })
  const person = await register.getSummary(work, personId)
  const printed = await cards.printedContentOf(work, personId)
  const theirs = (await cards.cardsOf(work, [personId])).get(personId) ?? []
  const inForce = theirs.find(card => card.state === 'handed-over' && !isCardOver(card, work.today, work))
  const { counts, overdue } = await countQueues(work, {})
  const others = (await store.findAccountRows(work, [personId])).filter(other => other.id !== id)
  const former = await Promise.all(others.map(other => findTransitions(work, { id: other.id, personId })))
  const delegation = exchange.delegationOf(work, 'accounts')
  const isHere = await exchange.isDecidedHere(work, 'accounts')
  return {
    ...(person.number && { number: person.number }),
    sex: person.sex,
    compared: await compareWithCard(work, personId),
    ...(printed && {
      printed: {
        inForce: printed.cardId === inForce?.id,
        ...(printed.issuedOn && { issuedOn: printed.issuedOn }),
      },
    }),
    ...(inForce?.expiresOn && { cardExpiresOn: inForce.expiresOn }),
    ...(await chipReadFor(work, row)),
    decides: isHere ? (delegation === 'delegated' ? 'delegated' : 'here') : 'centre',
    decidesLaw: exchange.delegationLaw(work, 'accounts'),
    waiting: counts['to-approve'],
    overdue: overdue['to-approve'],
    approvedToday: await countApprovedToday(work),
    former: former.flat().map(({ level, state, onDay, at }) => ({ level, state, onDay, at: at.toISOString() })),
    looks: await looksAt(work, personId, id),
  }
}
