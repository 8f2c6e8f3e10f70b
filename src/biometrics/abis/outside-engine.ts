import { setTimeout } from 'node:timers/promises'
import { now } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { type AbisAnswer, type AbisRequest, abisRequest, passingFailures } from './abis-messages.ts'
import type { AbisEngine, EngineAnswer } from './engine.ts'
import { modalitiesOf, requirePictures } from './pictures.ts'
import type { References } from './references.ts'

/**
 * What engines of others have alike, over HTTP and behind a queue: one id a request, also where it is asked again; an
 * address for the pictures that is new each time; and what it means that a request was done before its answer was lost.
 */

/** One asking: what was answered, or why nothing came that can be believed. */
export type EngineAsking =
  | Exclude<AbisAnswer, { readonly kind: 'wrong' }>
  | { readonly kind: 'unanswered'; readonly code: string; readonly mayHaveArrived: boolean }

/** Nothing came that can be believed; `mayHaveArrived` is false where the request certainly was not taken. */
export const unanswered = (code: string, mayHaveArrived: boolean): EngineAsking => ({
  kind: 'unanswered',
  code,
  mayHaveArrived,
})

export type OutsideLine = {
  ask(request: AbisRequest): Promise<EngineAsking>
  check(): Promise<string>
  close(): Promise<void>
}

export type Patience = {
  /** How often a request is asked, the first time counted. */
  readonly attempts: number
  /** Milliseconds before it is asked again; doubled each time. */
  readonly pauseMs: number
}

export function outsideEngine(line: OutsideLine, references: References, { attempts, pauseMs }: Patience): AbisEngine {
  const closing = new AbortController()

  /** `doneIf`: the failure that says that an asking before, whose answer was lost, was done. */
  async function ask(make: () => AbisRequest | Promise<AbisRequest>, doneIf?: string): Promise<EngineAsking> {
    let mayBeDone = false
    for (let nth = 1; ; nth++) {
      const asking = await line.ask(await make())
      if (asking.kind === 'failed' && mayBeDone && asking.reason === doneIf)
        return { kind: 'done', candidates: [], count: undefined }
      const again = asking.kind === 'unanswered' || (asking.kind === 'failed' && passingFailures.has(asking.reason))
      if (!again || nth >= attempts || closing.signal.aborted) return asking
      if (asking.kind === 'unanswered') mayBeDone ||= asking.mayHaveArrived
      await setTimeout(pauseMs * 2 ** (nth - 1), undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }

  const refusalOf = (asking: Exclude<EngineAsking, { kind: 'done' }>): EngineAnswer<never> =>
    asking.kind === 'failed' ? { kind: 'refused', why: asking.reason } : { kind: 'unanswered', code: asking.code }

  return {
    async insert(reference, pictures) {
      requirePictures(pictures)
      const requestId = newId<'abis-request'>()
      try {
        const asking = await ask(async () => {
          const url = await references.issue(reference, pictures)
          return abisRequest(requestId, now(), { operation: 'insert', reference, url })
        }, 'reference-exists')
        if (asking.kind !== 'done') return refusalOf(asking)
        return { kind: 'done', taken: modalitiesOf(pictures), notDone: [] }
      } finally {
        await references.end(reference)
      }
    },
    async identify(reference, { most, among }) {
      // No list means everybody; an empty one means nobody.
      if (among?.length === 0) return { kind: 'done', candidates: [], count: 0 }
      const requestId = newId<'abis-request'>()
      const asking = await ask(() =>
        abisRequest(requestId, now(), { operation: 'identify', reference, most, ...(among && { among }) }),
      )
      if (asking.kind !== 'done') return refusalOf(asking)
      return { kind: 'done', candidates: asking.candidates.slice(0, most), count: asking.candidates.length }
    },
    async remove(reference) {
      const requestId = newId<'abis-request'>()
      const asking = await ask(
        () => abisRequest(requestId, now(), { operation: 'delete', reference }),
        'reference-unknown',
      )
      if (asking.kind === 'failed' && asking.reason === 'reference-unknown') return { kind: 'done', was: false }
      return asking.kind === 'done' ? { kind: 'done', was: true } : refusalOf(asking)
    },
    check: line.check,
    async close() {
      closing.abort()
      await line.close()
    },
  }
}
