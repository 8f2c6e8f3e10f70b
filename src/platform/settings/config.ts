/**
 * Settings: what an operator says of an installation, from the file, the environment, the command line and the secret
 * manager. Decided: whether it can be used. Given: settings, and from where each secret comes. Deeds: none.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ipaddr from 'ipaddr.js'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { readOwnRates } from '../limits/own-rates.ts'
import { problems } from '../problem.ts'
import { credentialsFolderOf, type SecretSetting, type SecretSource, secretSettings, settingsFrom } from './secrets.ts'

/**
 * Everything that can be set, in `config.json` of the data folder; the environment variable named beside each wins over
 * it. docs/operations.md lists the same.
 */
export const Config = Type.Object(
  {
    port: Type.Integer({
      minimum: 0,
      maximum: 65535,
      default: 8080,
      description: 'DINHDANH_PORT: where the server listens',
    }),
    host: Type.String({
      default: '127.0.0.1',
      description: 'DINHDANH_HOST: the address it listens on; 0.0.0.0 for all',
    }),
    origin: Type.String({
      pattern: '^(https?://[^/]+)?$',
      default: '',
      description: 'DINHDANH_ORIGIN: how browsers reach it; empty = http://localhost:<port>',
    }),
    tls: Type.Boolean({
      default: false,
      description: 'DINHDANH_TLS: serve https with a certificate of our own making',
    }),
    trustProxy: Type.String({
      default: '',
      description: 'DINHDANH_TRUST_PROXY: addresses of a proxy whose X-Forwarded headers are believed',
    }),
    databaseUrl: Type.String({
      default: '',
      description: 'DATABASE_URL: an external PostgreSQL; empty = the embedded one',
    }),
    databaseAppUrl: Type.String({
      default: '',
      description:
        'DATABASE_APP_URL: the same database for the login dinhdanh_app; empty = its password is kept in keys/. Secret',
    }),
    databaseDirectUrl: Type.String({
      default: '',
      description:
        'DATABASE_DIRECT_URL: the same for the owner, past a pooler by transaction; empty = DATABASE_URL. Secret',
    }),
    runsJobs: Type.Boolean({
      default: true,
      description: 'DINHDANH_RUNS_JOBS: whether the server runs jobs too; false where workers do',
    }),
    demo: Type.Boolean({
      default: true,
      description: 'DINHDANH_DEMO: fill an empty house with a demonstration province',
    }),
    people: Type.Integer({
      minimum: 100,
      maximum: 20_000,
      default: 6000,
      description: 'DINHDANH_PEOPLE: how many people the demonstration province has',
    }),
    examOrigin: Type.String({
      pattern: '^https?://[^/]+$',
      default: 'http://localhost:8090',
      description: 'DINHDANH_EXAM_ORIGIN: where a demonstration house knows the exam registration',
    }),
    portalOrigin: Type.String({
      pattern: '^https?://[^/]+$',
      default: 'http://localhost:8091',
      description: 'DINHDANH_PORTAL_ORIGIN: where a demonstration house knows the public service portal',
    }),
    logLevel: Type.Union(
      [
        Type.Literal('debug'),
        Type.Literal('info'),
        Type.Literal('warn'),
        Type.Literal('error'),
        Type.Literal('silent'),
      ],
      {
        default: 'info',
        description: 'DINHDANH_LOG_LEVEL: debug, info, warn, error or silent',
      },
    ),
    smtpUrl: Type.String({
      pattern: '^(smtps?://([^\\s@/]+@)?[^\\s@/]+/?)?$',
      default: '',
      description:
        'DINHDANH_SMTP_URL: a mail server, smtps://user:password@host or smtp://…; empty = letters become files. ' +
        'Secret',
    }),
    mailFrom: Type.String({
      pattern: '^([^\\s@<>",;:]+@[^\\s@<>",;:]+)?$',
      default: '',
      description: 'DINHDANH_MAIL_FROM: the address that letters come from',
    }),
    smsUrl: Type.String({
      pattern: '^(smpps?://[^\\s]+)?$',
      default: '',
      description:
        'DINHDANH_SMS_URL: a gateway for texts, smpps://user:password@host:port?source=NAME; empty = texts become ' +
        'files. Secret',
    }),
    smsPrice: Type.Integer({
      minimum: 0,
      maximum: 100_000,
      default: 0,
      description: 'DINHDANH_SMS_PRICE: what a part of a text costs, in đồng',
    }),
    smsForm: Type.String({
      default: '',
      description: 'DINHDANH_SMS_FORM: a file that describes a gateway for texts over HTTP; empty = none',
    }),
    smsFormSecrets: Type.String({
      default: '',
      description: 'DINHDANH_SMS_FORM_SECRETS: what its marks {{secret.NAME}} stand for, a JSON object. Secret',
    }),
    zaloForm: Type.String({
      default: '',
      description:
        'DINHDANH_ZALO_FORM: a file with the application and the templates of an official account; empty = none',
    }),
    zaloSecrets: Type.String({
      default: '',
      description: 'DINHDANH_ZALO_SECRETS: appSecret, oaSecret and the first refreshToken, a JSON object. Secret',
    }),
    phoneOrder: Type.String({
      pattern: '^(zalo|smpp|http)(,(zalo|smpp|http)){0,2}$',
      default: 'zalo,smpp,http',
      description: 'DINHDANH_PHONE_ORDER: in which order gateways are tried for a phone, of those that are set',
    }),
    sandboxHosts: Type.String({
      pattern: '^([a-zA-Z0-9.:-]+( *, *[a-zA-Z0-9.:-]+)*)?$',
      default: '',
      description:
        'DINHDANH_SANDBOX_HOSTS: hosts, separated by commas, at which keys and logout addresses of sandbox clients ' +
        'may stand; empty = none, since nobody approves those clients',
    }),
    logTo: Type.String({
      pattern: '^(tls://[^\\s/:@]+:\\d+)?$',
      default: '',
      description: 'DINHDANH_LOG_TO: another system that takes the log and the heads, tls://host:6514 (RFC 5425)',
    }),
    slowRequestMs: Type.Integer({
      minimum: 1,
      maximum: 600_000,
      default: 1000,
      description: 'DINHDANH_SLOW_REQUEST_MS: milliseconds from which on an answer is logged and kept as slow',
    }),
    requestsAMinute: Type.String({
      maxLength: 500,
      default: '',
      description:
        'DINHDANH_REQUESTS_A_MINUTE: other limits of a minute than ours, as general=2400, officers-sign-in=3000 ' +
        '(docs/limits.md); empty = none',
    }),
    drainSeconds: Type.Integer({
      minimum: 0,
      maximum: 300,
      default: 0,
      description:
        'DINHDANH_DRAIN_SECONDS: how long a server that is told to end goes on to serve, while /health/ready says ' +
        'that it stops; for a proxy that shares out requests',
    }),
    accessLog: Type.Union([Type.Literal('file'), Type.Literal('off')], {
      default: 'file',
      description: 'DINHDANH_ACCESS_LOG: file = a line a request in log/ of the data folder, 256 MiB at most; off',
    }),
    operatorPort: Type.Integer({
      minimum: 0,
      maximum: 65535,
      default: 0,
      description:
        'DINHDANH_OPERATOR_PORT: a port of its own for /metrics and /health; 0 = none, and /metrics stays on the ' +
        'port of all pages, for this machine alone',
    }),
    operatorHost: Type.String({
      default: '127.0.0.1',
      description: 'DINHDANH_OPERATOR_HOST: the address on which that port is',
    }),
    workerPort: Type.Integer({
      minimum: 0,
      maximum: 65535,
      default: 0,
      description: 'DINHDANH_WORKER_PORT: a port of a worker for /metrics and /health, at operatorHost; 0 = none',
    }),
    tracesTo: Type.String({
      pattern: '^(https://[^\\s@]+|http://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\])(:\\d+)?/[^\\s@]*)?$',
      default: '',
      description:
        'DINHDANH_TRACES_TO: a collector of OpenTelemetry traces, http://127.0.0.1:4318/v1/traces of this machine or ' +
        'https://…; empty = none',
    }),
    tracesPercent: Type.Integer({
      minimum: 1,
      maximum: 100,
      default: 10,
      description: 'DINHDANH_TRACES_PERCENT: how many in a hundred requests and jobs are traced',
    }),
    tracesCallers: Type.String({
      pattern: '^([0-9a-fA-F.:]+(/\\d+)?( *, *[0-9a-fA-F.:]+(/\\d+)?)*)?$',
      default: '',
      description:
        'DINHDANH_TRACES_CALLERS: addresses or networks, separated by commas, whose traceparent is believed; empty = ' +
        'nobody',
    }),
    biometricEngine: Type.Union([Type.Literal('own'), Type.Literal('none')], {
      default: 'own',
      description:
        'DINHDANH_BIOMETRIC_ENGINE: own = faces of captures are compared here, by a thread of some 400 MB; none',
    }),
    scanner: Type.String({
      pattern: '^(unix:/\\S+|tcp://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\]):\\d+|tls://[^\\s/:@]+:\\d+)?$',
      default: '',
      description:
        'DINHDANH_SCANNER: the virus scanner, unix:/run/clamav/clamd.ctl, tcp://127.0.0.1:3310 of this machine, or ' +
        'tls://host:port; empty = none',
    }),
    abisUrl: Type.String({
      pattern:
        '^(https://[^\\s@]+|http://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\])(:\\d+)?(/[^\\s@]*)?|' +
        'amqps://([^\\s@/]+@)?[^\\s@/]+|' +
        'amqp://([^\\s@/]+@)?(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\])(:\\d+)?)?$',
      default: '',
      description:
        'DINHDANH_ABIS_URL: an engine of somebody else’s that searches people by their pictures, https://host/path, ' +
        'or its broker, amqps://user:password@host:5671; http and amqp of this machine alone; empty = none. Secret',
    }),
    abisToken: Type.String({
      pattern: '^[\\x21-\\x7e]{0,4000}$',
      default: '',
      description: 'DINHDANH_ABIS_TOKEN: what an engine over HTTP knows us by, sent as a bearer token. Secret',
    }),
    abisQueues: Type.String({
      pattern: '^[\\w.:/-]{1,100},[\\w.:/-]{1,100}$',
      default: 'mosip-to-abis,abis-to-mosip',
      description: 'DINHDANH_ABIS_QUEUES: the queue of requests and that of answers, with a comma',
    }),
    credentialsFolder: Type.String({
      default: '',
      description:
        'DINHDANH_CREDENTIALS_FOLDER: a folder that the secret manager mounts, a file a secret; empty = what systemd ' +
        'names in CREDENTIALS_DIRECTORY, else none',
    }),
    physicalBackups: Type.String({
      pattern: '^(/.*)?$',
      default: '',
      description:
        'DINHDANH_PHYSICAL_BACKUPS: a folder, best on another disk, for base backups and the archived log of the ' +
        'embedded PostgreSQL; empty = none',
    }),
    physicalBackupAt: Type.String({
      pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
      default: '01:30',
      description: 'DINHDANH_PHYSICAL_BACKUP_AT: when a base backup is made each day, in the time of the province',
    }),
    physicalBackupKeep: Type.String({
      pattern: '^[1-9]\\d?d( \\d{1,2}w)?( \\d{1,2}m)?$',
      default: '7d 4w 12m',
      description:
        'DINHDANH_PHYSICAL_BACKUP_KEEP: base backups that are kept: the last of so many days, weeks and months; the ' +
        'log since the oldest of them',
    }),
    walEverySeconds: Type.Integer({
      minimum: 10,
      maximum: 3600,
      default: 60,
      description: 'DINHDANH_WAL_EVERY_SECONDS: what was committed is archived after so many seconds at the latest',
    }),
    backupRecipients: Type.String({
      pattern: '^(age1[a-z0-9]+( *, *age1[a-z0-9]+)*)?$',
      default: '',
      description:
        'DINHDANH_BACKUP_RECIPIENTS: who may open the backups beside the installation, age1… with commas; empty = none',
    }),
    leapBirthday: Type.Union([Type.Literal('february-28'), Type.Literal('march-1')], {
      default: 'march-1',
      description: 'DINHDANH_LEAP_BIRTHDAY: the birthday in common years of those born on 29 February',
    }),
  },
  { additionalProperties: false },
)
export type Config = Static<typeof Config>

