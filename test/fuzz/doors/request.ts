import { bent } from '../bend.ts'
import { hostileTexts, nested } from '../hostile.ts'
import { mutated } from '../mutate.ts'
import type { Random } from '../random.ts'
import type { Caller, FuzzedRoute, ServedToFuzz } from './served.ts'
import { valueFitting } from './value.ts'

/** A request to one door as it is sent, and can be sent again. */
export type FuzzRequest = {
  readonly method: string
  /** The route, with its parameters as `:name`. */
  readonly route: string
  readonly path: string
  /** Who asks; the session itself is added when it is sent. */
  readonly caller: string
  readonly headers: Readonly<Record<string, string>>
  /** Base64. */
  readonly body?: string
}

const boundary = 'a-boundary'

/** Ways in which the text of a JSON body is no proper one. */
const bodyBends: readonly ((text: string, random: Random) => string | Buffer)[] = [
  (text, random) => text.slice(0, random.below(text.length)),
  text => text.replace('{', '{"__proto__":{"isAdmin":true},'),
  text => text.replace('{', '{"constructor":{"prototype":{"a":1}},'),
  text => text.replace(/"(\w+)":/, '"$1":"first","$1":'),
  () => '['.repeat(4000),
  () => `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`,
  () => JSON.stringify(nested(300)),
  text => text.replace(/"([^"]{1,40})"(?=[,}\]])/, '"\\ud83d"'),
  text => text.replace(/"([^"]{1,40})"(?=[,}\]])/, '"a\\u0000b"'),
  text => text.replace(/\d+/, '1e999'),
  text => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
  text => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
  text => `\ufeff${text}`,
  () => '',
  () => 'null',
  () => '"x"',
  () => '1',
]

