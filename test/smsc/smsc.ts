import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fromRoot } from '../../src/platform/root.ts'

/** The gateway of SMPP 3.4 that tests and measurements send to: simulator.py, of foreign code. */

const python = process.env['SMSC_PYTHON'] ?? 'python3'

/** Why there is no simulator on this machine; undefined where there is one. */
export const whyNoSmsc = (): string | undefined =>
  spawnSync(python, ['-c', 'import smpp34']).status === 0
    ? undefined
    : 'no simulator of a gateway: pip install smpp34==1.5.0, or name a Python that has it in SMSC_PYTHON'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** A text that the gateway got, and what it did with it. */
export type GottenText = {
  readonly what: 'taken' | 'late' | 'silent' | 'refused' | 'throttled'
  readonly phone: string
  readonly bytes: Buffer
  readonly esmClass: number
  readonly coding: number
}

/** Starts a gateway; `faults` are its options. */
export async function openSmsc(faults: readonly string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-smsc-'))
  const log = join(folder, 'log')
  const port = await freePort()
  const start = async () => {
    const child = spawn(python, [fileURLToPath(fromRoot('test/smsc/simulator.py')), String(port), log, ...faults], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    return child
  }
  let child = await start()
  const stop = async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return {
    port,
    pid: () => child.pid ?? 0,
    url: `smpp://user:secret@127.0.0.1:${port}?source=CONGAN`,
    async gotten(): Promise<GottenText[]> {
      const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean)
      return lines.map(line => {
        const [what = '', phone = '', hex = '', esmClass = '0', coding = '0'] = line.split(' ')
        return {
          what: what as GottenText['what'],
          phone,
          bytes: Buffer.from(hex, 'hex'),
          esmClass: Number(esmClass),
          coding: Number(coding),
        }
      })
    },
    /** How much it has written down: cheap to ask often, some 250 bytes a part. */
    written: () =>
      stat(log).then(
        ({ size }) => size,
        () => 0,
      ),
    stop,
    async again() {
      child = await start()
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) await stop().catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