export const configProblem = problems({
  'config-invalid': {
    status: 500,
    title: 'The configuration cannot be used',
    vi: 'Cấu hình không dùng được',
    fix: '"wrong" names each setting, where it stands and what it should be.',
    fixVi: '"wrong" ghi từng mục, nơi ghi và cách ghi đúng.',
  },
})

const names = Object.keys(Config.properties) as (keyof Config)[]

/** portOf → DINHDANH_PORT_OF; the database's variables begin as every host knows them: databaseUrl → DATABASE_URL. */
function variableOf(name: string): string {
  const variable = name.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()
  return variable.startsWith('DATABASE_') ? variable : `DINHDANH_${variable}`
}

function fromFile(dataFolder: string): Record<string, unknown> {
  const path = join(dataFolder, 'config.json')
  if (!existsSync(path)) return {}
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  } catch {
    throw configProblem('config-invalid', { wrong: [{ setting: 'config.json', should: 'be a JSON object' }] })
  }
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Record<string, unknown> {
  const known = new Map(names.map(name => [variableOf(name), name]))
  const unknown = Object.keys(environment).filter(variable => variable.startsWith('DINHDANH_') && !known.has(variable))
  if (unknown.length)
    throw configProblem('config-invalid', {
      wrong: unknown.map(setting => ({ setting, should: 'not be set: no setting has this name' })),
    })
  return Object.fromEntries(
    [...known].flatMap(([variable, name]) => {
      const text = environment[variable]
      return text === undefined || text === '' ? [] : [[name, Value.Convert(Config.properties[name], text)]]
    }),
  )
}

