import { readFile, statfs } from 'node:fs/promises'
import * as audit from '../audit/audit.ts'
import { headsFile, type SignedHeads } from '../audit/chain-heads.ts'
import { auditProblem } from '../audit/problems.ts'
import type { AuditFinding } from '../audit/verify.ts'
import { asOperator, type House } from '../open-house.ts'
import { jobCounts } from '../platform/jobs/jobs.ts'
import { printAnswer } from '../platform/terminal.ts'
import { replaceSigningKeys } from '../signin/signin.ts'
import type { Invocation } from './invocation.ts'

async function readHeadsFile(file: string): Promise<SignedHeads[]> {
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

type DoctorCheck = { readonly what: string; readonly ok: boolean; readonly found: string; readonly todo?: string }

async function checkDisk(house: House): Promise<DoctorCheck> {
  const { bavail, bsize } = await statfs(house.folder)
  const free = (bavail * bsize) / 2 ** 30
  return {
    what: 'free disk',
    ok: free > 2,
    found: `${free.toFixed(1)} GiB`,
    todo: 'make room: below 2 GiB an import may not fit',
  }
}

async function checkJobs(house: House): Promise<DoctorCheck> {
  const { waiting, failed } = await jobCounts(house.database.url)
  return {
    what: 'jobs',
    ok: failed === 0,
    found: `${waiting} wait, ${failed} gave up`,
    todo: 'look at graphile_worker.jobs, column last_error',
  }
}

async function checkAudit(house: House): Promise<DoctorCheck> {
  const lines = await readHeadsFile(headsFile(house.folder)).catch(() => [])
  const { deeds, findings } = await house.openWork(asOperator('audit'), work => audit.verifyAudit(work, lines))
  return {
    what: 'record of deeds',
    ok: findings.length === 0,
    found: `${deeds} deeds, ${findings.length} findings, ${lines.length} kept heads`,
    todo: 'run audit verify',
  }
}

/** `doctor`: what an operator should know; exit 1 where something needs a hand. */
export async function doctor({ house, json }: Invocation): Promise<void> {
  const checks = await Promise.all([checkDisk(house), checkJobs(house), checkAudit(house)])
  const words = checks
    .map(({ what, ok, found, todo }) => `${ok ? 'ok      ' : 'TO MEND '} ${what}: ${found}${ok ? '' : ` (${todo})`}`)
    .join('\n')
  await printAnswer(json, { house: house.record().id, checks }, words)
  if (checks.some(({ ok }) => !ok)) process.exitCode = 1
}

/** `key rotate`: for keys that others may know. */
export async function rotateKeys({ house, json }: Invocation): Promise<void> {
  const replaced = await house.openWork(asOperator('sign-in'), replaceSigningKeys)
  await printAnswer(
    json,
    replaced,
    `${replaced.gone} keys are gone, and what they signed is believed no longer; ${replaced.signs} signs, ` +
      'within half a minute at each server',
  )
}
