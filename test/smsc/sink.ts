import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fromRoot } from '../../src/platform/root.ts'

/** The gateway over HTTP that measurements send to: sink.test-process.ts, in a process of its own. */

/** Starts it; receipts are posted to `receiptsUrl`. */
export async function openSink(receiptsUrl: string, { answerMs = 10, lateSeconds = 3 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-sink-'))
  const log = join(folder, 'log')
  const program = fileURLToPath(fromRoot('test/smsc/sink.test-process.ts'))
  const child = spawn(process.execPath, [program, log, receiptsUrl, String(answerMs), String(lateSeconds)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${String(port).trim()}`,
    /** What it got: what it did with it, and the phone. */
    async gotten(): Promise<{ what: string; phone: string }[]> {
      const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean)
      return lines.map(line => {
        const [what = '', phone = ''] = line.split(' ')
        return { what, phone }
      })
    },
    written: () =>
      stat(log).then(
        ({ size }) => size,
        () => 0,
      ),
    async close() {
      child.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