/** The addresses and networks of a list. */
export const addressesInList = (list: string): readonly string[] =>
  list
    .split(',')
    .map(one => one.trim())
    .filter(one => one !== '')

const isNetwork = (text: string) => (text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text))

/** Settings that go together. */
function assertConsistent(config: Config): Config {
  if (config.smtpUrl && !config.mailFrom)
    throw configProblem('config-invalid', { wrong: [{ setting: 'mailFrom', should: 'be set, since smtpUrl is' }] })
  for (const other of ['databaseAppUrl', 'databaseDirectUrl'] as const)
    if (config[other] && !config.databaseUrl)
      throw configProblem('config-invalid', {
        wrong: [{ setting: 'databaseUrl', should: `be set, since ${other} is` }],
      })
  if (config.physicalBackups && config.databaseUrl)
    throw configProblem('config-invalid', {
      wrong: [
        { setting: 'physicalBackups', should: 'be empty, since an external PostgreSQL has its own (databaseUrl)' },
      ],
    })
  const { wrong: wrongRates } = readOwnRates(config.requestsAMinute)
  if (wrongRates) throw configProblem('config-invalid', { wrong: [{ setting: 'requestsAMinute', should: wrongRates }] })
  if (!addressesInList(config.tracesCallers).every(isNetwork))
    throw configProblem('config-invalid', {
      wrong: [{ setting: 'tracesCallers', should: 'be addresses or networks, such as 10.0.0.7, 10.1.0.0/16' }],
    })
  if (config.smtpUrl && !URL.canParse(config.smtpUrl))
    throw configProblem('config-invalid', {
      wrong: [{ setting: 'smtpUrl', should: 'be smtp://host or smtps://user:password@host:port' }],
    })
  return config
}

