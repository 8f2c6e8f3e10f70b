import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { isOwnMachine } from './own-machine.ts'

/**
 * A gateway over HTTP as an operator describes it in a file: how a text is handed over, how its answer is read, and
 * how its receipts come. Marks stand in `{{ }}`: to (E.164), to.plain (84…), to.national (0…), text, id, body, and
 * secret.NAME, which come from the setting `smsFormSecrets`, so that the file has none.
 */

const Text = Type.String({ maxLength: 2000 })
/** Where in an answer something stands, as `data.tranId`, and which values mean it. */
const Says = Type.Object(
  { at: Text, is: Type.Array(Text, { minItems: 1, maxItems: 100 }) },
  { additionalProperties: false },
)
const Signature = Type.Object(
  {
    /** What is signed, and by which key: text with marks. */
    over: Text,
    key: Type.Optional(Text),
    /** With a key an HMAC, else a plain hash. */
    algorithm: Type.Enum(['sha256', 'sha512', 'md5']),
    encoding: Type.Enum(['hex', 'base64']),
    header: Text,
  },
  { additionalProperties: false },
)

export const HttpForm = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' }),
    /** Where the form was read, and on which day. */
    source: Text,
    window: Type.Integer({ minimum: 1, maximum: 200 }),
    send: Type.Object(
      {
        method: Type.Enum(['GET', 'POST', 'PUT']),
        url: Type.String({ pattern: '^https?://', maxLength: 1000 }),
        headers: Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]+$' }), Text),
        json: Type.Optional(Type.Unknown()),
        form: Type.Optional(Type.Record(Text, Text)),
        signature: Type.Optional(Signature),
      },
      { additionalProperties: false },
    ),
    answer: Type.Object(
      {
        taken: Says,
        /** What the gateway calls the text; without it no receipt is awaited. */
        messageId: Type.Optional(Text),
        refused: Type.Optional(Says),
        busy: Type.Optional(Says),
        /** Certainly not taken, and may go better later, as where money is lacking. */
        later: Type.Optional(Says),
      },
      { additionalProperties: false },
    ),
    receipt: Type.Optional(
      Type.Object(
        {
          /** By GET it is in the query, which no signature covers. */
          method: Type.Optional(Type.Enum(['GET', 'POST'])),
          messageId: Text,
          delivered: Says,
          failed: Says,
          /** A receipt is believed where it has this signature, or this secret in a header or the query. */
          signature: Type.Optional(Signature),
          secret: Type.Optional(
            Type.Object({ in: Type.Enum(['header', 'query']), name: Text, is: Text }, { additionalProperties: false }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    /** How it is asked what became of a text, where no receipt comes; `{{messageId}}` is what it calls the text. */
    status: Type.Optional(
      Type.Object(
        {
          method: Type.Enum(['GET', 'POST']),
          url: Type.String({ pattern: '^https?://', maxLength: 1000 }),
          headers: Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]+$' }), Text),
          json: Type.Optional(Type.Unknown()),
          delivered: Says,
          failed: Says,
        },
        { additionalProperties: false },
      ),
    ),
    balance: Type.Optional(
      Type.Object(
        {
          method: Type.Enum(['GET', 'POST']),
          url: Type.String({ pattern: '^https?://', maxLength: 1000 }),
          headers: Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]+$' }), Text),
          at: Text,
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type HttpForm = Static<typeof HttpForm>

/** The form of a file, or what is wrong with it. */
export function httpFormOf(text: string): HttpForm | { readonly wrong: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { wrong: 'be JSON' }
  }
  if (!Value.Check(HttpForm, value)) {
    const [first] = Value.Errors(HttpForm, value)
    return { wrong: `be right at ${first?.instancePath || 'its beginning'}` }
  }
  for (const address of [value.send.url, ...(value.status ? [value.status.url] : [])]) {
    const url = URL.parse(address)
    if (!url || (url.protocol !== 'https:' && !isOwnMachine(url.hostname))) return { wrong: 'have an https:// address' }
  }
  if (value.receipt && !value.receipt.signature && !value.receipt.secret)
    return { wrong: 'say how a receipt is verified: signature or secret' }
  if (value.receipt?.method === 'GET' && !value.receipt.secret)
    return { wrong: 'say by which secret a receipt by GET is verified' }
  return value
}

export type Marks = Readonly<Record<string, string>>

/** Each mark is filled once; one that nobody knows is empty. `write` quotes a value for where it stands. */
export const fillMarks = (text: string, marks: Marks, write: (value: string) => string = value => value): string =>
  text.replace(/\{\{([\w.-]+)\}\}/g, (_mark, name: string) => write(marks[name] ?? ''))

/** The same in every text of a JSON value. */
export function fillJson(value: unknown, marks: Marks): unknown {
  if (typeof value === 'string') return fillMarks(value, marks)
  if (Array.isArray(value)) return value.map(one => fillJson(one, marks))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fillJson(one, marks)]))
  return value
}

/** What stands somewhere in an answer, as text; undefined where nothing does. */
export function valueAt(value: unknown, path: string): string | undefined {
  let at: unknown = value
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Readonly<Record<string, unknown>>)[name]
  }
  return typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean' ? String(at) : undefined
}

export const says = (value: unknown, said: { readonly at: string; readonly is: readonly string[] } | undefined) =>
  said?.is.includes(valueAt(value, said.at) ?? '') ?? false

/** An answer as a value: JSON, else a form. */
export function parsedAnswer(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return Object.fromEntries(new URLSearchParams(text))
  }
}
