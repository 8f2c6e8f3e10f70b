import { accountAt, accountsAt } from '../accounts/search.ts'
import { at } from '../base/navigation.ts'
import { applicationAt, applicationsAt } from '../enrolment/search.ts'
import { queueAt } from '../review/queue.ts'
import { rollAt } from '../review/roll.ts'

/** Where a thing is opened; it may be beyond one's right by now, and its own page says so. */
const pages = new Map<string, (id: string) => string>([
  ['application', id => applicationAt(id)],
  ['correction', id => at(`/dan-cu/dinh-chinh/${id}`)],
  ['merge', id => at(`/dan-cu/hop-nhat/${id}`)],
  ['collection', () => at('/dan-cu/lap-so')],
  ['account', id => accountAt(id)],
  ['slip', () => accountsAt({ hang: 'slips' })],
  ['roll', rollAt],
  ['roll-row', () => queueAt({ nhom: 'by-me' })],
  ['staff-proposal', () => at('/quan-tri/de-nghi')],
  ['staff-batch', () => at('/quan-tri/de-nghi')],
  ['party', id => at(`/quan-tri/ben-lien-ket/${id}`)],
  ['directive', id => at(`/chien-dich/chi-dao/${id}`)],
  ['pattern', () => at('/kiem-toan')],
])
export const noticeAt = (kind: string, id: string): string => pages.get(kind)?.(id) ?? at('/hom-nay')

/** The list in which the work waits that others asked for. */
const queues: Readonly<Record<string, string>> = {
  'application.submitted': applicationsAt({ hang: 'to-check' }),
  'application.sent-to-centre': applicationsAt({ hang: 'to-approve' }),
  'account.requested': accountsAt({ hang: 'to-approve' }),
  'account.raise-asked': accountsAt({ hang: 'to-approve' }),
  'slip.printed': accountsAt({ hang: 'slips' }),
  'correction.proposed': at('/dan-cu/dinh-chinh'),
  'correction.forwarded': at('/dan-cu/dinh-chinh'),
  'merge.proposed': at('/dan-cu/hop-nhat'),
  'person.collected': at('/dan-cu/lap-so'),
  'party.submitted': at('/quan-tri/ben-lien-ket'),
  'appointment.proposed': at('/quan-tri/de-nghi'),
  'staff-batch.proposed': at('/quan-tri/de-nghi'),
  'roll-row.handed-on': queueAt({ nhom: 'to-me' }),
}
export const askedAt = (deed: string): string => queues[deed] ?? at('/hom-nay')
