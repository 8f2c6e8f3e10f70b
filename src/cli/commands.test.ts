import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { fromRoot } from '../platform/root.ts'
import { WrongUsage } from '../platform/terminal.ts'
import { commands, groups } from './commands.ts'
import { findCommand, formerNames, getCommand } from './find-command.ts'
import { help, helpOf, widest } from './help.ts'
import { readOptions } from './options.ts'

/** Words as a shell splits them: what stands in quotes is one. */
const wordsOf = (line: string) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word)

const dinhdanh = (...words: string[]) =>
  spawnSync(process.execPath, [new URL('cli.ts', import.meta.url).pathname, ...words], {
    encoding: 'utf8',
    timeout: 20_000,
  })

test('the example of each command parses, and has what the command needs', () => {
  assert.ok(Object.keys(commands).length > 30)
  for (const [name, command] of Object.entries(commands)) {
    const found = getCommand([...name.split(' '), ...wordsOf(command.example)])
    assert.equal(found.name, name)
    const { values, positionals } = readOptions(name, command, found.rest)
    assert.equal(positionals.length, command.takes?.split(' ').length ?? 0, name)
    for (const [option, { isNeeded }] of Object.entries(command.options ?? {}))
      if (isNeeded) assert.ok(values[option], `${name} --${option}`)
  }
})

test('help lists each command once, by what it is about, and no line is wider than a terminal', () => {
  const lines = help(groups).split('\n')
  const names = Object.keys(commands).sort((a, b) => b.length - a.length)
  // `law` is a command, and `law import` another: a line is of the longest name that it begins with.
  const listed = lines.map(line => names.find(name => line.startsWith(`  ${name} `)))
  for (const name of names) assert.equal(listed.filter(one => one === name).length, 1, name)
  const pages = Object.entries(commands).map(([name, command]) => helpOf(name, command))
  for (const line of [...lines, ...pages.flatMap(page => page.split('\n'))]) assert.ok(line.length <= widest, line)
})

test('help of a command has its usage, what it does, each option and an example', () => {
  const { stdout } = dinhdanh('help', 'card', 'import')
  assert.match(stdout, /^dinhdanh card import FILE\.csv \[--as-of DAY\] \[--dry-run\]\n/)
  for (const part of ['an extract of cards', '--as-of DAY ', '--dry-run ', '--data DIR ', '--json '])
    assert.ok(stdout.includes(part), part)
  assert.match(stdout, /npx dinhdanh card import cards\.csv --as-of 2023-04-20\n$/)
  assert.equal(dinhdanh('card', 'import', '--help').stdout, stdout)
  assert.match(dinhdanh('help', 'card').stdout, /card batch/)
})

test('the words of the last release find their command, and the warning says the new ones', () => {
  for (const [former, name] of Object.entries(formerNames)) {
    assert.ok(commands[name] && !commands[former], former)
    const found = findCommand([...former.split(' '), 'file.csv'])
    assert.deepEqual([found?.name, found?.rest], [name, ['file.csv']])
    assert.ok(found?.warning?.includes(`"${name}"`), former)
    assert.equal(findCommand(name.split(' '))?.warning, undefined)
  }
})

test('the warning goes to stderr, and what is wrong beside is still told', () => {
  const { stdout, stderr, status } = dinhdanh('cards', 'import', '--no-such-option')
  assert.equal(status, 2)
  assert.equal(stdout, '')
  assert.match(stderr, /^"cards import" is now called "card import"/)
  assert.match(stderr, /card import FILE\.csv/)
})

test('an unknown command is wrong usage, and is told those of its noun', () => {
  const told = (...words: string[]) => {
    try {
      getCommand(words)
    } catch (error) {
      if (error instanceof WrongUsage) return error.message
    }
    return ''
  }
  assert.match(told('card', 'ghost'), /there is no command "card ghost".*card batch/s)
  assert.doesNotMatch(told('card', 'ghost'), /roll check/)
  assert.match(told('ghost'), /roll check/)
})

test('the documents name commands by the words of this release, with options that they have', () => {
  const root = fileURLToPath(fromRoot('.'))
  const lines = globSync(['*.md', 'docs/**/*.md'], { cwd: root, exclude: ['CHANGELOG.md'] }).flatMap(file =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/npx dinhdanh ([^`#|\n]*)/g)].map(([, line = '']) => line),
  )
  const named = lines.map(line => line.trim()).filter(line => line && !/^(help|…)/.test(line))
  assert.ok(named.length > 15)
  for (const line of named) {
    const { name, command, rest, warning } = getCommand(wordsOf(line))
    assert.equal(warning, undefined, line)
    readOptions(
      name,
      command,
      rest.filter(word => !/[[\]]/.test(word)),
    )
  }
})
