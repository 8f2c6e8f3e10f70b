import { fileURLToPath } from 'node:url'
import { withoutValues } from '../log.ts'
import { fromRoot } from '../root.ts'
import { faultLimits } from './law.ts'

const root = fileURLToPath(fromRoot(''))

/** What is kept of a fault: of which kind it is and where it arose, and nothing of what was sent or read. */
export type FaultRecord = {
  /** The class of the error. */
  readonly error: string
  /** What the database or the system calls it, such as `23505` or `ENOSPC`. */
  readonly code?: string
  /** The names of what the database refused it by. */
  readonly constraint?: string
  readonly table?: string
  readonly message: string
  /** Where it was, the innermost first, by files of the program. */
  readonly frames: readonly string[]
  readonly causes?: readonly string[]
}

const writtenText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** What is kept of a message. */
const keptMessage = ({ message }: Error) =>
  withoutValues(message.slice(0, faultLimits.read)).slice(0, faultLimits.letters)

/** Frames alone: what stands before the first one is the message. Paths begin in the program's folder. */
const framesOf = ({ stack = '' }: Error): string[] =>
  stack
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .slice(0, faultLimits.frames)
    .map(line => line.trim().replace(/^at /, '').replaceAll(`file://${root}`, '').replaceAll(root, ''))

function* causesOf(error: Error): Generator<Error> {
  let { cause } = error
  for (let nth = 0; cause instanceof Error && nth < faultLimits.causes; nth += 1) {
    yield cause
    cause = cause.cause
  }
}

/** What is kept of something that was thrown. */
export function recordOfFault(thrown: unknown): FaultRecord {
  if (!(thrown instanceof Error)) return { error: typeof thrown, message: '', frames: [] }
  const { code, constraint, table } = thrown as { code?: unknown; constraint?: unknown; table?: unknown }
  const causes = [...causesOf(thrown)].map(cause => `${cause.name}: ${keptMessage(cause)}`)
  return {
    error: thrown.constructor.name === 'Error' ? thrown.name : thrown.constructor.name,
    ...(writtenText(code) && { code: String(code) }),
    ...(writtenText(constraint) && { constraint: String(constraint) }),
    ...(writtenText(table) && { table: String(table) }),
    message: keptMessage(thrown),
    frames: framesOf(thrown),
    ...(causes.length > 0 && { causes }),
  }
}
