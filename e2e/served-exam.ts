import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The exam registration for a journey: the command that its operators use, a process and a database of its own,
 * speaking with the house over HTTP alone.
 */

const script = join(import.meta.dirname, '../bin/script')
const main = 'relying-parties/exam-registration/main.ts'

export type ServedExam = {
  readonly origin: string
  /** Starts it, or starts it again, at a moment of its own clock; with what it kept. */
  startAt(now: string): Promise<void>
  stop(): Promise<void>
}

const ended = (child: ChildProcess) =>
  new Promise(done => (child.exitCode === null ? child.on('exit', done) : done(undefined)))

export async function serveExam({
  port,
  issuer,
}: {
  readonly port: number
  readonly issuer: string
}): Promise<ServedExam> {
  const data = await mkdtemp(join(tmpdir(), 'dinhdanh-exam-'))
  let child: ChildProcess | undefined
  async function halt() {
    if (!child) return
    const over = ended(child)
    child.kill('SIGINT')
    await over
    child = undefined
  }
  return {
    origin: `http://localhost:${port}`,
    async startAt(now) {
      await halt()
      const started = spawn(process.execPath, [
        script,
        main,
        '--port',
        String(port),
        '--issuer',
        issuer,
        '--data',
        data,
        '--now',
        now,
      ])
      child = started
      await new Promise<void>((ready, fail) => {
        let said = ''
        const take = (piece: Buffer) => {
          said += piece
          if (said.includes('answers')) ready()
        }
        started.stdout?.on('data', take)
        started.stderr?.on('data', take)
        started.on('exit', code => fail(new Error(`the exam registration ended with ${code}: ${said}`)))
      })
    },
    async stop() {
      await halt()
      await rm(data, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
