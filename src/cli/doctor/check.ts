import type { House } from '../../open-house.ts'
import { Problem } from '../../platform/problem.ts'

/**
 * What `doctor` tells of one thing. `ok` is false where something needs a hand; with `advice` it is the operator's to
 * weigh, and does not fail the command.
 */
export type DoctorCheck = {
  readonly what: string
  readonly ok: boolean
  readonly found: string
  readonly todo?: string
  readonly advice?: true
}

/** What the checks look at. Where its database cannot be reached, whatever asks it throws why. */
export type LookedAtHouse = Pick<
  House,
  'folder' | 'config' | 'origin' | 'database' | 'openWork' | 'record' | 'secretSources' | 'today'
>

/** Why something could not be looked at, in one line. */
export function reasonText(error: unknown): string {
  if (error instanceof Problem) {
    const facts = Object.entries(error.facts).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    return [`${error.kind.title} (${error.code})`, ...facts].join(', ').replaceAll('\n', ' | ')
  }
  if (!(error instanceof Error)) return String(error)
  const { code } = error as { code?: string }
  return [code, error.message, error.name].find(text => text !== undefined && text !== '') ?? 'fault'
}

const notSeen = 'could not be looked at: '

/** Looks at one thing. What throws is told as something to mend: an error is never taken for nothing found. */
export async function look(what: string, check: () => DoctorCheck | Promise<DoctorCheck>): Promise<DoctorCheck> {
  try {
    return await check()
  } catch (error) {
    return { what, ok: false, found: `${notSeen}${reasonText(error)}` }
  }
}

const verdictOf = ({ ok, advice }: DoctorCheck) => (ok ? 'ok      ' : advice ? 'TO WEIGH' : 'TO MEND ')

/** A line for each thing that was looked at; those that could not be, for one and the same reason, stand on one. */
export function linesOfChecks(checks: readonly DoctorCheck[]): string[] {
  const reasons = Map.groupBy(
    checks.filter(({ ok, found }) => !ok && found.startsWith(notSeen)),
    ({ found }) => found,
  )
  return checks.flatMap(check => {
    const alike = reasons.get(check.found) ?? [check]
    if (alike[0] !== check) return []
    const what = alike.map(one => one.what).join(', ')
    return `${verdictOf(check)} ${what}: ${check.found}${check.ok || !check.todo ? '' : ` (${check.todo})`}`
  })
}
