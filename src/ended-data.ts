import type { EndedDataOf } from './data-protection/data-protection.ts'
import * as parties from './parties/parties.ts'
import { abandonedJobs } from './platform/jobs/jobs.ts'
import * as signin from './signin/signin.ts'
import * as staff from './staff/staff.ts'

/** What the nightly job of retention removes, each by the hand of its context (src/data-protection/retention). */
export const endedData: EndedDataOf = {
  'ended-citizen-sessions': signin.endedSessions,
  'ended-officer-sessions': staff.endedSessions,
  'ended-engineer-sessions': parties.endedSessions,
  'sign-in-history': signin.formerVisits,
  'failed-jobs': abandonedJobs,
}
