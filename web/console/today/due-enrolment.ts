import { type ApplicationQueue, listApplications } from '../../../src/enrolment/adjudication/contract.ts'
import { listGaps } from '../../../src/enrolment/gaps/contract.ts'
import { listQuarantined } from '../../../src/enrolment/packets/contract-quarantine.ts'
import { dayText } from '../../parts/formats.ts'
import { useAsk } from '../base/asking.ts'
import { useSay } from '../base/language.tsx'
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
    until: day ? dayText(day).slice(0, 5) : '',
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

/** They come by their last days: the first is the longest overdue. */
function useGapsDue() {
  const say = useSay()
  const { data, error, isLoading } = useAsk(listGaps, { query: {} }, { when: useMay('enrolment.read') })
  const count = data?.overdue ?? 0
  const item: DueItem = {
    key: 'gaps',
    when: 'overdue',
    until: dayText(data?.gaps[0]?.dueOn ?? '').slice(0, 5),
    count,
    what: say('due-gaps'),
    about: say('due-gaps-about'),
    to: gapsAt({ han: 'qua' }),
    deed: say('due-open-list'),
  }
  return { items: count > 0 ? [item] : [], error, waiting: isLoading }
}
