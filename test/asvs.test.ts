import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { getCommand } from '../src/cli/find-command.ts'
import { testNames } from './names-and-lines.ts'

/**
 * The pages on OWASP ASVS 5.0 (docs/asvs.md) against the standard's own list, and against the tests, pages and commands
 * that they name.
 */

type Requirement = { readonly id: string; readonly level: number; readonly sha256: string }
type Line = { readonly file: string; readonly id: string; readonly level: number; readonly text: string; how: string }

const head = readFileSync('docs/asvs.md', 'utf8')
const listed = readFileSync('docs/asvs/requirements.csv', 'utf8')
const standard: readonly Requirement[] = listed
  .split('\n')
  .filter(line => /^V\d/.test(line))
  .map(line => line.split(','))
  .map(([id = '', level, sha256 = '']) => ({ id, level: Number(level), sha256 }))
const chapterOf = (id: string) => id.split('.')[0] ?? ''

/** Authentication, sessions, cryptography and logging are held to level 3. */
const toLevelThree = ['V6', 'V7', 'V11', 'V16']
const required = standard.filter(({ id, level }) => level <= 2 || toLevelThree.includes(chapterOf(id)))

const lines: readonly Line[] = globSync('docs/asvs/*.md').flatMap(file =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap(row => {
      const [, id, level, text = '', how = ''] = /^\| (V[\d.]+) \| (\d) \| (.*) \| (.*?) \|$/.exec(row) ?? []
      return id === undefined ? [] : [{ file, id, level: Number(level), text, how }]
    }),
)

const states = ['tested', 'documented', 'not applicable', 'open'] as const
const beginnings = {
  tested: 'tested by `',
  documented: 'document `',
  'not applicable': 'not applicable: ',
  open: 'open: ',
}
const stateOf = ({ how }: Line) => states.find(state => how.startsWith(beginnings[state]))

/** What is wrong in the tests, pages and commands that a line names. */
function faultsOf({ id, how }: Pick<Line, 'id' | 'how'>): string[] {
  const tests = [...how.matchAll(/`([\w./-]+)` › `([^`]+)`/g)].flatMap(([, file = '', name = '']) => {
    if (!existsSync(file)) return [`${id}: there is no ${file}`]
    return testNames(readFileSync(file, 'utf8')).includes(name) ? [] : [`${id}: ${file} has no test "${name}"`]
  })
  const [, page, command] = /^document `([^`]+)`, shown by `([^`]+)`/.exec(how) ?? []
  const pages = page !== undefined && !existsSync(page) ? [`${id}: there is no ${page}`] : []
  return [...tests, ...pages, ...(command === undefined ? [] : commandFaults(command).map(fault => `${id}: ${fault}`))]
}

/** Programs of the machine that show what an operator settles. */
const outside = ['curl', 'psql']

/** A command is one of the product, `npm test` of files that exist, one of npm’s own, or one of the machine. */
function commandFaults(command: string): string[] {
  const [program, verb = '', ...rest] = command.split(' ')
  if (program === 'npm' && verb === 'test')
    return rest.filter(file => file !== '--' && !existsSync(file)).map(file => `there is no ${file}`)
  if (program === 'npm' && verb === 'sbom') return []
  if (outside.includes(program ?? '')) return []
  if (program !== 'npx' || verb !== 'dinhdanh') return [`"${command}" is no command of the product`]
  try {
    getCommand(rest[0] === 'help' ? rest.slice(1) : rest)
    return []
  } catch {
    return [`there is no command "${command}"`]
  }
}

test('the list of the standard has each of its 345 requirements once, with its level', () => {
  assert.match(listed, /ASVS|Application Security Verification Standard 5\.0\.0/)
  assert.match(listed, /CC BY-SA 4\.0/)
  assert.equal(new Set(standard.map(({ id }) => id)).size, standard.length)
  const counted = [1, 2, 3].map(level => standard.filter(one => one.level === level).length)
  assert.deepEqual(counted, [70, 183, 92])
  assert.deepEqual([...new Set(standard.map(({ id }) => chapterOf(id)))].length, 17)
})

test('each requirement of the levels that are kept stands once, with its level and its own text', () => {
  assert.deepEqual(lines.map(({ id }) => id).sort(), required.map(({ id }) => id).sort())
  const known = new Map(standard.map(one => [one.id, one]))
  const changed = lines.filter(({ id, level, text }) => {
    const sha256 = createHash('sha256').update(text).digest('hex')
    return known.get(id)?.level !== level || known.get(id)?.sha256 !== sha256
  })
  assert.deepEqual(
    changed.map(({ id }) => id),
    [],
    'a text of the standard stays as it is',
  )
})

test('each line says how it is met, by a test, a page or a lack that is there, or what is open', () => {
  const stateless = lines.filter(line => stateOf(line) === undefined)
  assert.deepEqual(
    stateless.map(({ id }) => id),
    [],
  )
  const named = (line: Line) => /`[\w./-]+` › `[^`]+`/.test(line.how)
  const wrong = lines.filter(line => {
    if (stateOf(line) === 'tested') return !named(line)
    if (stateOf(line) === 'documented') return !/^document `[^`]+`, shown by `[^`]+`/.test(line.how)
    const reason = line.how.slice(beginnings[stateOf(line) ?? 'open'].length)
    return reason.trim().length < 15 || (stateOf(line) === 'not applicable' && named(line))
  })
  assert.deepEqual(
    wrong.map(({ id }) => id),
    [],
  )
  assert.deepEqual(lines.flatMap(faultsOf), [])
})

