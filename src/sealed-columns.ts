import * as accounts from './accounts/accounts.ts'
import * as attachments from './attachments/attachments.ts'
import * as enrolment from './enrolment/enrolment.ts'
import * as outreach from './outreach/outreach.ts'
import * as pki from './pki/pki.ts'
import { sealedAnswers } from './platform/http/answered-once.ts'
import type { SealedColumn } from './platform/sealing/reseal.ts'
import * as signin from './signin/signin.ts'
import * as staff from './staff/staff.ts'
import * as verification from './verification/verification.ts'

/** All that lies sealed in the database: what is not here is lost when the sealing key is replaced. */
export const sealedColumns: readonly SealedColumn[] = [
  ...accounts.sealedSecrets,
  ...attachments.sealedSecrets,
  ...enrolment.sealedSecrets,
  ...outreach.sealedSecrets,
  ...pki.sealedSecrets,
  ...signin.sealedSecrets,
  ...staff.sealedSecrets,
  ...verification.sealedSecrets,
  ...sealedAnswers,
]