/** Node's own switch would have mail servers, parties and databases believed whatever they show. */
function refuseUncheckedCertificates(environment: NodeJS.ProcessEnv): void {
  const setting = 'NODE_TLS_REJECT_UNAUTHORIZED'
  if (environment[setting] === '0')
    throw configProblem('config-invalid', {
      wrong: [{ setting, should: 'not be 0: name an authority by NODE_EXTRA_CA_CERTS instead' }],
    })
}

/** What each place gives. A secret is given in one of them. */
function readSources(dataFolder: string, environment: NodeJS.ProcessEnv) {
  const [file, variables] = [fromFile(dataFolder), fromEnvironment(environment)]
  const named = variables['credentialsFolder'] ?? file['credentialsFolder'] ?? ''
  const credentialsFolder = typeof named === 'string' ? credentialsFolderOf(named, environment) : named
  const secrets = settingsFrom(typeof credentialsFolder === 'string' ? credentialsFolder : '', [
    { place: 'config.json', given: file },
    { place: 'the environment', given: variables },
  ])
  return { file, variables, credentialsFolder, secrets }
}

/** From where the secret settings of an installation come. */
export function sourcesOfSettings(dataFolder: string, environment: NodeJS.ProcessEnv): SecretSource[] {
  const { file, variables, secrets } = readSources(dataFolder, environment)
  return (Object.keys(secretSettings) as SecretSetting[]).flatMap((setting): SecretSource[] => {
    if (secrets[setting]) return [{ secret: setting, from: 'credentials' }]
    if (variables[setting]) return [{ secret: setting, from: 'environment' }]
    return file[setting] ? [{ secret: setting, from: 'config' }] : []
  })
}

