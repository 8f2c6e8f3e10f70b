import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fromRoot } from '../../src/platform/root.ts'

const checkout = fromRoot('.').pathname.replace(/\/$/, '')

/** An installation on trial: its folders and how lines are run on it. */
export type Trial = {
  readonly data: string
  /** Backups and copies of heads, journal and settings, as on another machine. */
  readonly copies: string
  /** The copy of keys/, which lies apart from backups. */
  readonly keys: string
  readonly root: string
  readonly port: number
  /** Runs lines of a shell behind those variables. */
  run(lines: string, more?: Record<string, string>): Promise<Ran>
}

export type Ran = { readonly code: number; readonly output: string }

/** The folders of a trial, and a shell whose `systemctl` starts the units of docs/operations/systemd there. */
export function openTrial(root: string, port: number, program = checkout): Trial {
  const [data, copies, keys] = ['data', 'copies', 'keys'].map(name => join(root, name)) as [string, string, string]
  const { HOUSE_TEST_URL: _url, NODE_TEST_CONTEXT: _context, DATABASE_URL: _database, ...rest } = process.env
  const environment = {
    ...rest,
    PATH: [join(root, 'bin'), process.env['PATH']].join(delimiter),
    DINHDANH_LOG_LEVEL: 'warn',
    DINHDANH_PORT: String(port),
    PROGRAM: program,
    TRIAL: root,
    DATA: data,
    COPIES: copies,
    KEYS: keys,
    HEALTH: `http://127.0.0.1:${port}/health/ready`,
  }
  const run = (lines: string, more: Record<string, string> = {}) =>
    new Promise<Ran>((done, fail) => {
      // Without input: a shell whose input is a socket takes itself for one of a remote login.
      const shell = spawn('sh', ['-euc', lines], {
        cwd: program,
        env: { ...environment, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const pieces: string[] = []
      for (const stream of [shell.stdout, shell.stderr]) stream.on('data', piece => pieces.push(String(piece)))
      shell.on('error', fail)
      shell.on('close', code => done({ code: code ?? 1, output: pieces.join('') }))
    })
  return { root, data, copies, keys, port, run }
}

/** What lines said, short enough for a message. */
export const shortened = (output: string) =>
  output.length <= 6000 ? output : `${output.slice(0, 3000)}\n…\n${output.slice(-3000)}`
