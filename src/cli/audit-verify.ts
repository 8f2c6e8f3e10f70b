import { readFile } from 'node:fs/promises'
import * as audit from '../audit/audit.ts'
import type { SignedHeads } from '../audit/chain-heads.ts'
import { auditProblem } from '../audit/problems.ts'
import type { AuditFinding } from '../audit/verify.ts'
import { asOperator } from '../open-house.ts'
import { printAnswer } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

/** The kept heads of the chains, one signed set a line. Throws heads-unreadable. */
export async function readHeadsFile(file: string): Promise<SignedHeads[]> {
  try {
    return (await readFile(file, 'utf8'))
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as SignedHeads)
  } catch (error) {
    throw auditProblem('heads-unreadable', { file, why: error instanceof Error ? error.message : String(error) })
  }
}

const findingText = ({ kind, chain, seq, id, at }: AuditFinding) =>
  [kind, chain !== undefined && `chain ${chain}`, seq !== undefined && `place ${seq}`, id, at && `known at ${at}`]
    .filter(Boolean)
    .join(', ')

/** `audit verify [--heads F]`: exit 0 where everything holds; otherwise each finding is named. */
export async function auditVerify({ house, values, json }: Invocation): Promise<void> {
  const lines = typeof values['heads'] === 'string' ? await readHeadsFile(values['heads']) : []
  const verdict = await house.openWork(asOperator('audit'), work => audit.verifyAudit(work, lines))
  const words = verdict.findings.length
    ? verdict.findings.map(findingText).join('\n')
    : `${verdict.deeds} deeds in 16 chains and ${verdict.batches} batches of readings ` +
      `verify${lines.length ? `, also against ${lines.length} kept heads` : ''}`
  await printAnswer(json, verdict, words)
  if (verdict.findings.length) throw auditProblem('audit-broken', { findings: verdict.findings.length })
}
