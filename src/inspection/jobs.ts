import type { AuditReport } from '../audit/audit.ts'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { deriveDue } from './deriving.ts'
import { keepVerification } from './verification.ts'

/** What is done for the auditor at night: the readings of the day are counted, and the seals are verified. */
export const jobs = (openWork: OpenWork, verify: () => Promise<AuditReport>): Readonly<Record<string, Job>> => ({
  'derive-readings': async (_payload, { log }) => {
    const { differences } = await deriveDue(openWork)
    if (differences > 0) log.warn({ differences }, 'derived readings were not as they were sealed, and were made anew')
  },
  'verify-audit': async (_payload, { log }) => {
    const report = await verify()
    await openWork(asSystem('audit'), work => keepVerification(work, report))
    if (report.findings.length > 0) log.warn({ findings: report.findings.length }, 'the audit does not verify')
  },
})

/** UTC. In the province: at half past one, and at half past six for the night that was; at ten past two the seals. */
export const crontab: Crontab = { 'derive-readings': '30 18,23 * * *', 'verify-audit': '10 19 * * *' }
