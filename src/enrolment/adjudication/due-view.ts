import type { ApplicationReply } from './contract.ts'
import type * as list from './store-queue.ts'

/** Whether an application is due: of its days the most urgent (`urgent`, by the store) against today. */
export function dueView(row: list.ApplicationQueueRow, today: string): ApplicationReply['due'] {
  if (row.urgent.startsWith('9999') || ['handed-over', 'refused', 'cancelled'].includes(row.state)) return 'none'
  if (row.urgent === today) return 'today'
  return row.urgent < today ? 'overdue' : 'later'
}
