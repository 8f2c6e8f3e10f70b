// One engine in a process of its own, so that its time and memory are its own: node bench/linkage/engine.ts ENGINE
// THREADS PEOPLE ROWS LINKS
import { linkInDuckdb } from './duckdb.ts'
import { linkByOurs } from './ours.ts'
import type { EngineRun } from './run.ts'

export type EngineReport = EngineRun & { readonly peakMb: number }
const engines = { ours: linkByOurs, duckdb: linkInDuckdb } as const
export type Engine = keyof typeof engines

const [engine, threads, people = '', rows = '', links = ''] = process.argv.slice(2)
if (engine === 'ours' || engine === 'duckdb') {
  const run = await engines[engine]({ people, rows, links }, { threads: Number(threads) })
  const report: EngineReport = { ...run, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }
  console.log(JSON.stringify(report))
}
