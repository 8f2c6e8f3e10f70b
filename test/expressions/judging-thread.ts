import { createRequire } from 'node:module'
import type * as recheck from 'recheck'
import { serveTasks } from '../../src/platform/jobs/worker-pool.ts'
import type { Expression, Judgement } from './judge-expressions.ts'

/** A thread that judges regular expressions with recheck, in JavaScript alone: no other program is started. */

process.env['RECHECK_BACKEND'] = 'pure'
// The package is CommonJS whose names Node cannot list.
const { check } = createRequire(import.meta.url)('recheck') as typeof recheck

/**
 * Milliseconds for one expression: most take ten, a hard one ten seconds. How an attack is measured is counted in
 * steps, not in time: a busy machine would take linear expressions for slow ones.
 */
const limits = { timeout: 300_000, attackTimeout: null, incubationTimeout: null } as const

serveTasks<Expression, Judgement>(async ({ source, flags }) => {
  const found = await check(source, flags, limits)
  if (found.status === 'safe') return { isSafe: true }
  if (found.status === 'unknown')
    return { isSafe: false, why: `cannot be judged (${found.error.kind}): write it simpler` }
  return { isSafe: false, why: `${found.complexity.summary}, as by ${found.attack.pattern.slice(0, 80)}` }
})
