import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { readDefinition } from '../../src/campaign/cohorts/definition.ts'
import { findCommand } from '../../src/cli/find-command.ts'
import { readOptions } from '../../src/cli/options.ts'
import { laws } from '../../src/laws.ts'
import { readLinkSettings } from '../../src/linkage/file-columns/link-settings.ts'
import { readModel } from '../../src/linkage/learning/link-model.ts'
import type { ClientSettings } from '../../src/parties/client.ts'
import { readPastedKeys } from '../../src/parties/clients/keys.ts'
import { findSettingsFaults, normalizedSettings } from '../../src/parties/clients/settings-check.ts'
import { holdsNul } from '../../src/platform/http/nul-characters.ts'
import { lawRowsOf } from '../../src/platform/law.ts'
import { languageOf } from '../../src/platform/pages/html.ts'
import { WrongUsage } from '../../src/platform/terminal.ts'
import { readProof } from '../../src/signin/api-tokens/dpop-proof.ts'
import { readSubject } from '../../src/signin/artifact.ts'
import { secondsAhead, timeClaimsIn } from '../../src/signin/provider/party-clock.ts'
import { parseToken } from '../../src/signin/session.ts'
import { findTokenIn } from '../../src/signin/sessions/cookie.ts'
import { longestLine, outputLine, readHeader, readRow } from '../../src/verification/batches/row.ts'
import { readCheckRequest } from '../../src/verification/person-data.ts'
import { type Parser, promise } from './parser.ts'

const text = (input: Buffer) => input.toString('utf8')

