import { builtInLaw, type Rule, timelineOf } from '../src/platform/law.ts'

/** What the built-in rows of a rule say last. */
export const latestBuiltIn = <Value>(rule: Rule<Value>): Value =>
  (timelineOf(rule, builtInLaw).at(-1) as { readonly value: Value }).value
