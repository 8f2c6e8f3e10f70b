import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { fromRoot } from '../src/platform/root.ts'
import { emptyDatabase } from './house.ts'
import { ended, environment, freePort, installationsFolder, run, start, stop } from './started-installation.ts'

const root = await installationsFolder()

/** A copy of the installation that the first test made and stopped: to make one takes longer than to start it. */
function installation(name: string): string {
  const data = join(root, name)
  // PostgreSQL's own user keeps its files.
  execFileSync('cp', ['-a', '--reflink=auto', join(root, 'one'), data])
  return data
}

const alive = async (port: number) => (await fetch(`http://localhost:${port}/health/ready`)).status

const pidOf = async (data: string) =>
  (JSON.parse(await readFile(join(data, 'server.pid'), 'utf8')) as [{ pid: number }])[0].pid

test('an empty installation starts, refuses a second start, and stops within five seconds on Ctrl-C', async () => {
  const data = join(root, 'one')
  const house = await start(data, ['--no-demo'])
  assert.equal(await alive(house.port), 200)

  const second = await run(['start', '--data', data, '--port', String(await freePort()), '--no-demo'])
  assert.equal(second.code, 1)
  assert.match(second.stderr, /already runs.*house-already-running/s)

  const { code, milliseconds } = await stop(house)
  assert.equal(code, 0)
  assert.ok(milliseconds < 5000, `${milliseconds} ms`)
})

test('a server that other machines would reach in the clear does not start', async () => {
  const data = join(root, 'plain')
  const plain = await run(['start', '--data', data, '--no-demo'], { DINHDANH_HOST: '0.0.0.0' })
  assert.equal(plain.code, 1)
  assert.match(plain.stderr, /without encryption.*plain-network/s)
})

test('commands work on the database of a running installation, and leave it running', async () => {
  const data = installation('attached')
  const house = await start(data, ['--no-demo'])
  const doctor = await run(['doctor', '--data', data, '--json'])
  const { checks } = JSON.parse(doctor.stdout) as { checks: { what: string; ok: boolean; advice?: boolean }[] }
  // These tests run from a checkout mostly.
  const toMend = checks.filter(({ ok, advice }) => !ok && !advice).map(({ what }) => what)
  assert.deepEqual([checks.length > 3, toMend.filter(what => what !== 'source control')], [true, []], doctor.stdout)
  assert.equal(await alive(house.port), 200)
  await stop(house)
})

/** The program as a release folder has it, with packages but without anything of source control. */
function releaseFolder(name: string): string {
  const release = join(root, name)
  const shipped = ['bin', 'src', 'db', 'web', 'docs', 'package.json', 'package-lock.json']
  mkdirSync(release)
  for (const part of shipped)
    execFileSync('cp', ['-a', '--reflink=auto', fileURLToPath(fromRoot(part)), join(release, part)])
  symlinkSync(fileURLToPath(fromRoot('node_modules')), join(release, 'node_modules'))
  return release
}

test('an installation whose process may read source control is told so, one of a release folder is not', async () => {
  const data = installation('released')
  const release = releaseFolder('release')
  const doctor = () =>
    new Promise<{ code: number; text: string }>(done => {
      execFile(join(release, 'bin/dinhdanh'), ['doctor', '--data', data], { env: environment() }, (error, stdout) =>
        done({ code: error ? Number(error.code) : 0, text: stdout }),
      )
    })
  const clean = await doctor()
  assert.match(clean.text, /^ok {7}source control: none/m)
  assert.equal(clean.code, 0, clean.text)

  mkdirSync(join(release, '.git'))
  await writeFile(join(release, '.git', 'config'), '[remote "origin"]\n\turl = https://user:plum@git.example.vn/it\n')
  const checkout = await doctor()
  assert.match(checkout.text, /^TO MEND {2}source control: this process may read .*release\/\.git \(/m)
  assert.equal(checkout.code, 1)
  assert.doesNotMatch(checkout.text, /plum/)

  // A working tree of another checkout has a file of that name, and an old Subversion lies above.
  await rm(join(release, '.git'), { recursive: true })
  await writeFile(join(release, '.git'), 'gitdir: /srv/checkout/.git/worktrees/release\n')
  mkdirSync(join(root, '.svn'))
  const found = (await doctor()).text
  await rm(join(root, '.svn'), { recursive: true })
  assert.match(found, /release\/\.git, .*\/\.svn/)
})

test('an installation whose server was killed starts again, with all committed data', async () => {
  const data = installation('killed')
  const house = await start(data, ['--no-demo'])
  const before = JSON.parse((await run(['audit', 'verify', '--data', data, '--json'])).stdout) as { deeds: number }
  process.kill(await pidOf(data), 'SIGKILL')
  await ended(house.child)

  const again = await start(data, ['--no-demo'])
  const verdict = JSON.parse((await run(['audit', 'verify', '--data', data, '--json'])).stdout) as {
    deeds: number
    findings: unknown[]
  }
  // Nobody works there yet: the second start ended the link of the first and drew another.
  assert.deepEqual([verdict.deeds, verdict.findings], [before.deeds + 2, []])
  await stop(again)
})

test('an installation whose PostgreSQL was killed starts again', async () => {
  const data = installation('pg-killed')
  const house = await start(data, ['--no-demo'])
  const postmaster = Number((await readFile(join(data, 'pg', 'postmaster.pid'), 'utf8')).split('\n')[0])
  process.kill(postmaster, 'SIGKILL')
  process.kill(await pidOf(data), 'SIGKILL')
  await ended(house.child)

  const again = await start(data, ['--no-demo'])
  assert.equal(await alive(again.port), 200)
  await stop(again)
})

test('a port in use is refused with another to try', async () => {
  const port = await freePort()
  const taken = createServer().listen(port, '127.0.0.1')
  after(() => taken.close())
  const refused = await run(['start', '--data', installation('port'), '--port', String(port), '--no-demo'])
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /port-in-use[\s\S]*--port 8081/)
})

test('a database that cannot be reached, and a folder that is a file, are refused by name', async () => {
  const unreachable = await run(['audit', 'verify', '--data', join(root, 'nowhere')], {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  })
  assert.equal(unreachable.code, 1)
  assert.match(unreachable.stderr, /database-unreachable/)
  const file = await run(['doctor', '--data', new URL('../package.json', import.meta.url).pathname])
  assert.equal(file.code, 1)
  assert.match(file.stderr, /data-folder-not-a-folder/)
})

test('the same installation runs on an external PostgreSQL', async () => {
  const url = await emptyDatabase()
  const data = join(root, 'external')
  const house = await start(data, ['--no-demo'], { DATABASE_URL: url })
  assert.equal(await alive(house.port), 200)
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ count: number }>('select count(*)::integer as count from units.unit')
  await client.end()
  assert.ok((rows[0]?.count ?? 0) > 300)
  await stop(house)
})

test('an unknown command and a wrong option are wrong usage', async () => {
  for (const args of [
    ['fly'],
    ['backup', '--colour', 'red'],
    ['synth', '--people', 'many'],
    ['register', 'import', 'x.csv', '--as-of', 'today', '--data', join(root, 'usage')],
  ]) {
    const { code, stderr } = await run(args)
    assert.equal(code, 2, `${args.join(' ')}: ${stderr}`)
  }
})
