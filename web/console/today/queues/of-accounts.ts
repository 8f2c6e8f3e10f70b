import { type AccountQueue, countAccounts } from '../../../../src/accounts/contract.ts'
import { accountsAt } from '../../accounts/search.ts'
import { may, queue } from './queue.ts'

/** Whose work each queue of accounts is. The others wait for the centre or the holder, or are at rest. */
const workOf = [
  ['to-approve', 'accounts.approve'],
  ['supplement', 'accounts.request'],
  ['slips', 'accounts.approve'],
  ['demands', 'accounts.lock'],
  ['needs-slip', 'accounts.slip'],
  ['lapsed', 'accounts.phone'],
] as const satisfies readonly (readonly [AccountQueue, string])[]

export const accountQueuesOfToday = [
  queue({
    name: 'accounts',
    lists: workOf.map(([one]) => `/accounts?queue=${one}`),
    when: may(...workOf.map(([, right]) => right)),
    door: countAccounts,
    read: ({ queues }, { say, may: has }) =>
      workOf
        .filter(([, right]) => has(right))
        .map(([one]) => ({
          key: `accounts-${one}`,
          ...queues[one],
          what: say(`due-accounts-${one}`),
          about: say(`desk-queue-means-${one}`),
          to: accountsAt({ hang: one }),
          deed: say('due-open-queue'),
        })),
  }),
]
