import type { Authority, TimeLimits } from '../work.ts'
import { findCaller } from './caller.ts'
import { timeLimits } from './law.ts'

/**
 * How long a work may keep the database, by what it belongs to: a person waits for a request, nobody for a job, and an
 * operator looks on at a command and can end it. What serves a request is one, whoever acts in it.
 */
export function timeLimitsOf({ by, role }: Pick<Authority, 'by' | 'role'>): TimeLimits {
  if (role === 'maintenance' || by.kind === 'operator') return timeLimits.command
  return findCaller() ? timeLimits.request : timeLimits.job
}
