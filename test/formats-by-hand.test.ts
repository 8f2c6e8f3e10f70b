/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: the examples are code */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

/**
 * Numbers, days and times are written by web/parts/formats.ts alone in what runs in a browser, so that English pages
 * have English formats. Elsewhere one would write Vietnamese ones by hand.
 */

const root = join(import.meta.dirname, '..')

/** Each way of formatting by hand, and an example that it must catch. */
const byHand: readonly (readonly [what: string, pattern: RegExp, example: string])[] = [
  ['a number by the browser’s locale', /\.toLocaleString\(/, "n.toLocaleString('vi-VN')"],
  ['a day by the browser’s locale', /\.toLocale(?:Date|Time)String\(/, "day.toLocaleDateString('vi-VN')"],
  ['a format of its own', /new Intl\.(?:NumberFormat|DateTimeFormat)\(/, "new Intl.NumberFormat('vi-VN')"],
  ['a decimal comma', /\.replace\((?:'\.'|\/\\\.\/g?), ?','\)/, "String(n).replace('.', ',')"],
  ['decimal places', /\$\{[^}]*\.toFixed\(\d\)\}%/, '`${share.toFixed(1)}%`'],
  ['a day turned round', /\.split\('-'\)\.reverse\(\)\.join\('\/'\)/, "day.split('-').reverse().join('/')"],
  ['a day put together', /\$\{(?:d|day|date)\}\/\$\{(?:m|month)\}/, '`${d}/${m}/${y}`'],
]

/** What writes them, and a gallery of parts whose figures are invented. */
const writers = ['web/parts/formats.ts', 'web/console/shell/component-gallery.tsx']

test('no page of a browser writes a number, a day or a time by hand', () => {
  const found = globSync('web/**/*.{ts,tsx}', { cwd: root })
    .filter(file => !/^web\/dist\/|\.test\.ts$/.test(file) && !writers.includes(file))
    .flatMap(file =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, at) =>
          byHand.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${file}:${at + 1}: ${what}`),
        ),
    )
  assert.deepEqual(found, [])
})

test('each way of writing by hand would be found', () => {
  for (const [what, pattern, example] of byHand) assert.match(example, pattern, what)
})
