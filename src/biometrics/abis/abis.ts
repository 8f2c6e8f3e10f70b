/**
 * Searching people by their pictures, by whichever engine an installation has. In: the engine's settings, the pictures
 * of one reference. Decided: nothing; what an engine found is told to an officer. Out: candidates, or that it was not
 * done. Deeds: none.
 */

import type { AbisEngine } from './engine.ts'
import { openHttpEngine } from './http-engine.ts'
import { noEngine, type OwnEngineParts, openOwnEngine } from './own-engine.ts'
import { openQueueEngine } from './queue-engine.ts'
import type { References } from './references.ts'

export type AbisSettings = {
  /** https:// of an engine, or amqps:// of its broker; empty where the installation has none but its own. */
  readonly address: string
  readonly token: string
  /** The queue of requests and that of answers. */
  readonly queues: readonly [string, string]
}

/** The engine of an installation: another's where one is set, else its own, else none. */
export async function openAbisEngine(
  { address, token, queues: [requests, answers] }: AbisSettings,
  parts: { readonly own: OwnEngineParts | undefined; readonly references: References },
): Promise<AbisEngine> {
  if (address === '') return parts.own ? openOwnEngine(parts.own) : noEngine
  if (/^https?:/.test(address)) return openHttpEngine({ address, token }, parts.references)
  return openQueueEngine({ address, requests, answers }, parts.references)
}
