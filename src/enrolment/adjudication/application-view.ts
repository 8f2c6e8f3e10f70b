import * as audit from '../../audit/audit.ts'
import { formatPartialDay, partialDay } from '../../platform/day.ts'
import { isId } from '../../platform/ids.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { Capture } from '../capture.ts'
import { cardLimitLaw } from '../card-limit.ts'
import { readAs } from '../engine-search/capture-pictures.ts'
import { type OpenedCapture, openCapture, takePart } from '../packets/open-capture.ts'
import { applicationProblem } from '../problems.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as store from '../store-application.ts'
import * as storeFinding from '../store-finding.ts'
import * as storeProposal from '../store-proposal.ts'
import * as receipts from '../store-receipt.ts'
import type { ApplicationReply } from './contract.ts'
import { dueView } from './due-view.ts'
import { engineSearchView, facesView } from './faces-view.ts'
import { irisPicture } from './iris-picture.ts'
import * as list from './store-queue.ts'

/** Views of applications for officers. */

const birthDateText = ({ birthY, birthM, birthD }: list.ApplicationQueueRow) =>
  birthY === null ? '' : formatPartialDay(partialDay(birthY, birthM, birthD))

/** Whoever stands in a list of applications is read by who opens it. */
export const noteApplicationsRead = (work: Work, rows: readonly list.ApplicationQueueRow[]): Promise<void> =>
  audit.noteReading(
    work,
    rows.map(({ personId }) => personId),
    ['identity'],
  )

export async function applicationRowView(work: Work, row: list.ApplicationQueueRow): Promise<ApplicationReply> {
  const account = {
    ...(row.accountState && { state: row.accountState }),
    ...(row.accountProblem && { problem: row.accountProblem }),
  }
  return {
    id: row.id,
    personId: row.personId,
    name: row.name ?? '',
    born: birthDateText(row),
    kind: row.kind,
    reason: row.reason,
    state: row.state,
    unit: await units.unitReference(work, row.unitId),
    source: row.source,
    capture: row.capture,
    ...(row.sessionId && { sessionId: row.sessionId }),
    begunOn: row.begunOn,
    ...(row.submittedOn && { submittedOn: row.submittedOn }),
    ...(row.dueOn && { dueOn: row.dueOn, dueLaw: cardLimitLaw(row.submittedOn ?? row.begunOn, work) }),
    ...(row.campaignDueOn && { campaignDueOn: row.campaignDueOn }),
    due: dueView(row, work.today),
    ...(Object.keys(account).length > 0 && { account }),
    open: [...row.open],
    ...(row.proposal && { proposal: row.proposal }),
    capturedByMe: row.capturedBy === work.by.id,
  }
}

/** Both sides of the data: the register's, and those given at the capture. */
function comparedFields(capture: Capture | undefined, person: register.PersonSummary | undefined) {
  if (!capture || !person) return []
  const told = capture.person
  const wrong = new Map(capture.check.wrong.map(one => [one.field as string, one]))
  const both: readonly (readonly [string, string, string])[] = [
    ['full-name', person.fullName, told.fullName],
    ['birth-date', formatPartialDay(person.birthDate), told.birthDate],
    ['sex', person.sex, told.sex],
    ['number', person.number ?? '', told.number ?? ''],
  ]
  const others = capture.check.wrong.filter(({ field }) => !both.some(([known]) => known === field))
  return [
    ...both.map(([field, ours, theirs]) => {
      const said = wrong.get(field)
      return { field, register: ours, said: said?.said ?? theirs, ...(said && { evidence: said.evidence }) }
    }),
    ...others.map(({ field, said, evidence }) => ({ field, register: '', said, evidence })),
  ]
}

type SimilarPerson = { readonly person: register.PersonId; readonly probability: number }

async function findSimilarPeople(work: Work, findings: readonly storeFinding.ApplicationFinding[]) {
  const facts = findings.find(({ kind }) => kind === 'duplicate')?.facts['alike']
  const alike = (Array.isArray(facts) ? facts : []) as readonly SimilarPerson[]
  const people = await register.listSummaries(
    work,
    alike.map(({ person }) => person),
  )
  await audit.noteReading(
    work,
    people.map(({ id }) => id),
    ['identity'],
  )
  return Promise.all(
    people.map(async ({ id, fullName, birthDate, permanentUnitId }) => ({
      personId: id,
      name: fullName,
      born: formatPartialDay(birthDate),
      ...(permanentUnitId && { unit: await units.unitName(work, permanentUnitId) }),
      probability: alike.find(({ person }) => person === id)?.probability ?? 0,
    })),
  )
}

/** Face, fingers and eyes, and the signature where there is one. */
const pictureList = (capture: Capture | undefined) => [
  ...(capture?.biometrics ?? []).map(({ part, modality, subtype, quality }) => ({
    part,
    modality,
    ...(subtype && { subtype }),
    ...(quality !== undefined && { quality }),
  })),
  ...(capture?.signer.part ? [{ part: capture.signer.part, modality: 'signature' }] : []),
]

