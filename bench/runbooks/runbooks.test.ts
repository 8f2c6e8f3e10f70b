import assert from 'node:assert/strict'
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fromRoot } from '../../src/platform/root.ts'
import { copyHouse } from '../../test/house-to-copy.ts'
import { installationsFolder } from '../../test/started-installation.ts'
import { breakages } from './breakages.ts'
import { parseRunbook, readRunbook, runbookNames } from './page.ts'
import { tryRunbook } from './runbooks.ts'

const textOf = (file: string) => readFileSync(fromRoot(file), 'utf8')

test('each runbook has a way in which its installation is broken, and no way lacks its page', () => {
  assert.ok(runbookNames().length >= 15)
  assert.deepEqual(runbookNames(), Object.keys(breakages).sort())
  for (const name of runbookNames()) {
    const { lines } = readRunbook(name)
    assert.match(lines.Over, /npx dinhdanh doctor/, `${name}: doctor says that it is over`)
    assert.ok(textOf('docs/operations/runbooks/README.md').includes(`(${name}.md)`), `the README leads to ${name}`)
  }
})

test('a page that lacks a part or its lines is not taken for a runbook', () => {
  const whole = textOf('docs/operations/runbooks/key-missing.md')
  assert.deepEqual(parseRunbook('whole', whole).says, ['TO MEND  database', 'key-not-there'])
  assert.throws(() => parseRunbook('bad', whole.replace('## Mend', '## Repair')), /bad\.md lacks lines under "Mend"/)
  assert.throws(() => parseRunbook('bad', whole.replace('## Lost', '### Lost')), /lacks the part "Lost"/)
  assert.throws(() => parseRunbook('bad', whole.replace(/```sh[^`]*```/, '')), /lacks variables at the top/)
})

/** Pages under docs/operations that a text names and that are not there. */
const missingPages = (text: string) =>
  [...text.matchAll(/docs\/operations(?:\/[\w/-]+)?\.md(?:#[\w-]+)?/g)].flatMap(([named]) => {
    const [file = '', anchor] = named.split('#')
    if (!existsSync(fromRoot(file))) return [named]
    const headings = [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replaceAll(' ', '-'),
    )
    return anchor === undefined || headings.includes(anchor) ? [] : [named]
  })

test('each alert, and each line of doctor, leads to a page that is there', () => {
  const alerts = textOf('docs/operations/alerts.yml').split('- alert: ').slice(1)
  assert.ok(alerts.length > 20)
  assert.deepEqual(
    alerts.filter(alert => !/^ +runbook: docs\/operations/m.test(alert)).map(alert => alert.split('\n')[0]),
    [],
    'an alert says what to do',
  )
  assert.deepEqual(alerts.flatMap(missingPages), [])
  const doctor = globSync('src/cli/doctor/*.ts', { cwd: fromRoot('.') }).filter(file => !file.endsWith('.test.ts'))
  assert.deepEqual(
    doctor.flatMap(file => missingPages(textOf(file))),
    [],
  )
  const pages = [...textOf('src/cli/doctor/runbooks.ts').matchAll(/: '([\w-]+)',$/gm)].map(([, page]) => page ?? '')
  assert.deepEqual(
    pages.filter(page => !runbookNames().includes(page)),
    [],
  )
  assert.deepEqual(missingPages('docs/operations/ghost.md docs/operations.md#ghost docs/operations.md#stations'), [
    'docs/operations/ghost.md',
    'docs/operations.md#ghost',
  ])
})

const units = 'docs/operations/systemd'

test('no unit of systemd ends with its own process the database that others use', () => {
  const services = readdirSync(fromRoot(units)).filter(file => file.endsWith('.service'))
  assert.equal(services.length, 4)
  const modes = services.map(file => [file, /^KillMode=(.*)$/m.exec(textOf(`${units}/${file}`))?.[1]])
  assert.deepEqual(
    modes.filter(([, mode]) => mode !== 'process'),
    [],
  )
})

// The paths that lines of a unit name, from the last line on that says nothing: it takes the former away.
function pathsOf(text: string, name: string): string[] {
  const lines = [...text.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value)
  const paths = lines.slice(lines.lastIndexOf('') + 1).join(' ')
  return paths.split(' ').map(path => path.replace(/^-/, ''))
}

test('the units let physical backups be written where operations.md has them, with the file that it names', () => {
  const [, folder = ''] = /"physicalBackups": "([^"]+)"/.exec(textOf('docs/operations.md')) ?? []
  const hides = (text: string) => pathsOf(text, 'InaccessiblePaths').some(path => `${folder}/`.startsWith(`${path}/`))
  const more = textOf(`${units}/physical-backups.conf`)
  for (const name of ['dinhdanh', 'dinhdanh@', 'dinhdanh-worker']) {
    const unit = textOf(`${units}/${name}.service`)
    assert.deepEqual([name, hides(unit), hides(`${unit}\n${more}`)], [name, true, false])
    assert.ok(pathsOf(`${unit}\n${more}`, 'ReadWritePaths').includes(folder))
  }
})

test('the lines of a runbook mend an installation whose keys are gone, as they stand on the page', async () => {
  const root = await installationsFolder()
  const data = join(root, 'installation')
  await copyHouse(data)
  const broken = breakages['key-missing']
  assert.ok(broken)
  const took = await tryRunbook(readRunbook('key-missing'), broken, { data, begins: 'stopped' })
  assert.equal(typeof took, 'number')
})
