// Judges regular expressions: whether some text makes one take more than linear time (ReDoS).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { openWorkerPool } from '../../src/platform/jobs/worker-pool.ts'
import type { AllowedExpression } from './allowed-expressions.ts'
import type { FoundExpression } from './find-expressions.ts'

export type Expression = { readonly source: string; readonly flags: string }
export type Judgement = { readonly isSafe: true } | { readonly isSafe: false; readonly why: string }

const { version } = createRequire(import.meta.url)('recheck/package.json') as { version: string }

const keyOf = ({ source, flags }: Expression) => `/${source}/${flags}`

/** What this version has found safe before; what was not is judged again. */
function readSafe(cache: string | undefined): Set<string> {
  try {
    const kept = JSON.parse(readFileSync(cache ?? '', 'utf8')) as { version: string; safe: string[] }
    return new Set(kept.version === version ? kept.safe : [])
  } catch {
    return new Set()
  }
}

function keepSafe(cache: string, safe: ReadonlySet<string>): void {
  mkdirSync(dirname(cache), { recursive: true })
  writeFileSync(cache, JSON.stringify({ version, safe: [...safe] }))
}

const isMade = ({ source }: FoundExpression): boolean => source === undefined

/** Judges each expression once; `cache`: a file that keeps what was found safe. */
async function judgeAll(expressions: readonly Expression[], cache?: string): Promise<Map<string, Judgement>> {
  const safe = readSafe(cache)
  const each = new Map(expressions.map(one => [keyOf(one), one]))
  const open = [...each].filter(([key]) => !safe.has(key))
  const judged = new Map<string, Judgement>([...each.keys()].map(key => [key, { isSafe: true }]))
  if (open.length === 0) return judged
  const threads = openWorkerPool<Expression, Judgement>(new URL('./judging-thread.ts', import.meta.url), {
    count: Math.min(availableParallelism(), open.length),
    megabytes: 2048,
  })
  try {
    await Promise.all(
      open.map(async ([key, one]) => {
        judged.set(key, await threads.ask(one))
        if (judged.get(key)?.isSafe) safe.add(key)
      }),
    )
  } finally {
    await threads.close()
    // What nobody writes any more is dropped; what was found before a failure is kept.
    if (cache) keepSafe(cache, new Set([...each.keys()].filter(key => safe.has(key))))
  }
  return judged
}

const isAllowed = (found: FoundExpression, { file, source }: AllowedExpression) =>
  file === found.file && (source === 'made' ? isMade(found) : source === found.source)

/**
 * What is wrong: `file: expression: why`, for each that is not linear, cannot be judged or is made of what is known
 * only when the program runs, unless it is allowed; and each exception that nothing needs any more.
 */
export async function faultsOf(
  found: readonly FoundExpression[],
  allowed: readonly AllowedExpression[] = [],
  cache?: string,
): Promise<string[]> {
  const written = found.flatMap(({ source, flags }): Expression[] => (source === undefined ? [] : [{ source, flags }]))
  const judged = await judgeAll(written, cache)
  const whyNot = ({ source, flags }: FoundExpression): string | undefined => {
    if (source === undefined) return 'made of what is known only when the program runs: write the expression out'
    const judgement = judged.get(keyOf({ source, flags }))
    return judgement && !judgement.isSafe ? judgement.why : undefined
  }
  const faulty = found.flatMap(one => {
    const why = whyNot(one)
    return why === undefined ? [] : [{ one, why }]
  })
  const idle = allowed.filter(exception => !faulty.some(({ one }) => isAllowed(one, exception)))
  return [
    ...faulty
      .filter(({ one }) => !allowed.some(exception => isAllowed(one, exception)))
      .map(({ one, why }) => `${one.file}: /${one.source ?? '…'}/${one.flags}: ${why}`),
    ...idle.map(({ file, source }) => `${file}: ${source}: an exception that nothing needs: delete it`),
  ]
}
