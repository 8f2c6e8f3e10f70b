import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

/** What no source of the product calls, and what cryptography it does: rules that a reader of one file cannot see. */

type Source = { readonly file: string; readonly code: string }

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
const sources: readonly Source[] = globSync('{src,web,relying-parties}/**/*.{ts,tsx,js}')
  .concat(globSync('bin/*'))
  .filter(file => !/\.test\.tsx?$|\.fixture\.ts$|\.test-[a-z]+\.ts$|\.d\.ts$|^web\/dist\/|node_modules/.test(file))
  .map(file => ({ file, code: withoutComments(readFileSync(file, 'utf8')) }))

/** `file: what`, for each call that matches, but those that `allowed` names. */
const callsOf = (from: readonly Source[], pattern: RegExp, allowed: readonly string[] = []) =>
  from
    .flatMap(({ file, code }) => [...code.matchAll(pattern)].map(([call, what = call]) => `${file}: ${what}`))
    .filter(found => !allowed.includes(found))

const runsText =
  /\beval\(|\bnew Function\(|\bset(?:Timeout|Interval)\(\s*['"`]|\bshell: *true|\bexec(?:File)?Sync\(|\bvm\.run\w+/g
const writesHtml = /\bdangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|\binsertAdjacentHTML\(|\bdocument\.write\(/g
const startsPrograms = /from '(?:node:)?child_process'/g
const listensToOthers = /\bwindow\.(?:addEventListener\('message'|onmessage)|\bnew WebSocket\(|\bRTCPeerConnection\b/g

test('no source of the product runs text as code or as a shell, or writes it as HTML', () => {
  assert.ok(sources.length > 1000, `${sources.length} sources were read`)
  for (const pattern of [runsText, writesHtml, listensToOthers]) assert.deepEqual(callsOf(sources, pattern), [])
  // Each starts a program by its path with a list of arguments.
  assert.deepEqual(
    callsOf(sources, startsPrograms)
      .map(found => found.split(':')[0])
      .sort(),
    [
      'bin/shipped.js',
      'src/platform/physical-backups/jobs.ts',
      'src/platform/postgres/system-account.ts',
      'web/build.ts',
      'web/install.ts',
    ],
  )
})

const hashes = /\b(?:createHash|createHmac|hash)\(\s*'([\w-]+)'|\bsubtle\.digest\(\s*'([\w-]+)'/g
const ciphers = /\bcreate(?:Cipher|Decipher)iv\(\s*'([\w-]+)'|name: '(AES-[\w]+|RSA[\w-]*)'/g
const keyKinds = /\bgenerateKeyPair(?:Sync)?\(\s*'([\w-]+)'|\bnamedCurve: '([\w-]+)'/g
const derivations = /\b(hkdfSync|scrypt|pbkdf2\w*)\(\s*'?([\w-]*)|name: '(PBKDF2|HKDF)', hash: '([\w-]+)'/g
const weakChance = /\bMath\.random\(/g
const otherAlgorithms = /\balgorithm: '(SHA1|MD5)'/g

const namesOf = (from: readonly Source[], pattern: RegExp) =>
  new Set(from.flatMap(({ code }) => [...code.matchAll(pattern)].map(found => found.slice(1).find(Boolean) ?? '')))

test('no source uses a hash, a cipher or a source of chance that is not of the list', () => {
  const other = callsOf(sources, hashes).filter(found => !/: (?:sha256|SHA-256|.*SHA-256.*)$/.test(found))
  assert.deepEqual(other, [])
  // Scanners sign by RSA as their makers have it; that is checked, and nothing of ours is signed or encrypted so.
  const ofMakers = 'web/station/capture/fingers/signed.ts'
  const ours = sources.filter(({ file }) => file !== ofMakers)
  assert.deepEqual([...namesOf(ours, ciphers)].sort(), ['AES-GCM', 'aes-256-gcm'])
  assert.deepEqual([...namesOf(sources, keyKinds)].sort(), ['ES256', 'P-256', 'ec', 'ed25519'])
  assert.deepEqual([...namesOf(sources, derivations)].sort(), ['PBKDF2', 'hkdfSync', 'pbkdf2Sync', 'scrypt'])
  // When a station tries again, not what it says.
  assert.deepEqual(callsOf(sources, weakChance), ['web/station/send/keep-sending.ts: Math.random('])
  // Authenticator apps know no other.
  assert.deepEqual(callsOf(sources, otherAlgorithms), ['src/platform/second-factor/totp.ts: SHA1'])
})

const doesCryptography = new RegExp(
  [
    "^import (?!type)[^;]*?from '(?:jose|@hpke/core|@peculiar/x509|otpauth|@simplewebauthn/server)'",
    "from '@node-rs/argon2'|from 'age-encryption'",
    String.raw`\b(?:createHmac|createCipheriv|hkdfSync|scrypt|pbkdf2\w*|generateKeyPair\w*)\(`,
    String.raw`\b(?:create(?:Private|Public)Key|createDiffieHellman|publicDecrypt)\(`,
    String.raw`\bsubtle\.(?:sign|verify|encrypt|decrypt|deriveBits|deriveKey|generateKey|importKey)\(`,
    String.raw`\b(?:randomBytes|randomInt|getRandomValues|timingSafeEqual)\(`,
  ].join('|'),
  'm',
)

test('every file that does cryptography stands in the inventory, and the inventory names no other', () => {
  const doing = sources.filter(({ code }) => doesCryptography.test(code)).map(({ file }) => file)
  assert.ok(doing.length > 25)
  const inventory = readFileSync('docs/cryptography.md', 'utf8')
  const paths = /`((?:src|web|relying-parties)\/[\w./-]+\.(?:tsx?|js))`/g
  const named = [...inventory.matchAll(paths)].map(([, file]) => file)
  assert.deepEqual(doing.filter(file => !named.includes(file)).sort(), [], 'they are missing in docs/cryptography.md')
  assert.deepEqual(named.filter(file => !doing.includes(file ?? '')).sort(), [], 'they do none any more')
})

test('a forbidden call is found, in code and not in a comment', () => {
  const seeded = (text: string) => [{ file: 'a.ts', code: withoutComments(text) }]
  assert.deepEqual(callsOf(seeded('// eval(x)\nconst y = eval(x)'), runsText), ['a.ts: eval('])
  assert.deepEqual(callsOf(seeded('node.innerHTML = x'), writesHtml), ['a.ts: .innerHTML'])
  assert.deepEqual(callsOf(seeded("createHash('md5')"), hashes), ['a.ts: md5'])
  assert.deepEqual(callsOf(seeded("subtle.digest('SHA-1', x)"), hashes), ["a.ts: subtle.digest('SHA-1'"])
  assert.deepEqual([...namesOf(seeded("createCipheriv('aes-128-ecb', k)"), ciphers)], ['aes-128-ecb'])
  assert.ok(doesCryptography.test("import { SignJWT } from 'jose'\n") && doesCryptography.test('randomBytes(4)'))
  assert.ok(!doesCryptography.test("import type { JWK } from 'jose'\n"))
})

/** Two sides of a comparison that ends at the first difference. */
const comparisons = /([\w.]+)\)? (?:===|!==) ([\w.]+|['"`])/g
const isOfSecret = (side: string) => /(?:secret|token|passcode|password|hmac|digest|signature|challenge)$/i.test(side)
const tellsNothing = (side: string) => /^(?:undefined|null|true|false|\d+|['"`])$/.test(side)

test('no source compares a secret by an operator that ends at the first difference', () => {
  const found = sources.flatMap(({ file, code }) =>
    [...code.matchAll(comparisons)]
      .filter(([, left = '', right = '']) => [left, right].some(isOfSecret) && ![left, right].some(tellsNothing))
      .map(([both]) => `${file}: ${both}`),
  )
  // A station's secret is typed twice when it is chosen, by one officer in one browser.
  const typedTwice = 'web/station/pages/secret-part.tsx: secret !== again'
  assert.deepEqual([...new Set(found)], [typedTwice])
})
