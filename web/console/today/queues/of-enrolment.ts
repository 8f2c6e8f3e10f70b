import { countApplications } from '../../../../src/enrolment/adjudication/contract.ts'
import { countGaps } from '../../../../src/enrolment/gaps/contract.ts'
import { type GapKind, gapKinds } from '../../../../src/enrolment/gaps/gap.ts'
import { countQuarantined } from '../../../../src/enrolment/packets/contract-quarantine.ts'
import { applicationsAt, gapsAt, packetsAt } from '../../enrolment/search.ts'
import { may, type QueueAsking, queue } from './queue.ts'

/** Whose work each queue of applications is. The others wait for somebody else, or are cards by now. */
const workOf = {
  'to-check': 'enrolment.check',
  'to-approve': 'enrolment.approve',
  returned: 'enrolment.capture',
} as const
const worked = ['to-check', 'to-approve', 'returned'] as const

/** What is stuck and stands in another queue of whoever has one of these rights, where it is counted already. */
const countedElsewhere: Partial<Record<GapKind, readonly string[]>> = {
  held: ['enrolment.check'],
  'received-not-checked': ['enrolment.check'],
  'received-not-approved': ['enrolment.approve'],
  'returned-not-acted': ['enrolment.capture'],
  'waits-for-correction': ['register.decide'],
  'approved-not-produced': ['cards.check'],
  'missing-from-box': ['cards.check', 'cards.hand-over'],
  'stray-in-box': ['cards.check', 'cards.hand-over'],
  'received-not-handed-over': ['cards.hand-over'],
  uncollected: ['cards.hand-over'],
  'account-not-decided': ['accounts.approve'],
  'account-at-centre': ['accounts.approve'],
  'account-not-told': ['accounts.slip'],
  'account-not-activated': ['accounts.slip'],
  'message-lost': ['outreach.retry'],
}
const isCountedElsewhere = (kind: GapKind, { may: has }: QueueAsking) => countedElsewhere[kind]?.some(has) ?? false

/** Applications, packets and what is stuck between two hands. */
export const enrolmentQueues = [
  queue({
    name: 'applications',
    lists: worked.map(one => `/applications?queue=${one}`),
    when: may(...Object.values(workOf)),
    door: countApplications,
    read: ({ queues }, { say, may: has }) =>
      worked
        .filter(one => has(workOf[one]))
        .map(one => ({
          key: one,
          ...queues[one],
          what: say(`due-${one}`),
          about: say(one === 'returned' ? 'due-returned-about' : 'due-applications-about'),
          to: applicationsAt({ hang: one }),
          deed: say('due-open-queue'),
        })),
  }),
  queue({
    name: 'packets',
    lists: ['/packets/quarantined?state=held'],
    when: may('enrolment.check'),
    door: countQuarantined,
    read: ({ held }, { say }) => [
      {
        key: 'packets',
        count: held,
        when: 'today',
        what: say('due-packets'),
        about: say('due-packets-about'),
        to: packetsAt(),
        deed: say('due-open-packets'),
      },
    ],
  }),
  queue({
    name: 'gaps',
    lists: [...gapKinds.map(kind => `/gaps?kind=${kind}`), '/follow-ups?kind=gap'],
    when: may('enrolment.read'),
    door: countGaps,
    read: ({ kinds }, asking) =>
      kinds
        .filter(({ kind }) => !isCountedElsewhere(kind, asking))
        .map(({ kind, overdue, nextOn }) => ({
          key: `gap-${kind}`,
          count: overdue,
          overdue,
          nextOn,
          what: asking.say('due-gap', { kind: asking.say(`gap-${kind}`) }),
          about: asking.say('due-gaps-about'),
          to: gapsAt({ loai: kind, han: 'qua' }),
          deed: asking.say('due-open-list'),
        })),
  }),
]
