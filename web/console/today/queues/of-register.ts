import { countCorrections } from '../../../../src/register/corrections/contract.ts'
import { countCollections } from '../../../../src/register/establishing/contract.ts'
import { countMerges } from '../../../../src/register/merging/contract.ts'
import { at } from '../../base/navigation.ts'
import { may, queue } from './queue.ts'

/** What a second officer decides about the register. */
export const registerQueues = [
  queue({
    name: 'corrections',
    lists: ['/register/corrections?which=to-decide'],
    when: may('register.decide'),
    door: countCorrections,
    read: ({ count, overdue, nextOn, only }, { say }) => [
      {
        key: 'corrections',
        count,
        overdue,
        nextOn,
        what: say('due-corrections'),
        about: say('due-corrections-about'),
        to: at(only ? `/dan-cu/dinh-chinh/${only}` : '/dan-cu/dinh-chinh'),
        deed: say('open-files'),
      },
    ],
  }),
  queue({
    name: 'merges',
    lists: ['/register/merges?state=open'],
    when: may('register.decide'),
    // Records that another officer holds for one person's.
    door: countMerges,
    read: ({ count, overdue, nextOn, only }, { say }) => [
      {
        key: 'merges',
        count,
        overdue,
        nextOn,
        what: say('due-merges'),
        about: say('due-merges-about'),
        to: at(only ? `/dan-cu/hop-nhat/${only}` : '/dan-cu/hop-nhat'),
        deed: say('open-files'),
      },
    ],
  }),
  queue({
    name: 'collections',
    lists: ['/register/collections?state=open'],
    when: may('register.establish'),
    door: countCollections,
    read: ({ waiting }, { say }) => [
      {
        key: 'collections',
        count: waiting,
        // The list shows the oldest.
        what: say('due-collections'),
        about: say('due-collections-about'),
        to: at('/dan-cu/lap-so'),
        deed: say('establish'),
      },
    ],
  }),
]