test('the figures of the page are those of its lines, and it says whose the texts are', () => {
  assert.match(head, /CC BY-SA 4\.0/)
  for (const file of globSync('docs/asvs/*.md')) assert.match(readFileSync(file, 'utf8'), /CC BY-SA 4\.0/, file)
  const count = (of: readonly Line[]) => states.map(state => of.filter(line => stateOf(line) === state).length)
  const told = states.map(state => Number(new RegExp(`^\\| ${state} \\|.*\\| (\\d+) \\|$`, 'm').exec(head)?.[1]))
  assert.deepEqual(told, count(lines))
  const chapters = [...head.matchAll(/^\| \[(V\d+) [^\]]*\]\(([^)]+)\) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$/gm)]
  assert.equal(chapters.length, 17)
  for (const [, chapter, file, ...figures] of chapters) {
    const own = lines.filter(line => chapterOf(line.id) === chapter)
    assert.deepEqual(figures.map(Number), count(own), chapter)
    assert.ok(
      own.every(line => line.file === `docs/${file}`),
      chapter,
    )
  }
  assert.match(head, new RegExp(`: ${lines.length} of the ${standard.length}\\.`))
})

test('a line that names a test, a page or a command that is not there is found', () => {
  const faults = (how: string) => faultsOf({ id: 'V0.0.0', how })
  const here = 'test/asvs.test.ts'
  const own = 'a line that names a test, a page or a command that is not there is found'
  assert.deepEqual(faults(`tested by \`${here}\` › \`${own}\``), [])
  assert.equal(faults(`tested by \`${here}\` › \`${own} now\``).length, 1)
  assert.equal(faults(`open: x; so far \`test/ghost.test.ts\` › \`${own}\``).length, 1)
  assert.deepEqual(faults('document `docs/privacy.md`, shown by `npx dinhdanh doctor`'), [])
  assert.equal(faults('document `docs/ghost.md`, shown by `npx dinhdanh ghost`').length, 2)
  assert.equal(faults('document `docs/privacy.md`, shown by `npm test -- test/ghost.test.ts`').length, 1)
  assert.equal(faults('document `docs/privacy.md`, shown by `wget x`').length, 1)
})
