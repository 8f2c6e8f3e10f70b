import { countFollowUps } from '../../../../src/follow-ups/contract.ts'
import { followUpOwners, type KeptKind, keptKinds } from '../../../../src/follow-ups/follow-up.ts'
import { universalFigures } from '../../../../src/out-of-school/universal/contract.ts'
import { listRolls } from '../../../../src/rolls/contract.ts'
import { countWaitingRows } from '../../../../src/rolls/review/contract.ts'
import { followUpsAt } from '../../follow-ups/follow-up.ts'
import { queueAt } from '../../review/queue.ts'
import { rollAt } from '../../review/roll.ts'
import { universalAt } from '../../universal/universal.ts'
import { may, queue } from './queue.ts'

/** Who acts where the police, a school or a family does. */
const rightOfOwner = { ward: 'register.decide', school: 'rolls.import', family: 'rolls.import' } as const

/** Kinds that others solve: whoever may answer for a lost message sees it, with rolls or without. */
const rightOfKind: Partial<Record<KeptKind, string>> = { message: 'outreach.retry' }

/** Kinds whose follow-ups are shown as what they are about: a roll of strangers is accepted on its own page. */
const shownElsewhere: Partial<Record<KeptKind, string>> = { 'roll-of-strangers': 'held-rolls' }

const shownKinds = keptKinds.filter(kind => !shownElsewhere[kind])

/** Every kind of follow-up, those of later kinds too, by who acts. */
const followUpQueue = queue({
  name: 'follow-ups',
  lists: shownKinds.map(kind => `/follow-ups?kind=${kind}`),
  when: may(...shownKinds.map(kind => rightOfKind[kind] ?? 'rolls.read')),
  door: countFollowUps,
  asked: () => ({ query: { of: 'kept' as const } }),
  read: ({ counts }, { say, language, may: has }) =>
    counts.flatMap(({ kind, owner, title, nextOn, overdue, today, later }) => {
      const whose = followUpOwners.find(one => one === owner)
      const kept = shownKinds.find(one => one === kind)
      if (!whose || !kept || !has(rightOfKind[kept] ?? rightOfOwner[whose])) return []
      return [
        {
          key: `follow-ups-${kind}-${whose}`,
          count: overdue + today + later,
          overdue,
          nextOn,
          what: (kind !== 'roll-defect' && title?.[language]) || say(`due-follow-ups-${whose}`),
          about: say(kind === 'message' ? 'due-follow-ups-about-message' : 'due-follow-ups-about'),
          to: followUpsAt({ ai: whose, ...(kept !== 'roll-defect' && { loai: kept }) }),
          deed: say('open-follow-ups'),
        },
      ]
    }),
})

/** Children of 11 to 14 stand in the list of primary and in that of lower secondary: they are counted in the first. */
const countedLists = ['preschool', 'primary'] as const

/** Rolls, their rows and what follows from them; and whom education looks for. */
export const rollQueues = [
  followUpQueue,
  queue({
    name: 'held-rolls',
    lists: ['/rolls?which=waiting', '/rolls?state=held', '/follow-ups?kind=roll-of-strangers'],
    when: may('rolls.review', 'rolls.import'),
    door: listRolls,
    asked: () => ({ query: { which: 'waiting' as const } }),
    read: ({ rolls }, { say, may: has }) =>
      rolls
        // The police accept strangers; who sends rolls confirms one that is unlike the roll in force.
        .filter(({ state, heldFor }) => state === 'held' && has(heldFor === 'unlike' ? 'rolls.import' : 'rolls.review'))
        .map(({ id, school, rows, heldFor }) => {
          const word = heldFor === 'unlike' ? 'due-unlike-roll' : 'due-held-roll'
          return {
            key: `held-${id}`,
            count: rows,
            what: say(word, { school: school.name }),
            about: say(`${word}-about`),
            to: rollAt(id),
            deed: say(`${word}-do`),
          }
        }),
  }),
  queue({
    name: 'referred',
    lists: ['/review/referred?which=to-me'],
    when: may('rolls.review'),
    door: countWaitingRows,
    read: ({ toMe }, { say }) => [
      {
        key: 'referred',
        count: toMe,
        what: say('due-referred'),
        about: say('due-referred-about'),
        to: queueAt({ nhom: 'to-me' }),
        deed: say('due-referred-do'),
      },
    ],
  }),
  queue({
    name: 'rows-to-review',
    lists: ['/review/rows?part=left', '/review/rows?part=later'],
    when: may('rolls.review'),
    door: countWaitingRows,
    read: ({ left, later }, { say }) =>
      (
        [
          ['left', left],
          ['later', later],
        ] as const
      ).map(([part, count]) => ({
        key: `rows-${part}`,
        count,
        what: say(`due-rows-${part}`),
        about: say('due-rows-about'),
        to: queueAt({ nhom: part }),
        deed: say('review-on'),
      })),
  }),
  queue({
    name: 'rolls-not-sent',
    lists: ['/rolls?state=draft', '/rolls?state=failed'],
    when: may('rolls.import'),
    door: listRolls,
    asked: () => ({ query: { which: 'waiting' as const } }),
    read: ({ rolls }, { say }) =>
      rolls
        .filter(({ state }) => state === 'draft' || state === 'failed')
        .slice(0, 5)
        .map(({ id, school, state, rows }) => ({
          key: `roll-${state}-${id}`,
          count: rows,
          what: say(state === 'draft' ? 'due-roll-draft' : 'due-roll-failed', { school: school.name }),
          about: say(state === 'draft' ? 'due-roll-draft-about' : 'due-roll-failed-about'),
          to: rollAt(id),
          deed: say('due-roll-open'),
        })),
  }),
  queue({
    name: 'children-to-follow',
    lists: countedLists.map(list => `/universal-education/${list}?case=out-of-school`),
    when: may('education.follow'),
    door: universalFigures,
    asked: () => ({ query: {} }),
    read: ({ lists }, { say }) =>
      lists
        .filter(({ list }) => countedLists.some(one => one === list))
        .map(({ list, all }) => ({
          key: `children-${list}`,
          count: all['out-of-school'],
          what: say('due-children', { list: say(`universal-list-${list}`) }),
          about: say('due-children-about'),
          to: universalAt({ ds: list, th: 'out-of-school' }),
          deed: say('due-open-list'),
        })),
  }),
]