/**
 * Reads and checks the settings: file, then environment, then what the command line said. Unknown names are refused.
 */
export function readConfig(
  dataFolder: string,
  environment: NodeJS.ProcessEnv,
  overrides: Partial<Config> = {},
): Config {
  refuseUncheckedCertificates(environment)
  const { file, variables, credentialsFolder, secrets } = readSources(dataFolder, environment)
  const given = Value.Default(Config, { ...file, ...variables, ...secrets, ...overrides, credentialsFolder })
  if (Value.Check(Config, given)) return assertConsistent(given)
  const unknown = Object.keys(given as object).filter(setting => !(setting in Config.properties))
  const wrong = [
    ...unknown.map(setting => ({ setting, should: 'not be set: no setting has this name' })),
    ...[...Value.Errors(Config, given)]
      .filter(({ instancePath }) => names.some(name => instancePath === `/${name}`))
      .map(({ instancePath, message }) => ({ setting: instancePath.slice(1), should: message })),
  ]
  throw configProblem('config-invalid', { wrong })
}

/** `host` or `host:port` of each, as a URL has it. */
export const sandboxHostsOf = ({ sandboxHosts }: Pick<Config, 'sandboxHosts'>): readonly string[] =>
  sandboxHosts
    .toLowerCase()
    .split(',')
    .map(host => host.trim())
    .filter(host => host !== '')

/** The engine of somebody else's that searches people by their pictures. */
export const abisSettingsOf = ({
  abisUrl,
  abisToken,
  abisQueues,
}: Pick<Config, 'abisUrl' | 'abisToken' | 'abisQueues'>) => {
  const [requests = '', answers = ''] = abisQueues.split(',')
  return { address: abisUrl, token: abisToken, queues: [requests, answers] as const }
}

/** How browsers reach the house. */
export const originOf = ({ origin, tls, port }: Pick<Config, 'origin' | 'tls' | 'port'>) =>
  origin || `${tls ? 'https' : 'http'}://localhost:${port}`
