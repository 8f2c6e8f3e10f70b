import type { CasesWithPapers } from './attachments/attachments.ts'
import * as dataProtection from './data-protection/data-protection.ts'
import * as register from './register/register.ts'

/**
 * Cases that take papers, with what their contexts know of them. A new kind is a code in src/attachments and a line
 * here.
 */
export const casesWithPapers: CasesWithPapers = {
  correction: register.correctionsWithPapers,
  'data-request': dataProtection.requestsWithPapers,
}
