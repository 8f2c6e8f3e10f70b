/**
 * Batches: posts of one file, proposed together and accepted by one decision of another officer. Each row is judged by
 * itself, when it is proposed and again when it is accepted: one that is refused, such as the accepting officer's own,
 * holds up no other. Deeds: staff-batch.proposed, .accepted; of each row those of any proposal.
 */

import * as audit from '../../audit/audit.ts'
import type { CsvRow } from '../../platform/csv/read-csv.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { tryStep } from '../../platform/postgres/tried-steps.ts'
import type { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { type Contact, contactIn } from '../contact.ts'
import { officerFileLimits } from '../law.ts'
import type { LinkDelivery } from '../links/links.ts'
import { staffProblem } from '../problems.ts'
import { contactsOf } from '../store.ts'
import { type OfficerRow, postOfRow } from './officer-file.ts'
import { acceptProposal, proposeAppointment } from './proposals.ts'
import * as store from './store.ts'

export type StaffBatchId = Id<'staff-batch'>
export type RefusedRow = { readonly line: number; readonly login: string; readonly problem: Problem }
export type ProposedBatch = {
  readonly id: StaffBatchId
  readonly rows: number
  readonly proposed: number
  readonly refused: readonly RefusedRow[]
}

/** Proposes the posts of a file. Throws officer-file-too-long, officer-file-empty; rows are refused one by one. */
export async function proposeBatch(work: Work, rows: AsyncIterable<CsvRow>, note?: string): Promise<ProposedBatch> {
  const id = newId<'staff-batch'>(work.now)
  const refused: RefusedRow[] = []
  let [count, proposed] = [0, 0]
  for await (const { line, values } of rows) {
    count += 1
    if (count > officerFileLimits.rows) throw staffProblem('officer-file-too-long', { most: officerFileLimits.rows })
    const row = values as OfficerRow
    const step = await tryStep(work, async () =>
      proposeAppointment(work, { ...(await postOfRow(work, row)), note, batchId: id }),
    )
    if ('done' in step) proposed += 1
    else refused.push({ line, login: row.login, problem: step.refusal })
  }
  if (count === 0) throw staffProblem('officer-file-empty')
  const told = { id, rows: count, proposed, refused }
  if (proposed > 0)
    await audit.record(
      work,
      'staff-batch.proposed',
      { kind: 'staff-batch', id, ...(work.unitId && { unitId: work.unitId }) },
      { rows: count, proposed, refused: refused.length },
    )
  return told
}

/** How a link reaches an officer: as asked for, else as they are reached, else on paper. */
function deliveryFor({ phone, email }: Contact, wanted: LinkDelivery): LinkDelivery {
  const ways: readonly [LinkDelivery, unknown][] = [
    ['email', email],
    ['phone', phone],
  ]
  if (wanted === 'paper') return 'paper'
  return ways.toSorted(([one]) => (one === wanted ? -1 : 1)).find(([, address]) => address)?.[0] ?? 'paper'
}

export type AcceptedBatch = {
  readonly accepted: number
  readonly onPaper: number
  readonly refused: readonly { readonly proposalId: string; readonly problem: Problem }[]
}

/**
 * Accepts what of a batch waits and is in sight. Throws staff-batch-unknown where nothing of it does, and the refusal
 * itself where one holds of every row, as for who proposed them.
 */
export async function acceptBatch(work: Work, id: StaffBatchId, delivery: LinkDelivery): Promise<AcceptedBatch> {
  const waiting = await store.holdBatch(work, id)
  if (waiting.length === 0) throw staffProblem('staff-batch-unknown')
  const contacts = new Map(
    (
      await contactsOf(
        work,
        waiting.map(({ officerId }) => officerId),
      )
    ).map(row => [row.id, contactIn(row)]),
  )
  const refused: { proposalId: string; problem: Problem }[] = []
  let [accepted, onPaper] = [0, 0]
  for (const one of waiting) {
    const by = deliveryFor(contacts.get(one.officerId) ?? {}, delivery)
    const step = await tryStep(work, () => acceptProposal(work, one.id, { delivery: by }))
    if ('refusal' in step) {
      refused.push({ proposalId: one.id, problem: step.refusal })
      continue
    }
    accepted += 1
    if (by === 'paper') onPaper += 1
  }
  const [first] = refused
  if (accepted === 0 && first && refused.every(({ problem }) => problem.code === first.problem.code))
    throw first.problem
  await audit.record(
    work,
    'staff-batch.accepted',
    { kind: 'staff-batch', id, ...(work.unitId && { unitId: work.unitId }) },
    { accepted, refused: refused.length },
  )
  return { accepted, onPaper, refused }
}

export const listBatches = store.selectBatches