const headerBends: readonly Readonly<Record<string, string>>[] = [
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/json; charset="' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'multipart/form-data; boundary=' },
  { 'content-type': `multipart/form-data; boundary=${boundary}` },
  { 'content-type': 'application/x-ndjson' },
  { 'content-type': 'x' },
  { 'content-encoding': 'gzip' },
  { 'accept-encoding': 'br;q=1.0, gzip;q=0, *;q=nonsense' },
  { accept: 'text/html' },
  { accept: `${'a/b,'.repeat(2000)}*/*` },
  { 'accept-language': `${'en-'.repeat(1000)};q=2` },
  { cookie: `dinhdanh-session=${'a'.repeat(6000)}` },
  { cookie: '=;;=;__proto__=1;dinhdanh-device="' },
  { authorization: 'Bearer ' },
  { authorization: `Bearer ${'a.'.repeat(3000)}` },
  { authorization: 'DPoP x', dpop: 'a.b.c' },
  { authorization: 'Basic :', dpop: '' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { range: 'bytes=0-1,99999999999999999999-' },
  { 'if-none-match': '*' },
  { 'if-modified-since': 'x' },
  { expect: '100-continue' },
  { 'x-forwarded-for': 'unknown, ::ffff:1.2.3.4, x' },
  { 'x-forwarded-proto': 'https,http' },
  { 'x-request-id': "'; drop table x" },
  { 'x-http-method-override': 'DELETE' },
]

/** Fields of the forms of pages without script. */
const formFields =
  'form login password email number phone code token post current next again passcode step return day name reason ' +
  'uid consent scope prompt redirect_uri client_id state nonce response_type code_challenge request request_uri ' +
  'grant_type client_assertion client_assertion_type refresh_token id_token_hint logout secret bornOn birthDate shown'
const fieldNames = formFields.split(' ')

const form = (random: Random, served: ServedToFuzz) => {
  const fields = new URLSearchParams()
  for (let more = random.below(8); more > 0; more -= 1)
    fields.append(
      random.pick(fieldNames),
      random.pick([
        () => random.pick(hostileTexts),
        () => random.pick(served.numbers),
        () => random.pick(served.names),
        () => String(random.below(1_000_000)),
      ])(),
    )
  return fields.toString()
}

const csv = 'STT,Họ và tên,Ngày sinh,Giới tính,Số ĐDCN,Lớp\n1,Nguyễn Văn An,15/03/2005,Nam,022205000001,9A\n'

function multipart(fields: unknown, random: Random, served: ServedToFuzz): Buffer {
  const parts = Object.entries(typeof fields === 'object' && fields !== null ? fields : {}).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${String(value)}\r\n`,
  )
  const name = random.pick([
    'lop.csv',
    'lop.xlsx',
    'a.bin',
    '../../x.csv',
    '',
    'a"b.csv',
    'é\u0000.csv',
    'x'.repeat(300),
  ])
  const content = mutated(
    [Buffer.from(csv), Buffer.from(csv.replace('Nguyễn Văn An', random.pick(served.names)))],
    random,
  )
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
  return Buffer.concat([Buffer.from(parts.join('') + head), content, Buffer.from(`\r\n--${boundary}--\r\n`)])
}

function pathOf(route: FuzzedRoute, random: Random, served: ServedToFuzz): string {
  const filled = route.url.replace(/:(\w+)|\*/g, (all: string, name: string | undefined, at: number) => {
    if (random.once(12)) return encodeURIComponent(random.pick(hostileTexts).toWellFormed()).slice(0, 300)
    if (name === undefined) return 'nothing'
    const upTo = (route.url.slice(0, at) + all).replace(/^\/api/, '')
    const there = served.ids[upTo] ?? []
    const { properties = {} } = (route.params ?? {}) as { properties?: Record<string, object> }
    const id =
      there.length > 0 ? random.pick(there) : String(valueFitting(properties[name] ?? {}, name, random, served))
    const anyOther = random.once(10)
      ? random.pick(random.pick(Object.values(served.ids).filter(pool => pool.length > 0)))
      : id
    return encodeURIComponent((random.once(12) ? anyOther.toUpperCase() : anyOther).toWellFormed())
  })
  const query = (route.query ? valueFitting(route.query, 'query', random, served) : {}) as Record<string, unknown>
  const asked = random.once(4) ? bent(query, random) : query
  const search = new URLSearchParams(
    Object.entries(typeof asked === 'object' && asked !== null ? asked : {}).flatMap(([name, value]) =>
      [value]
        .flat()
        .map((one): [string, string] => [
          name,
          (typeof one === 'string' ? one : (JSON.stringify(one) ?? '')).toWellFormed(),
        ]),
    ),
  ).toString()
  return search ? `${filled}?${search}` : filled
}

/** Mostly somebody who may, sometimes whoever else, or nobody. */
function callerOf({ right }: FuzzedRoute, random: Random, callers: readonly Caller[]): string {
  if (random.once(15)) return 'nobody'
  const whoMay = right === undefined ? [] : callers.filter(({ rights }) => rights.includes(right))
  return random.pick(whoMay.length > 0 && !random.once(8) ? whoMay : callers).name
}

/** A request that the door's own shapes make, mostly bent in one place. */
export function requestTo(
  route: FuzzedRoute,
  random: Random,
  served: ServedToFuzz,
  callers: readonly Caller[],
): FuzzRequest {
  const headers: Record<string, string> = random.once(8) ? { ...random.pick(headerBends) } : {}
  let body: string | Buffer | undefined
  if (route.method !== 'GET') {
    const isPage = route.right === undefined
    if (isPage) {
      body = form(random, served)
      headers['content-type'] ??= 'application/x-www-form-urlencoded'
    } else if (route.takesFile) {
      body = multipart(valueFitting(route.body ?? {}, 'body', random, served), random, served)
      headers['content-type'] ??= `multipart/form-data; boundary=${boundary}`
    } else if (route.consumes) {
      body = mutated([Buffer.from('DDP1'), Buffer.from(csv), Buffer.from('{"person_number":"022205000001"}\n')], random)
      headers['content-type'] ??= random.pick(route.consumes)
    } else if (route.body) {
      const proper = valueFitting(route.body, 'body', random, served)
      const text = JSON.stringify(random.once(2) ? bent(proper, random) : proper) ?? 'null'
      body = random.once(6) ? random.pick(bodyBends)(text, random) : text
      headers['content-type'] ??= 'application/json'
    }
  }
  const caller = callerOf(route, random, callers)
  return {
    method: route.method,
    route: route.url,
    path: pathOf(route, random, served),
    caller,
    headers,
    ...(body !== undefined && { body: Buffer.from(body).toString('base64') }),
  }
}
