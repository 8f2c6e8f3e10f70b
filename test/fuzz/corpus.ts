import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { FuzzRequest } from './doors/request.ts'

/**
 * What was a finding once is asked first, for ever: one line each, with what was wrong. Inputs of readers are base64;
 * requests name their caller, and ids that only one house had are written as `:id`; of a run of several requests its
 * seed says what was bent.
 */

export type KeptInput = { readonly parser: string; readonly input: string; readonly was: string }
export type KeptRun = { readonly protocol: string; readonly seed: number; readonly was: string }
export type KeptRequest = { readonly request: FuzzRequest; readonly was: string }

const place = (name: string) => new URL(`corpus/${name}.jsonl`, import.meta.url)

const linesOf = <Line>(name: string): Line[] =>
  existsSync(place(name))
    ? readFileSync(place(name), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line) as Line)
    : []

export const keptInputs = (): readonly KeptInput[] => linesOf('parsers')
export const keptRuns = (): readonly KeptRun[] => linesOf('protocols')
export const keptRequests = (): readonly KeptRequest[] => linesOf('doors')

function add(name: string, lines: readonly object[]): void {
  const known = existsSync(place(name)) ? readFileSync(place(name), 'utf8') : ''
  const fresh = lines.map(line => `${JSON.stringify(line)}\n`).filter(line => !known.includes(line))
  if (fresh.length > 0) writeFileSync(place(name), known + fresh.join(''))
}

export const keepInputs = (kept: readonly KeptInput[]): void => add('parsers', kept)
export const keepRuns = (kept: readonly KeptRun[]): void => add('protocols', kept)
export const keepRequests = (kept: readonly KeptRequest[]): void => add('doors', kept)
