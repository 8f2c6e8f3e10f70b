/**
 * Where the secrets of an installation come from: a folder of credentials that the system's secret manager mounts
 * (systemd's LoadCredentialEncrypted=, a Secret of Kubernetes, a Vault agent), a file a secret; else `keys/` of the
 * data folder, and for settings the environment or config.json. The program reads the folder and never writes there. A
 * secret has one place: given twice it is refused, and one that came from the folder once is not made anew elsewhere.
 */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { problems } from '../problem.ts'

/** Settings that are secret, by the name of their file. */
export const secretSettings = {
  databaseUrl: 'database-url',
  databaseAppUrl: 'database-app-url',
  databaseDirectUrl: 'database-direct-url',
  smtpUrl: 'smtp-url',
  smsUrl: 'sms-url',
  smsFormSecrets: 'sms-form-secrets',
  zaloSecrets: 'zalo-secrets',
  abisUrl: 'abis-url',
  abisToken: 'abis-token',
} as const
export type SecretSetting = keyof typeof secretSettings

/** Keys of the installation: in the folder of credentials a file has the name that it has in `keys/`. */
const secretKeys = [
  'sealing.key',
  'audit-heads.pem',
  'centre.pem',
  'centre-former.pem',
  'stations.pem',
  'exchange-sign.pem',
  'exchange-sign-next.pem',
  'exchange-open.pem',
  'backup.key',
  'chip-keys.key',
  'database-app.password',
] as const
export type SecretKey = (typeof secretKeys)[number]

/** What addresses of the database may name by its path, as sslcert, sslkey and sslrootcert. */
const filesOfAddresses = ['database-owner.crt', 'database-owner.key', 'database-app.crt', 'database-app.key']
const known: readonly string[] = [
  ...Object.values(secretSettings),
  ...secretKeys,
  ...filesOfAddresses,
  'database-ca.crt',
]

export const secretProblem = problems({
  'secret-given-twice': {
    status: 503,
    title: 'A secret is given in two places, and the program does not choose between them',
    vi: 'Một bí mật được khai ở hai nơi, chương trình không tự chọn',
    fix: '"secret" has its name and "places" where it stands. Leave it in one of them.',
    fixVi: '"secret" là tên, "places" là các nơi đang khai. Chỉ để lại một nơi.',
  },
  'secret-not-given': {
    status: 503,
    title: 'A secret of this installation is kept by the secret manager, which does not give it now',
    vi: 'Một bí mật của hệ thống này do bộ quản lý bí mật giữ, hiện không được đưa vào',
    fix:
      'Run this with the folder of credentials (DINHDANH_CREDENTIALS_FOLDER, or CREDENTIALS_DIRECTORY of the unit), ' +
      'or put the file in "secret" back into keys/. No new one was made.',
    fixVi:
      'Hãy chạy với thư mục bí mật (DINHDANH_CREDENTIALS_FOLDER hoặc CREDENTIALS_DIRECTORY của dịch vụ), hoặc đặt ' +
      'lại tệp ở "secret" vào keys/. Chưa tạo khóa mới.',
  },
  'secret-unreadable': {
    status: 503,
    title: 'The folder of credentials, or a file in it, cannot be used',
    vi: 'Không dùng được thư mục bí mật hoặc một tệp trong đó',
    fix:
      '"why" says what is wrong with "file". A file holds one secret, has a name of docs/operations.md, and only ' +
      'the user of the program may read it (Kubernetes: defaultMode 0400 or 0440).',
    fixVi:
      '"why" ghi lỗi của "file". Mỗi tệp chứa một bí mật, có tên như trong docs/operations.md, và chỉ người dùng ' +
      'chạy chương trình được đọc (Kubernetes: defaultMode 0400 hoặc 0440).',
  },
  'secret-not-ours-to-write': {
    status: 409,
    title: 'This key comes from the folder of credentials, where the program writes nothing',
    vi: 'Khóa này lấy từ thư mục bí mật, nơi chương trình không ghi',
    fix:
      'Stop the house, move the key into keys/ (and out of the secret manager), start, run the command again, and ' +
      'give the new file to the secret manager afterwards.',
    fixVi:
      'Dừng hệ thống, chuyển khóa vào keys/ (và bỏ khỏi bộ quản lý bí mật), khởi động, chạy lại lệnh, rồi đưa ' +
      'tệp mới cho bộ quản lý bí mật.',
  },
})

