import { useMemo } from 'react'
import type { Day } from '../../../src/platform/day.ts'
import { useLanguage } from '../base/language.tsx'
import { useAskAll } from '../base/use-endpoint.ts'
import { useSession } from '../shell/session.tsx'
import { type DueItem, dueItemOf } from './due-item.ts'
import { useFirstCampaign } from './first-campaign.ts'
import { allQueues } from './queues/all-queues.ts'
import type { QueueAsking } from './queues/queue.ts'

/**
 * What waits for this officer, computed from the queues that their rights open: overdue, today, soon, without a day.
 * Each queue is asked apart, so that what is slow to count holds nothing up.
 */
export function useDue(): {
  readonly due: readonly DueItem[]
  readonly error: Error | null
  /** How many queues are still being counted. */
  readonly counting: number
  readonly waiting: boolean
} {
  const { say, language } = useLanguage()
  const { id, rights, today } = useSession()
  const first = useFirstCampaign()
  const asking = useMemo<QueueAsking>(
    () => ({
      say,
      language,
      own: id,
      today: today as Day,
      may: right => rights.includes(right),
      campaign: first.campaign,
    }),
    [say, language, id, today, rights, first.campaign],
  )
  const asked = allQueues
    .filter(({ when }) => when(asking))
    .flatMap(queue => {
      const request = queue.asked(asking)
      return request ? [{ queue, door: queue.door, asked: request }] : []
    })
  const answers = useAskAll(asked)
  const rows = asked.flatMap(({ queue }, at) => {
    const data = answers[at]?.data
    return data === undefined ? [] : queue.read(data, asking)
  })
  const counting = answers.filter(({ isLoading }) => isLoading).length + (first.waiting ? 1 : 0)
  return {
    due: rows.map(row => dueItemOf(row, today, say)),
    error: answers.find(({ error }) => error)?.error ?? null,
    counting,
    waiting: counting > 0,
  }
}
