import { AsyncLocalStorage } from 'node:async_hooks'

/** How often each of some names came. */
export type TimesByName = Readonly<Record<string, number>>

/** A part of an activity that is traced, until it is ended. */
export type TracedPart = { end(told: { readonly statements: number; readonly fault?: unknown }): void }

/**
 * What is noted of a request or a job while it is done, so that somebody can find out later what happened: kinds, names
 * and counts; no id of a person, and no value that was sent or read.
 */
export type ActivityNotes = {
  /** Messages to the database; several statements in one message are one, as somebody waits for one. */
  statements: number
  /** Milliseconds in which it waited for a turn at the database. */
  waited: number
  works: number
  /** What kind of actor it is of, once that is known. */
  actor?: string
  /** Why it worked: the purpose of its last work that was not the installation's own. */
  purpose?: string
  /** Deeds that it committed. */
  readonly deeds: Record<string, number>
  /** Jobs that it queued. */
  readonly jobs: Record<string, number>
  /** Where it is traced: begins a part of it. */
  readonly trace?: (name: string, about: Readonly<Record<string, string>>) => TracedPart
}

const current = new AsyncLocalStorage<ActivityNotes>()

export const newActivity = (trace?: ActivityNotes['trace']): ActivityNotes => ({
  ...{ statements: 0, waited: 0, works: 0, deeds: {}, jobs: {} },
  ...(trace && { trace }),
})

/** Runs a step as part of an activity. */
export const runInActivity = <T>(activity: ActivityNotes, step: () => T): T => current.run(activity, step)

/** More names are counted as others: an import of a province has few, and nobody reads more. */
const mostNames = 12
const others = 'others'

function countName(counts: Record<string, number>, name: string): void {
  const known = Object.hasOwn(counts, name) || Object.keys(counts).length < mostNames ? name : others
  counts[known] = (counts[known] ?? 0) + 1
}

export function noteStatement(): void {
  const activity = current.getStore()
  if (activity) activity.statements += 1
}

export function noteWaiting(milliseconds: number): void {
  const activity = current.getStore()
  if (activity) activity.waited += milliseconds
}

export function noteDeeds(deeds: readonly { readonly deed: string }[]): void {
  const activity = current.getStore()
  if (activity) for (const { deed } of deeds) countName(activity.deeds, deed)
}

export function noteQueuedJob(name: string): void {
  const activity = current.getStore()
  if (activity) countName(activity.jobs, name)
}

/** Does a work as part of the activity under way, where there is one. */
export async function noteWork<T>(
  { by, purpose }: { readonly by: { readonly kind: string }; readonly purpose: string },
  step: () => Promise<T>,
): Promise<T> {
  const activity = current.getStore()
  if (!activity) return step()
  activity.works += 1
  const isOurs = by.kind === 'system'
  if (!isOurs) activity.actor = by.kind
  if (!isOurs || activity.purpose === undefined) activity.purpose = purpose
  if (!activity.trace) return step()
  const part = activity.trace(`work ${purpose}`, { 'dinhdanh.actor': by.kind, 'dinhdanh.purpose': purpose })
  const before = activity.statements
  // Works of one activity that run beside each other count each other's statements.
  try {
    const result = await step()
    part.end({ statements: activity.statements - before })
    return result
  } catch (fault) {
    part.end({ statements: activity.statements - before, fault })
    throw fault
  }
}
