import * as audit from '../audit/audit.ts'
import type { Work } from '../platform/work.ts'
import * as store from './store-pattern.ts'

/**
 * Keeps what came of verifying the seals: whether they hold, and the first batch that does not. Deed: `seals.verified`,
 * so that a result which somebody puts in place of it is not the sealed one.
 */
export async function keepVerification(work: Work, { deeds, readings, findings }: audit.AuditReport): Promise<void> {
  const [first] = findings
  const told = first && {
    kind: first.kind,
    ...(first.chain !== undefined && { chain: first.chain }),
    ...(first.seq !== undefined && { seq: first.seq }),
    ...(first.id !== undefined && { id: first.id }),
  }
  await store.insertVerification(work, { deeds, readings, findings: findings.length, first: told ?? null })
  await audit.record(
    work,
    'seals.verified',
    { kind: 'audit', id: 'audit' },
    { deeds, readings, findings: findings.length, ...(told && { first: told }) },
  )
}