/** The application of a receipt's code that the work may see. Throws application-unknown. */
export async function findByReceipt(work: Work, code: string): Promise<{ id: string }> {
  // Receipts are looked up beyond the scope, by their code alone; the application must be within it.
  const found = await withHouseScope(work, house => receipts.findReceiptsByCode(house, code))
  for (const { applicationId } of found)
    if (applicationId && (await store.findApplication(work, applicationId))) return { id: applicationId }
  throw applicationProblem('application-unknown')
}

/** A whole application as the work may see it. Records the reading. Throws application-unknown. */
export async function getApplicationView(work: Work, keys: StationKeys, id: string) {
  const [row, application] = [await list.findQueueRow(work, id), await store.findApplication(work, id)]
  if (!row || !application) throw applicationProblem('application-unknown')
  await audit.noteReading(work, [application.personId], ['identity', 'application'], {
    kind: 'application',
    id: application.id,
  })
  const [person] = await register.listSummaries(work, [application.personId])
  const capture = (await openCapture(work, keys, application))?.capture
  const findings = await storeFinding.findFindings(work, application)
  const moves = await store.findTransitions(work, id)
  const proposal = await storeProposal.findOpenProposal(work, application)
  const ids = [
    ...moves.map(({ byId }) => byId),
    ...findings.map(({ decidedBy }) => decidedBy ?? ''),
    application.capturedBy ?? '',
    proposal?.proposedBy ?? '',
  ]
  const names = await staff.namesOf(work, ids.filter(isId))
  const nameOf = (officer: string | null | undefined) => (officer ? (names.get(officer) ?? officer) : '')
  const code = await receipts.findReceiptCode(work, id)
  const { signer } = application

  return {
    ...(await applicationRowView(work, row)),
    form: { code: application.formCode, version: application.formVersion },
    ...(code && { receiptCode: code }),
    ...(application.capturedBy && { capturedBy: nameOf(application.capturedBy) }),
    ...(application.capturedAt && { capturedAt: application.capturedAt.toISOString() }),
    ...(application.delivery && { delivery: application.delivery }),
    ...(application.deliveryAddress && { deliveryAddress: application.deliveryAddress }),
    ...(signer && {
      signer: {
        kind: signer.kind,
        ...(signer.name && { name: signer.name }),
        ...(signer.relation && { relation: signer.relation }),
        ...(signer.evidence && { evidence: signer.evidence }),
        ...(signer.unable && { unable: signer.unable }),
      },
    }),
    sides: comparedFields(capture, person),
    findings: findings.map(({ kind, verdict, facts, decidedBy, note }) => ({
      kind,
      verdict,
      facts: { ...facts },
      ...(decidedBy && { settledBy: nameOf(decidedBy) }),
      ...(note && { note }),
    })),
    alike: await findSimilarPeople(work, findings),
    ...(await facesView(work, findings)),
    ...(await engineSearchView(work, findings)),
    others: (await store.findApplicationsOf(work, application.personId))
      .filter(other => other.id !== id)
      .map(({ id: other, state, begunOn, capture: how }) => ({ id: other, state, begunOn, capture: how })),
    pictures: pictureList(capture),
    transitions: moves.map(({ from, to, onDay, at, byId, reason, note }) => ({
      from,
      to,
      onDay,
      at: at.toISOString(),
      by: nameOf(byId),
      ...(reason && { reason }),
      ...(note && { note }),
    })),
    ...(application.returnedReason &&
      application.actsUnitId &&
      application.actBy && {
        returned: {
          reason: application.returnedReason,
          ...(application.returnedNote && { note: application.returnedNote }),
          acts: await units.unitReference(work, application.actsUnitId),
          by: application.actBy,
        },
      }),
    ...(proposal && {
      openProposal: {
        id: proposal.id,
        kind: proposal.kind,
        reason: proposal.reason,
        ...(proposal.note && { note: proposal.note }),
        ...(proposal.otherId && { otherId: proposal.otherId }),
        by: nameOf(proposal.proposedBy),
        mine: proposal.proposedBy === work.by.id,
      },
    }),
  }
}

function plainPicture(opened: OpenedCapture | undefined, part: string, bytes: Uint8Array) {
  const type = opened?.capture.parts.find(({ name }) => name === part)?.type
  return type && ['image/jpeg', 'image/png'].includes(type) ? { type, bytes: Buffer.from(bytes) } : undefined
}

/** A picture of an application, decrypted for this reading. Throws application-unknown. */
export async function getPicture(
  work: Work,
  keys: StationKeys,
  id: string,
  part: string,
): Promise<{ type: string; bytes: Buffer }> {
  const application = await store.findApplication(work, id)
  const opened = application && (await openCapture(work, keys, application))
  const bytes = await takePart(opened, part)
  const modality = opened?.capture.biometrics.find(one => one.part === part)?.modality
  const picture = bytes && (modality === 'iris' ? await irisPicture(bytes) : plainPicture(opened, part, bytes))
  if (!application || !picture) throw applicationProblem('application-unknown')
  const fields = [modality ? readAs[modality] : 'signature']
  await audit.noteReading(work, [application.personId], fields, { kind: 'application', id: application.id })
  return picture
}
