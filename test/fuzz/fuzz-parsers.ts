import type { Coverage } from './coverage.ts'
import { mutated, shrunk } from './mutate.ts'
import { faultOf, type Parser, samplesOf } from './parser.ts'
import { randomOf } from './random.ts'

/** An input that a reader does not bear, as short as it could be made. */
export type ParserFinding = { readonly parser: string; readonly input: Buffer; readonly fault: string }

export type ParserRun = {
  readonly seed: number
  /** Stops at this moment, once each reader had its first inputs, or after so many inputs of each. */
  readonly until: number
  readonly inputsOfEach?: number
  readonly coverage?: Coverage
  readonly tell?: (line: string) => void
}

/** Inputs kept for one reader: its samples, and what reached parts of it that nothing had reached before. */
const mostKept = 400
const inputsATurn = 40

type State = { readonly parser: Parser; readonly kept: Buffer[]; inputs: number; readonly faults: Set<string> }

/** The kind of a fault, so that one defect is told once. */
const kindOf = (fault: string) => fault.replace(/\d+/g, '#').slice(0, 80)

/** Gives each reader some inputs in turn, until the time is over. */
export async function fuzzParsers(
  parsers: readonly Parser[],
  { seed, until, inputsOfEach = Number.POSITIVE_INFINITY, coverage, tell = () => undefined }: ParserRun,
): Promise<{ readonly inputs: number; readonly findings: readonly ParserFinding[] }> {
  const states: State[] = []
  for (const parser of parsers)
    states.push({ parser, kept: [...(await samplesOf(parser))], inputs: 0, faults: new Set() })
  const findings: ParserFinding[] = []
  let round = 0
  const isOver = () => round > 0 && performance.now() >= until

  /** The finding of an input that fails; an input that was only slow by chance fails once. */
  async function found({ parser, faults }: State, input: Buffer, fault: string): Promise<void> {
    if (faults.has(kindOf(fault))) return
    const again = await faultOf(parser, input)
    if (again === undefined) return
    faults.add(kindOf(fault))
    const shorter = await shrunk(input, async one => kindOf((await faultOf(parser, one)) ?? '') === kindOf(again))
    findings.push({ parser: parser.name, input: shorter, fault: again })
    tell(`${parser.name}: ${again}\n  ${JSON.stringify(shorter.toString('latin1')).slice(0, 500)}`)
  }

  for (const state of states)
    for (const sample of state.kept) {
      const fault = await faultOf(state.parser, sample)
      if (fault) await found(state, sample, fault)
    }
  await coverage?.fresh()

  for (; !isOver(); round += 1) {
    let isIdle = true
    for (const [place, state] of states.entries()) {
      if (isOver() || state.inputs >= inputsOfEach) continue
      isIdle = false
      const random = randomOf(seed + 7919 * round + place)
      const tried: Buffer[] = []
      for (let turn = 0; turn < inputsATurn && !isOver(); turn += 1) {
        const input = mutated(state.kept, random)
        tried.push(input)
        state.inputs += 1
        const fault = await faultOf(state.parser, input)
        if (fault) await found(state, input, fault)
      }
      if (coverage && (await coverage.fresh()) > 0 && state.kept.length < mostKept) {
        // Which of them it was costs more to find out than to keep some.
        state.kept.push(...tried.filter((_, at) => at % 4 === round % 4))
      }
    }
    if (isIdle) break
  }
  return { inputs: states.reduce((sum, { inputs }) => sum + inputs, 0), findings }
}
