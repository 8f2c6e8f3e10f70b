import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { schemaFile, schemaText, typesFile, typesText } from '../db/generate.ts'
import { readMigrations } from '../src/platform/postgres/migrate.ts'
import { emptyDatabase, templates } from './house.ts'

const sources = globSync('src/**/*.ts').filter(file => !/\.test\.ts$|\.fixture\.ts$|test-process/.test(file))
const textOf = (file: string) => readFileSync(file, 'utf8')
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')

test('only the clock reads the clock', () => {
  assert.ok(sources.length > 50)
  const reading = sources.filter(
    file => file !== 'src/platform/clock.ts' && /\bnew Date\(\)|\bDate\.now\(/.test(withoutComments(textOf(file))),
  )
  assert.deepEqual(reading, [])
})

test('SQL stands in stores alone, and names its own schema or what lower floors publish', () => {
  const schemas = [
    ...new Set(
      globSync('db/migrations/*.sql').flatMap(file =>
        [...textOf(file).matchAll(/create schema (?:if not exists )?(\w+)/g)].map(found => found[1] ?? ''),
      ),
    ),
  ]
  assert.ok(schemas.includes('register'))
  const named = new RegExp(
    `\\b(${schemas.filter(schema => schema !== 'platform').join('|')}` +
      `)\\.(?!(?:map|filter|flatMap|length|join|some)\\b)([a-z_]+)`,
    'g',
  )
  const foreign = globSync(['src/*/store*.ts', 'src/*/*/store*.ts']).flatMap(file => {
    const own = file.split('/')[1]?.replaceAll('-', '_')
    const statements = [...withoutComments(textOf(file)).matchAll(/`[^`]*`|'[a-z]+\.[a-z_]+'/g)]
      .map(([text]) => text)
      .join('\n')
    return [...statements.matchAll(named)]
      .filter(([, schema, thing]) => schema !== own && !thing?.startsWith('published_'))
      .map(([all]) => `${file}: ${all}`)
  })
  assert.deepEqual(foreign, [])

  const loose = sources.filter(
    file =>
      /^src\/(?!platform\/)[^/]+\/([^/]+\/)?(?!store)[^/]+$/.test(file) && /\bsql`/.test(withoutComments(textOf(file))),
  )
  assert.deepEqual(loose, [])
})

test('the numbers of migrations have no gap, and db/schema.sql and db/types.ts say what they make', async () => {
  assert.ok((await readMigrations()).length >= 8)
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-types-'))
  after(() => rm(folder, { recursive: true }))
  const url = await emptyDatabase(templates.migrated)
  assert.equal(await schemaText(url), textOf(schemaFile), 'run `npm run schema`')
  assert.equal(await typesText(url, join(folder, 'types.ts')), textOf(typesFile), 'run `npm run schema`')
})
