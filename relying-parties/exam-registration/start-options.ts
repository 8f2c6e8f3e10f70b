import { parseArgs } from 'node:util'
import { readInstant } from './moment.ts'

export type StartOptions = {
  readonly port: number
  readonly host: string
  readonly origin: string
  readonly issuer: string
  readonly clientId: string
  readonly data: string
  /** The instant at which the site's clock begins; the real one where none is given. */
  readonly now?: number
  readonly behindProxy: boolean
  /** A list of school staff to enter; the site does not start then. */
  readonly staff?: string
}

export const usage = `npm run exam -- [--port 8090] [--host 127.0.0.1] [--origin URL]
                [--issuer http://localhost:8080/oidc] [--client-id exam-registration] [--data DIR]
                [--now 2023-05-13T16:59:00+07:00] [--behind-proxy]
npm run exam -- --staff FILE.csv [--data DIR]   enters school staff (login,school,name)
                                                and writes their passwords, once, to the terminal`

/** Reads what was asked for at the start. Throws with what is wrong and what would be right. */
export function readStartOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '8090' },
      host: { type: 'string', default: '127.0.0.1' },
      origin: { type: 'string' },
      issuer: { type: 'string', default: 'http://localhost:8080/oidc' },
      'client-id': { type: 'string', default: 'exam-registration' },
      data: { type: 'string', default: './data/exam-registration' },
      now: { type: 'string' },
      'behind-proxy': { type: 'boolean', default: false },
      staff: { type: 'string' },
    },
  })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port is a number from 0 to 65535')
  const address = (name: string, text: string) => {
    if (!URL.canParse(text) || !/^https?:/.test(text))
      throw new Error(`--${name} is an address such as http://localhost:8080`)
    return text.replace(/\/$/, '')
  }
  const asked = values.now ?? env['EXAM_NOW']
  const now = asked === undefined ? undefined : readInstant(asked)
  if (asked !== undefined && now === undefined)
    throw new Error('--now (or EXAM_NOW) is an instant with its zone, such as 2023-05-13T16:59:00+07:00')
  return {
    port,
    host: values.host,
    origin: address('origin', values.origin ?? `http://localhost:${port}`),
    issuer: address('issuer', values.issuer),
    clientId: values['client-id'],
    data: values.data,
    behindProxy: values['behind-proxy'],
    ...(now !== undefined && { now }),
    ...(values.staff !== undefined && { staff: values.staff }),
  }
}
