import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { pictures } from '../e2e/pictures.ts'

const root = join(import.meta.dirname, '..')

test('every picture that a document shows is one that npm run pictures takes, and none is left over', async () => {
  const shown = new Set<string>()
  for await (const path of glob('{README.md,docs/*.md}', { cwd: root }))
    for (const [, name = ''] of (await readFile(join(root, path), 'utf8')).matchAll(
      /\((?:docs\/)?images\/([^)]+)\.png\)/g,
    ))
      shown.add(name)
  const kept: string[] = []
  for await (const path of glob('docs/images/*.png', { cwd: root })) kept.push(path.replace(/^.*\/|\.png$/g, ''))
  const taken = pictures.map(({ name }) => name).toSorted()
  assert.deepEqual([...shown].sort(), taken)
  assert.deepEqual(kept.sort(), taken)
})
