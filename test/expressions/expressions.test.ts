import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findExpressions, type SourceText } from './find-expressions.ts'
import { faultsOf } from './judge-expressions.ts'

const sourcesOf = (sources: readonly SourceText[]) => findExpressions(sources).map(({ source }) => source)
const faultsIn = (text: string, more: readonly SourceText[] = []) =>
  faultsOf(findExpressions([{ file: 'src/a.ts', text }, ...more]))

test('the check finds an exponential and a quadratic literal, and lets linear ones pass', async () => {
  const [exponential, quadratic, ...rest] = await faultsIn(
    `const all = [/^(?:a|[a-z])+$/u, /[ ]+$/, /^[a-z]+$/u, /(?<! ) +$/, /\\p{L}+@/u]`,
  )
  assert.match(exponential ?? '', /^src\/a\.ts: .*exponential/)
  assert.match(quadratic ?? '', /\[ \]\+\$.*polynomial/)
  assert.match(rest.join(), /\\p\{L\}\+@.*polynomial/)
  assert.equal(rest.length, 1)
})

test('the check finds the two expressions with which one name or number stopped the server', async () => {
  const faults = await faultsIn(
    String.raw`const readable = /^(?:\p{Script=Latin}|[\u0300-\u036f\u0020-\u007e\u00a0])+$/u` +
      '\n' +
      String.raw`const zeros = /^(?:0|[-?x.]+|null|n\/a|không|khong)*$/i`,
  )
  assert.deepEqual(
    faults.map(fault => /exponential/.test(fault)),
    [true, true],
  )
})

test('the check reads an expression that is put together of constants, of other files too', async () => {
  const other = { file: 'src/letters.ts', text: "export const letters = 'a-z' + String.raw`\\d`" }
  const text = `import { letters } from './letters.ts'
    const word = (of: string) => \`(?:\${of})+\`
    const ends = ['x', 'y'] as const
    new RegExp(\`^(?:\${word(\`[\${letters}]\`)})+$\`)
    new RegExp(ends.join('|') + /z+/.source, 'u')`
  assert.deepEqual(sourcesOf([{ file: 'src/a.ts', text }, other]).slice(0, 3), [
    String.raw`^(?:(?:[a-z\d])+)+$`,
    'x|yz+',
    'z+',
  ])
  const faults = await faultsIn(text, [other])
  assert.equal(faults.length, 1)
  assert.match(faults[0] ?? '', /exponential/)
})

test('the check reads the patterns of schemas, which are run on what anybody sends', async () => {
  const faults = await faultsIn(`const Name = Type.String({ pattern: '^(a+)+$' })`)
  assert.match(faults.join(), /\(a\+\)\+.*exponential/)
})

test('the check refuses an expression made at run time, unless it is listed with its reason', async () => {
  const found = findExpressions([{ file: 'src/a.ts', text: 'const of = (a: string) => new RegExp(a + /$/.source)' }])
  assert.match((await faultsOf(found)).join(), /known only when the program runs/)
  assert.deepEqual(await faultsOf(found, [{ file: 'src/a.ts', source: 'made', why: 'a name of ours' }]), [])
})

test('an exception that nothing needs any more is a fault too', async () => {
  const faults = await faultsOf([], [{ file: 'src/a.ts', source: '(a+)+$', why: 'it was there once' }])
  assert.match(faults.join(), /an exception that nothing needs/)
})
