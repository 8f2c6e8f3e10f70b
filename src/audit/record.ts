import { newId } from '../platform/ids.ts'
import type { Deed, Work } from '../platform/work.ts'

/** A function that runs in the same work as the deed it follows. */
export type Consequence = (work: Work, deed: Deed) => Promise<void>
export type Consequences = Readonly<Record<string, readonly Consequence[]>>

let consequences: () => Promise<Consequences> = async () => ({})

/**
 * Sets the table of consequences by deed name, or how it is loaded when the first deed is recorded. The composition
 * root calls it, so that lower floors never learn who listens.
 */
export function setConsequences(table: Consequences | (() => Promise<Consequences>)): void {
  consequences = typeof table === 'function' ? table : async () => table
}

/** Records a deed. It is sealed with the work's other deeds before commit, and its consequences run at once. */
export async function record(
  work: Work,
  name: string,
  subject: Deed['subject'],
  facts: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const deed: Deed = { id: newId<'deed'>(work.now), deed: name, subject, facts }
  work.deeds.push(deed)
  for (const follow of (await consequences())[name] ?? []) await follow(work, deed)
}
