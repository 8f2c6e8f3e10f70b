import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')

/** The codes that a file declares: the keys of what it gives to `problems`. */
const declaredIn = (file: string) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\bproblems\(\{\n([\s\S]*?)\n\}\)/g)].flatMap(([, kinds = '']) =>
    [...kinds.matchAll(/^ {2}'?([a-z0-9-]+)'?: \{$/gm)].map(([, code = '']) => code),
  )

test('every refusal has a page, those that only commands give too', () => {
  const declared = globSync('src/**/*.ts', { cwd: root })
    .filter(file => !/\.test|\.fixture/.test(file))
    .flatMap(declaredIn)
  assert.ok(declared.length > 300)
  // In a process of its own, where nothing is loaded but what the server loads.
  const asked = `await Promise.all([import('./src/main.ts'), import('./src/app.ts')])
    const { knownProblems } = await import('./src/platform/problem.ts')
    console.log([...knownProblems().keys()].join())`
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', asked]
  const served = new Set(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).trim().split(','))
  assert.deepEqual(
    declared.filter(code => !served.has(code)),
    [],
  )
})
