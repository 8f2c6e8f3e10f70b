import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { citingFiles, faultsOf } from './citations.ts'

const root = join(import.meta.dirname, '..')

test('every section, ADR and file that comments, documents and settings cite exists', () => {
  const files = citingFiles()
  assert.ok(files.length > 1000, `${files.length} files were read`)
  assert.deepEqual(
    files.flatMap(file => faultsOf(file, readFileSync(join(root, file), 'utf8'))),
    [],
  )
})

/** A comment of a source file, and what is wrong in it. Each wrong citation has its right twin, which is not told. */
const seeded: readonly (readonly [right: string, wrong: string, fault: string])[] = [
  ['(docs/house.md section 6)', '(docs/house.md section 66)', 'docs/house.md has no section 66'],
  ['(house.md 9.9)', '(house.md 9.99)', 'house.md has no section 9.99'],
  ['(domain.md 6.8, 6.10)', '(domain.md 6.8, 6.99)', 'domain.md has no section 6.99'],
  ['(domain.md 2C, 3.4)', '(domain.md 2Z, 3.4)', 'domain.md has no section 2Z'],
  ['(domain.md 2.16–2.18)', '(domain.md 2.16–2.98)', 'domain.md has no section 2.98'],
  ['(scale.md A)', '(scale.md Q)', 'scale.md has no section Q'],
  ['(interfaces.md, persons.csv)', '(interfaces.md, ghosts.csv)', 'interfaces.md says nothing of "ghosts.csv"'],
  ['(docs/design.md, Tokens)', '(docs/designs.md, Tokens)', 'docs/designs.md does not exist'],
  ['(interfaces.md; docs/privacy.md)', '(interfaces.md; ui.md)', 'ui.md does not exist'],
  ['(ADR 9)', '(ADR 99)', 'there is no ADR 99'],
  ['(ADR 11.4)', '(ADR 11.44)', 'ADR 11 has no item 44'],
  ['see src/cards/card.ts', 'see src/cards/ghost.ts', 'src/cards/ghost.ts does not exist'],
  ['see production/order.ts', 'see production/ghost.ts', 'production/ghost.ts does not exist'],
  ['see order-file.ts', 'see no-such-file.ts', 'no file is called no-such-file.ts'],
  ['in db/reference/holidays.csv', 'in db/reference/ghosts.csv', 'db/reference/ghosts.csv does not exist'],
]

test('a citation of what does not exist is found in a comment, over the end of a line too', () => {
  for (const [right, wrong, fault] of seeded) {
    const cited = (what: string) => [`// The rule ${what}.`, `/**\n * The rule ${what.replace(' ', '\n * ')}. */`]
    for (const text of cited(right)) assert.deepEqual(faultsOf('src/cards/seeded.ts', text), [], text)
    for (const text of cited(wrong))
      assert.deepEqual(faultsOf('src/cards/seeded.ts', text), [`src/cards/seeded.ts: ${fault}`], text)
  }
})

test('a link of a document to a file that is not there is found', () => {
  assert.deepEqual(faultsOf('docs/seeded.md', '[one](house.md) [two](/developers/) [three](https://example.org/x)'), [])
  assert.deepEqual(faultsOf('docs/seeded.md', '[one](ghost.png)'), [
    'docs/seeded.md: the link to ghost.png leads nowhere',
  ])
})

test('in a document citations are found everywhere, in a source file in comments alone', () => {
  const text = "export const name = 'src/cards/ghost.ts'"
  assert.deepEqual(faultsOf('docs/seeded.md', text), ['docs/seeded.md: src/cards/ghost.ts does not exist'])
  assert.deepEqual(faultsOf('src/cards/seeded.ts', text), [])
})
