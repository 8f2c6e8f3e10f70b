import { type ApplicationQueue, listApplications } from '../../../src/enrolment/adjudication/contract.ts'
import { listQuarantined } from '../../../src/enrolment/packets/contract-quarantine.ts'
import { countFollowUps } from '../../../src/follow-ups/contract.ts'
import { dayInYearText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { applicationsAt, gapsAt, packetsAt } from '../enrolment/search.ts'
import { useMay } from '../shell/session.tsx'
import type { DueItem } from './due-item.ts'

/** Applications, packets and gaps that wait for this officer: each queue stands where its most urgent row stands. */
export function useEnrolmentDue() {
  const [mayCheck, mayApprove, mayCapture] = [
    useMay('enrolment.check'),
    useMay('enrolment.approve'),
    useMay('enrolment.capture'),
  ]
  const all = [
    useQueueDue('to-check', mayCheck),
    useQueueDue('to-approve', mayApprove),
    useQueueDue('returned', mayCapture),
    usePacketsDue(mayCheck),
    useGapsDue(),
  ]
  return {
    items: all.flatMap(({ items }) => items),
    error: all.find(({ error }) => error)?.error ?? null,
    waiting: all.some(({ waiting }) => waiting),
  }
}

const whenOf = { overdue: 'overdue', today: 'today', later: 'later', none: 'undated' } as const

function useQueueDue(queue: ApplicationQueue & ('to-check' | 'to-approve' | 'returned'), may: boolean) {
  const say = useSay()
  const { data, error, isLoading } = useAsk(listApplications, { query: { queue } }, { when: may })
  const count = data?.counts[queue] ?? 0
  const first = data?.applications[0]
  const day = [first?.dueOn, first?.campaignDueOn].filter(one => one !== undefined).toSorted()[0]
  const overdue = data?.applications.filter(({ due }) => due === 'overdue').length ?? 0
  const isMore = overdue > 0 && overdue === data?.applications.length && data.next !== undefined
  const item: DueItem = {
    key: queue,
    when: whenOf[first?.due ?? 'none'],
    until: day ? dayInYearText(day) : '',
    count,
    what: say(`due-${queue}`),
    about:
      overdue > 0
        ? say(isMore ? 'due-applications-overdue-many' : 'due-applications-overdue', { n: overdue })
        : say(queue === 'returned' ? 'due-returned-about' : 'due-applications-about'),
    to: applicationsAt({ hang: queue }),
    deed: say('due-open-queue'),
  }
  return { items: count > 0 ? [item] : [], error, waiting: isLoading }
}

function usePacketsDue(may: boolean) {
  const say = useSay()
  const { data, error, isLoading } = useAsk(listQuarantined, { query: {} }, { when: may })
  const count = data?.counts.held ?? 0
  const item: DueItem = {
    key: 'packets',
    when: 'today',
    until: '',
    count,
    what: say('due-packets'),
    about: say('due-packets-about'),
    to: packetsAt(),
    deed: say('due-open-packets'),
  }
  return { items: count > 0 ? [item] : [], error, waiting: isLoading }
}

/** What is stuck without a follow-up stands in the same counts; the first day is that of the longest overdue. */
function useGapsDue() {
  const say = useSay()
  const { data, error, isLoading } = useAsk(countFollowUps, { query: {} }, { when: useMay('enrolment.read') })
  const gaps = data?.counts.filter(({ kind }) => kind === 'gap') ?? []
  const count = gaps.reduce((sum, { overdue }) => sum + overdue, 0)
  const firstOn = gaps.map(({ nextOn }) => nextOn).toSorted()[0]
  const item: DueItem = {
    key: 'gaps',
    when: 'overdue',
    until: dayInYearText(firstOn ?? ''),
    count,
    what: say('due-gaps'),
    about: say('due-gaps-about'),
    to: gapsAt({ han: 'qua' }),
    deed: say('due-open-list'),
  }
  return { items: count > 0 ? [item] : [], error, waiting: isLoading }
}
