import { readFileSync } from 'node:fs'
import { fromRoot } from '../../platform/root.ts'
import type { PlanInstance } from './instance.ts'

/** What tests change of the example: every member of it may be written. */
export type Changeable<T> = T extends object ? { -readonly [Name in keyof T]: Changeable<T[Name]> } : T

/** The example of docs/examples/, anew for each caller. */
export const exampleInstance = (): Changeable<PlanInstance> =>
  JSON.parse(readFileSync(fromRoot('docs/examples/plan-instance.json'), 'utf8'))
