// Everything that can be judged without running the house: format, lint, types, floors, unused code, regular
// expressions. `npm run check` runs it all and tells all.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'

const folders = ['src', 'web', 'synth', 'test', 'e2e', 'bench', 'db', 'relying-parties', 'centre'].filter(folder =>
  existsSync(folder),
)

const checks: readonly (readonly [what: string, command: string, ...args: string[]])[] = [
  ['format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['types', 'tsc', '-p', '.'],
  ...globSync('web/tsconfig.json').map(project => ['types of web', 'tsc', '-p', project] as const),
  ['floors', 'depcruise', '--config', '.dependency-cruiser.mjs', ...folders],
  ['unused code', 'knip'],
  ['expressions take linear time', 'node', 'test/expressions/check.ts'],
]

const failed = checks.filter(([what, command, ...args]) => {
  const { status } = spawnSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' })
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${what}`)
  return status !== 0
})

console.log(`${checks.length - failed.length} checks passed, ${failed.length} failed`)
process.exitCode = failed.length ? 1 : 0
