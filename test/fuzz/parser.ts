import { Problem } from '../../src/platform/problem.ts'

/** A reader of foreign text or bytes, as it is fuzzed. */
export type Parser = {
  readonly name: string
  /** The reader's file, below src/. */
  readonly of: string
  /** Inputs that it takes, to be changed. */
  readonly samples: readonly (string | Buffer)[] | (() => Promise<readonly Buffer[]>)
  /** Throws where the reader breaks its promise, beside what it throws itself. */
  read(input: Buffer): unknown
  /** Errors that it may throw beside refusals. */
  readonly mayThrow?: (error: Error) => boolean
  /** Characters or bytes that reach it at most: its caller refuses more. */
  readonly longest?: number
  /** How long one input may keep its thread: more where it runs in a thread of its own, under a limit. */
  readonly milliseconds?: number
}

/** As long as nobody may be kept waiting. */
export const soon = 200

/** Fails where what was read is not what the reader says it gives. */
export function promise(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken promise: ${what}`)
}

export const samplesOf = async ({ samples }: Parser): Promise<readonly Buffer[]> =>
  typeof samples === 'function' ? samples() : samples.map(sample => Buffer.from(sample))

const pristine = Object.getOwnPropertyNames(Object.prototype).join()

/** Why an input is a finding: what was thrown, or for how long its thread was held. Undefined where all is well. */
export async function faultOf(parser: Parser, input: Buffer): Promise<string | undefined> {
  const bytes = Buffer.from(input.subarray(0, parser.longest ?? input.length))
  const before = process.threadCpuUsage()
  try {
    await parser.read(bytes)
  } catch (error) {
    if (!(error instanceof Error)) return `threw what is no error: ${String(error)}`
    if (!(error instanceof Problem) && !parser.mayThrow?.(error)) return `${error.name}: ${error.message.slice(0, 200)}`
  }
  const { user, system } = process.threadCpuUsage(before)
  const took = (user + system) / 1000
  if (took > (parser.milliseconds ?? soon)) return `took ${Math.round(took)} ms`
  if (Object.getOwnPropertyNames(Object.prototype).join() !== pristine) return 'changed the prototype of all objects'
  return undefined
}
