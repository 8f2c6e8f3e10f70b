import { listCorrections } from '../../../../src/register/corrections/contract.ts'
import { listCollections } from '../../../../src/register/establishing/contract.ts'
import { listMerges } from '../../../../src/register/merging/contract.ts'
import { at } from '../../base/navigation.ts'
import { may, queue } from './queue.ts'

/** As many as the lists of the register show. */
const shown = 200

/** What a second officer decides about the register. */
export const registerQueues = [
  queue({
    name: 'corrections',
    lists: ['/register/corrections?which=to-decide'],
    when: may('register.decide'),
    door: listCorrections,
    asked: () => ({ query: { which: 'to-decide' as const } }),
    read({ corrections }, { say }) {
      const [first] = corrections
      return [
        {
          key: 'corrections',
          count: corrections.length,
          isMore: corrections.length >= shown,
          overdue: corrections.filter(({ due }) => due === 'overdue').length,
          nextOn: first?.dueOn,
          what: say('due-corrections'),
          about: say('due-corrections-about'),
          to: at(corrections.length === 1 && first ? `/dan-cu/dinh-chinh/${first.id}` : '/dan-cu/dinh-chinh'),
          deed: say('open-files'),
        },
      ]
    },
  }),
  queue({
    name: 'merges',
    lists: ['/register/merges?state=open'],
    when: may('register.decide'),
    door: listMerges,
    asked: () => ({ query: {} }),
    read({ merges }, { say, own }) {
      // Records that another officer holds for one person's.
      const those = merges.filter(({ proposedBy }) => proposedBy.id !== own)
      const [first] = those
      return [
        {
          key: 'merges',
          count: those.length,
          isMore: merges.length >= shown,
          overdue: those.filter(({ late }) => late).length,
          nextOn: first?.dueOn,
          what: say('due-merges'),
          about: say('due-merges-about'),
          to: at(those.length === 1 && first ? `/dan-cu/hop-nhat/${first.id}` : '/dan-cu/hop-nhat'),
          deed: say('open-files'),
        },
      ]
    },
  }),
  queue({
    name: 'collections',
    lists: ['/register/collections?state=open'],
    when: may('register.establish'),
    door: listCollections,
    asked: () => ({ query: {} }),
    read: ({ collections }, { say }) => [
      {
        key: 'collections',
        count: collections.length,
        isMore: collections.length >= shown,
        what: say('due-collections'),
        about: say('due-collections-about'),
        to: at('/dan-cu/lap-so'),
        deed: say('establish'),
      },
    ],
  }),
]