/** The folder that the setting names, else the one that systemd gives to a unit; empty where there is none. */
export const credentialsFolderOf = (setting: unknown, environment: NodeJS.ProcessEnv): string =>
  (typeof setting === 'string' && setting) || environment['CREDENTIALS_DIRECTORY'] || ''

const badCredential = (file: string, why: string) => secretProblem('secret-unreadable', { file, why })

/** The secret of a file, without the end of its line. What is wrong with it is told by the name of the file alone. */
function readSecret(folder: string, name: string): string {
  const file = join(folder, name)
  const text = readFileSync(file, 'utf8').trimEnd()
  if (text === '') throw badCredential(file, 'it is empty')
  return text
}

/** The names of what a folder of credentials gives. Throws secret-unreadable. */
function namesIn(folder: string): string[] {
  if (folder === '') return []
  let names: string[]
  try {
    // Kubernetes swaps what it mounts by links whose names begin with two points.
    names = readdirSync(folder).filter(name => !name.startsWith('..'))
  } catch (error) {
    throw badCredential(folder, (error as { code?: string }).code ?? 'it cannot be read')
  }
  for (const name of names) {
    const file = join(folder, name)
    if (!known.includes(name)) throw badCredential(file, 'no secret has this name')
    if ((statSync(file).mode & 0o007) !== 0) throw badCredential(file, 'everybody on this machine may read it')
  }
  return names
}

/** The settings that the folder of credentials gives. Throws secret-unreadable, secret-given-twice. */
export function settingsFrom(
  folder: string,
  others: readonly { readonly place: string; readonly given: Readonly<Record<string, unknown>> }[],
): Partial<Record<SecretSetting, string>> {
  const names = namesIn(folder)
  const found: Partial<Record<SecretSetting, string>> = {}
  for (const [setting, name] of Object.entries(secretSettings) as [SecretSetting, string][]) {
    const places = others.filter(({ given }) => given[setting]).map(({ place }) => place)
    if (names.includes(name)) places.push(join(folder, name))
    if (places.length > 1) throw secretProblem('secret-given-twice', { secret: setting, places })
    if (names.includes(name)) found[setting] = readSecret(folder, name)
  }
  return found
}

/** The folders of credentials of the houses that are open in this process, by their data folder. */
const credentialsOf = new Map<string, string>()

/** A key and where it lies. */
export type PlaceOfKey = { readonly path: string; readonly isOurs: boolean }

/** Where a key of a data folder lies, or is to be made: `isOurs` where the program may write it. */
export function placeOfKey(dataFolder: string, name: SecretKey): PlaceOfKey {
  const credentials = credentialsOf.get(dataFolder)
  const given = credentials && join(credentials, name)
  return given && existsSync(given)
    ? { path: given, isOurs: false }
    : { path: join(dataFolder, 'keys', name), isOurs: true }
}

/** Keys that a house takes from its folder of credentials; it has none of them in `keys/`. */
export type KeysElsewhere = readonly string[]

/**
 * Says for this process where the keys of a data folder come from. `before`: those that came from a folder of
 * credentials at the last opening; where one of them is neither there now nor in `keys/`, nothing is made in its place.
 * Throws secret-given-twice, secret-not-given, secret-unreadable.
 */
export function openSecrets(dataFolder: string, credentials: string, before: unknown): KeysElsewhere {
  const names = namesIn(credentials)
  const inKeys = (name: string) => join(dataFolder, 'keys', name)
  const given = secretKeys.filter(name => names.includes(name))
  for (const name of given) {
    readSecret(credentials, name)
    if (existsSync(inKeys(name)))
      throw secretProblem('secret-given-twice', { secret: name, places: [join(credentials, name), inKeys(name)] })
  }
  const missing = (Array.isArray(before) ? before : []).filter(
    name => secretKeys.includes(name) && !names.includes(name) && !existsSync(inKeys(name)),
  )
  if (missing.length > 0) throw secretProblem('secret-not-given', { secret: missing.join(', ') })
  credentialsOf.set(dataFolder, credentials)
  return given
}

/** From where each secret comes that an installation has, without a word of it. */
export type SecretSource = { readonly secret: string; readonly from: 'credentials' | 'keys' | 'environment' | 'config' }

export const sourcesOfKeys = (dataFolder: string): SecretSource[] =>
  secretKeys
    .map(name => ({ name, ...placeOfKey(dataFolder, name) }))
    .filter(({ path }) => existsSync(path))
    .map(({ name, isOurs }) => ({ secret: name, from: isOurs ? 'keys' : 'credentials' }))