function json(input: Buffer): unknown {
  try {
    return JSON.parse(text(input))
  } catch {
    return undefined
  }
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = publicKey.export({ format: 'jwk' })
const at = new Date('2023-04-20T03:00:00Z')
const token = 'a-token'
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const call = { token, method: 'POST', address: 'https://dinhdanh.example.vn/api/verifications', at }
function proofOf(payload: Readonly<Record<string, unknown>>): string {
  const signed = `${encoded({ typ: 'dpop+jwt', alg: 'ES256', jwk })}.${encoded({
    ...{ jti: 'one', htm: call.method, htu: call.address, iat: at.getTime() / 1000 },
    ath: createHash('sha256').update(token).digest('base64url'),
    ...payload,
  })}`
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
}

const definition = {
  name: 'Cấp thẻ năm 2023',
  startsOn: '2023-01-01',
  schoolYear: '2022-2023',
  cohorts: [{ name: 'lớp 9', bornIn: [2008] }],
  deadlines: [{ name: 'thi', on: '2023-05-10' }],
}
const settings: ClientSettings = {
  redirectUris: ['https://thi.example.vn/back'],
  postLogoutRedirectUris: [],
  backchannelLogoutUri: 'https://thi.example.vn/out',
  authMethod: 'private_key_jwt',
  jwksUri: 'https://thi.example.vn/jwks.json',
  grants: ['authorization_code'],
  purposes: [{ scope: 'number', vi: 'Ghi đúng thí sinh', en: 'To enter the right candidate', optional: false }],
  fapi: true,
}
const link = {
  leftId: 'id',
  rightId: 'id',
  fields: [
    { left: 'name', right: 'name', kind: 'name' },
    { left: 'born', right: 'born', kind: 'date' },
  ],
  blocking: [['name'], ['born']],
  threshold: 0.9,
}
const command = { takes: 'FILE.csv', does: '', example: '', options: { 'as-of': { value: 'DAY', does: '' } } }
const rowHeader = 'person_number,full_name,birth_date,sex,ref'

export const parsersOfRequests: readonly Parser[] = [
  {
    name: 'proof-of-possession',
    of: 'signin/api-tokens/dpop-proof.ts',
    samples: [proofOf({}), proofOf({ nbf: at.getTime() / 1000 + 2 }), `${encoded({ alg: 'none' })}.${encoded({})}.`],
    longest: 8000,
    async read(input) {
      const proof = text(input)
      const read = await readProof({ proof, ...call })
      if (!('failed' in read)) promise(read.expiresAt.getTime() > 0, 'a proof ends at an instant')
      const ahead = secondsAhead(timeClaimsIn(proof))
      promise(ahead === undefined || Number.isFinite(ahead), 'a clock is ahead by some seconds')
    },
  },
  {
    // Signed again after its claims were changed, as whoever holds a key may.
    name: 'claims-of-a-proof',
    of: 'signin/api-tokens/dpop-proof.ts',
    samples: ['{}', '{"iat":1681959600,"nbf":1681959601}', '{"jti":"two","htu":"https://x/?a#b"}', '{"exp":1e300}'],
    longest: 4000,
    async read(input) {
      const claims = json(input)
      if (typeof claims !== 'object' || claims === null) return
      const read = await readProof({ proof: proofOf(claims as Record<string, unknown>), ...call })
      if (!('failed' in read)) promise(!Number.isNaN(read.expiresAt.getTime()), 'a proof ends at an instant')
    },
  },
  {
    name: 'cookies-and-tokens',
    of: 'signin/sessions/cookie.ts',
    samples: [
      `dinhdanh-citizen=${'a'.repeat(22)}.${'b'.repeat(43)}; language=en`,
      `__Host-dinhdanh-pending=${'c'.repeat(43)}; dinhdanh-device=${'d'.repeat(43)}`,
      'en-GB,en;q=0.9,vi;q=0.8',
      '018f0000-0000-7000-8000-000000000000 018f0000-0000-7000-8000-000000000001',
    ],
    longest: 16_000,
    read(input) {
      const header = text(input)
      for (const isHttps of [true, false]) parseToken(findTokenIn(header, 'session', isHttps))
      promise(['vi', 'en'].includes(languageOf({ cookie: header, 'accept-language': header })), 'one of two languages')
      parseToken(header)
      readSubject(header)
    },
  },
  {
    name: 'row-of-a-batch',
    of: 'verification/batches/row.ts',
    samples: [
      '{"ref":1,"person_number":"022205000001","full_name":"Nguyễn Văn An","birth_date":"2005-03-15","sex":"M"}',
      '{"ref":"a","ref":"b","person_number":"022205000001","full_name":"An","birth_date":"15/03/2005"}',
      '022205000001,Nguyễn Văn An,15/03/2005,Nam,7',
      '"022205000001","Nguyễn ""Văn"" An",15/03/2005,,"7"',
    ],
    longest: longestLine + 10,
    read(input) {
      const line = text(input)
      for (const header of [undefined, readHeader(rowHeader)]) {
        const row = readRow(line, header)
        const answer = outputLine({ row: 1, ref: row.ref, error: row.error ?? 'input-wrong', wrong: row.wrong }, header)
        promise(answer.endsWith('\n') && !/\n./.test(answer.replace(/"(?:[^"]|"")*"/gs, '')), 'a row has one line')
      }
    },
  },
  {
    name: 'header-of-a-batch',
    of: 'verification/batches/row.ts',
    samples: [rowHeader, 'ref;person_number;full_name;birth_date', '"person_number"\t"full_name"\t"birth_date"'],
    longest: longestLine,
    read: input => readHeader(text(input)),
  },
  {
    name: 'question-about-a-person',
    of: 'verification/person-data.ts',
    samples: ['{"person_number":"022205000001","full_name":"Nguyễn Văn An","birth_date":"2005-03-15","sex":"F"}'],
    longest: longestLine,
    read(input) {
      const given = json(input)
      if (typeof given === 'object' && given !== null) readCheckRequest(given)
    },
  },
  {
    name: 'client-keys',
    of: 'parties/clients/keys.ts',
    samples: [
      JSON.stringify({ keys: [{ ...jwk, kid: 'one', alg: 'ES256', use: 'sig' }] }),
      JSON.stringify({ ...jwk, kid: 'one' }),
      JSON.stringify({ keys: [{ kty: 'RSA', n: 'sXch', e: 'AQAB', kid: 'r', alg: 'PS256' }] }),
    ],
    longest: 60_000,
    read(input) {
      readPastedKeys(text(input), 'ES256')
      readPastedKeys(text(input), 'PS256')
    },
  },
  {
    name: 'client-addresses',
    of: 'parties/clients/settings-check.ts',
    samples: [
      'https://thi.example.vn/back',
      'http://localhost:8090/a?b',
      'com.example:/back',
      'http://[::1]/',
      'https://',
    ],
    longest: 2000,
    read(input) {
      const address = text(input)
      const given = { ...settings, redirectUris: [address], jwksUri: address, backchannelLogoutUri: address }
      for (const sandbox of [true, false])
        findSettingsFaults(given, { sandbox, basis: true, demonstration: !sandbox, sandboxHosts: [] })
      normalizedSettings(given)
    },
  },
  {
    name: 'definition-of-a-campaign',
    of: 'campaign/cohorts/definition.ts',
    samples: [JSON.stringify(definition), JSON.stringify({ ...definition, cohorts: [{ name: 'x', ageFrom: 14 }] })],
    longest: 60_000,
    read(input) {
      const given = json(input)
      if (given !== undefined) readDefinition(given)
    },
  },
  {
    name: 'link-settings-and-model',
    of: 'linkage/file-columns/link-settings.ts',
    samples: [
      JSON.stringify(link),
      JSON.stringify({ format: 'dinhdanh-link-1', fields: [{ left: 'a', right: 'a', kind: 'name', levels: [] }] }),
    ],
    longest: 60_000,
    read(input) {
      try {
        readLinkSettings(text(input))
      } finally {
        readModel(text(input), readLinkSettings(JSON.stringify(link)).settings.fields)
      }
    },
  },
  {
    name: 'row-of-law',
    of: 'platform/law.ts',
    samples: [
      'cards.due-age|2024-07-01|14|house',
      'staff.password-tries|2023-01-01|{"free":3}|house',
      'outreach.retry-pauses|2023-01-01|[1,2,3]|house',
      ...laws.slice(0, 60).map(({ id, rows }) => `${id}|2024-01-01|${JSON.stringify(rows.at(-1)?.value)}|house`),
    ],
    longest: 4000,
    read(input) {
      const [rule = '', from = '', value = '', source = '', verified_on = ''] = text(input).split('|')
      lawRowsOf(laws, [{ line: 2, values: { rule, from, value, source, verified_on } }])
    },
  },
  {
    name: 'command-line',
    of: 'cli/options.ts',
    samples: [
      'card import file.csv --as-of 2023-04-20 --json',
      'roll check dir --school-year 2022-2023',
      '-- -x',
      '--data',
    ],
    longest: 2000,
    mayThrow: error => error instanceof WrongUsage,
    read(input) {
      const words = text(input).split(' ')
      findCommand(words)
      readOptions('card import', { ...command, run: async () => undefined }, words)
    },
  },
  {
    name: 'deep-json',
    of: 'platform/http/nul-characters.ts',
    samples: ['{"a":["b",{"c":"d"}]}', '['.repeat(3000) + ']'.repeat(3000)],
    longest: 200_000,
    read: input => holdsNul(json(input)),
  },
]
