import { readFileSync } from 'node:fs'

/**
 * A process as no other ever was on this machine. A pid alone comes back: the next process to bear it is a stranger.
 */
export type ProcessMark = {
  readonly pid: number
  /** Clock ticks between the machine's start and the process's (proc(5), stat field 22). */
  readonly start: string
  /** This run of the machine, since ticks begin anew with each. */
  readonly boot: string
}

let boot: string | undefined
const thisBoot = () => (boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())

/**
 * The mark of a living process, or undefined. One that is dead and not yet buried by its parent (a zombie) counts as
 * dead.
 */
export function markOf(pid: number): ProcessMark | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name stands in parentheses and may itself hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, start] = [fields[0] ?? 'X', fields[19] ?? '']
    return 'ZX'.includes(state) ? undefined : { pid, start, boot: thisBoot() }
  } catch {
    return undefined
  }
}

export const isAlive = (mark: ProcessMark) => {
  const living = markOf(mark.pid)
  return living !== undefined && living.start === mark.start && living.boot === mark.boot
}

/** The mark of the process that asks. */
export function ownMark(): ProcessMark {
  const mark = markOf(process.pid)
  if (!mark) throw new Error('/proc does not show this very process')
  return mark
}

/** Reads a mark back from a file; undefined for anything else. */
export function parseMark(value: unknown): ProcessMark | undefined {
  const mark = value as Partial<ProcessMark> | null | undefined
  return typeof mark?.pid === 'number' && typeof mark.start === 'string' && typeof mark.boot === 'string'
    ? { pid: mark.pid, start: mark.start, boot: mark.boot }
    : undefined
}
