import { type Logger, pino } from 'pino'

export type Log = Logger

/**
 * Names of fields whose values never reach a log, wherever they stand. Ids, codes and counts are logged, never a
 * person's data; this list is the net below that rule.
 */
const personal = [
  'name',
  'full_name',
  'fullName',
  'person_number',
  'personNumber',
  'number',
  'phone',
  'address',
  'birth_date',
  'birthDate',
  'bornOn',
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  'body',
]

/** Text between quotes, to the end where none closes it. */
const quoted = /"[^"]*"?|'[^']*'?|`[^`]*`?|«[^»]*»?/g

/** Addresses, numbers, days, and words with letters that English lacks, as names here have them. */
const isValue = (word: string) => /@|[^\p{ASCII}…]|\d{3}|\d[.:-]\d/u.test(word)

/** A message without the values that stand in it. What is quoted may be a value, so it goes. */
export const withoutValues = (message: string): string =>
  message
    .replaceAll(quoted, '…')
    .split(/\s/)
    .filter(word => word !== '')
    .map(word => (isValue(word) ? '…' : word))
    .join(' ')

/** Whether a message may repeat what was sent or read: PostgreSQL and JSON.parse quote what they cannot read. */
const quotesValues = (error: unknown): boolean =>
  error instanceof SyntaxError || (error instanceof Error && ('severity' in error || quotesValues(error.cause)))

const callSites = (stack: unknown) =>
  String(stack)
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .join('\n')

/** An error as the log has it, without the values and rows of which PostgreSQL tells. */
function errorForLog(error: Error) {
  const { detail, where, internalQuery, ...logged } = pino.stdSerializers.err(error) as unknown as Record<
    string,
    unknown
  >
  if (!quotesValues(error)) return logged
  return { ...logged, message: withoutValues(String(logged['message'])), stack: callSites(logged['stack']) }
}

/**
 * JSON lines on stderr (stdout belongs to commands' documents), and to another system where there is one. Levels as in
 * pino.
 */
export function openLog(level: string, destination?: NodeJS.WritableStream, away?: { write(line: string): void }): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: personal.flatMap(field => [field, `*.${field}`, `*.*.${field}`]), censor: '[personal]' },
      serializers: {
        req: (request: { method?: string; url?: string; id?: string }) => ({
          method: request.method,
          path: request.url?.split('?')[0],
        }),
        err: errorForLog,
      },
    },
    away
      ? pino.multistream([destination ?? process.stderr, away].map(stream => ({ level: 'debug', stream })))
      : (destination ?? process.stderr),
  )
}
