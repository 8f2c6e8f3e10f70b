import 'reflect-metadata'
import { createHash } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { drawRidges, fingerRecord, liveFrame } from './fingerprint-images.ts'

/**
 * A slap scanner that speaks the Secure Biometric Interface (MOSIP, 0.9.5) as a device service does, with an authority
 * of its own that nobody else trusts. It draws its fingers. Node's own HTTP server refuses methods that it does not
 * know, so requests are read here by hand.
 */

export type Behaviour = {
  /** The score of every finger, 0 to 100; or by the finger's name on the wire. */
  readonly score?: number | Readonly<Record<string, number>>
  readonly device?: 'ready' | 'busy' | 'unplugged' | 'not-registered'
  readonly capture?: 'well' | 'times-out' | 'tampered' | 'breaks-chain' | 'another-finger' | 'replays'
  /** In milliseconds, before a capture is answered. */
  readonly takes?: number
}

export type Simulator = {
  readonly port: number
  /** The certificate of the authority above the device, DER in base64. */
  readonly root: string
  /** Every capture that was asked for, in order. */
  readonly asked: readonly CaptureAsked[]
  behave(behaviour: Behaviour): void
  close(): Promise<void>
}

export type CaptureAsked = {
  readonly subtypes: readonly string[]
  readonly exceptions: readonly string[]
  readonly previousHash: string
}

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
} as const

/** Position codes of ISO/IEC 19794-4, by the name on the wire. */
const positions: Readonly<Record<string, number>> = {
  'Right Thumb': 1,
  'Right IndexFinger': 2,
  'Right MiddleFinger': 3,
  'Right RingFinger': 4,
  'Right LittleFinger': 5,
  'Left Thumb': 6,
  'Left IndexFinger': 7,
  'Left MiddleFinger': 8,
  'Left RingFinger': 9,
  'Left LittleFinger': 10,
}

type Signer = { readonly root: string; sign(claims: unknown): Promise<string> }

async function makeSigner(): Promise<Signer> {
  const make = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const [above, own] = await Promise.all([make(), make()])
  const span = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 30 * 86_400_000) }
  const authority = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Simulated device maker',
    ...span,
    keys: above,
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(true, 0, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)],
  })
  const device = await X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=Simulated slap scanner',
    issuer: authority.subject,
    ...span,
    signingKey: above.privateKey,
    publicKey: own.publicKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    ],
  })
  const der = (certificate: X509Certificate) => Buffer.from(certificate.rawData).toString('base64')
  const header = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT', x5c: [der(device)] })).toString('base64url')
  return {
    root: der(authority),
    async sign(claims) {
      const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
      return `${signed}.${Buffer.from(
        await crypto.subtle.sign(algorithm, own.privateKey, Buffer.from(signed)),
      ).toString('base64url')}`
    },
  }
}

const emptyHash = createHash('sha256').update('').digest('hex')

type Request = { readonly method: string; readonly origin: string; readonly body: string }

/** The next whole request in what has come, and the rest. */
function takeRequest(text: Buffer): { request: Request; rest: Buffer } | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [line = '', ...heads] = text.toString('latin1', 0, end).split('\r\n')
  const head = (name: string) =>
    heads
      .find(one => one.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  const length = Number(head('content-length') || 0)
  if (text.length < end + 4 + length) return undefined
  const body = text.toString('utf8', end + 4, end + 4 + length)
  return {
    request: { method: line.split(' ')[0] ?? '', origin: head('origin'), body },
    rest: text.subarray(end + 4 + length),
  }
}

const shared = (origin: string) => [
  `Access-Control-Allow-Origin: ${origin || '*'}`,
  'Access-Control-Allow-Methods: OPTIONS, RCAPTURE, CAPTURE, MOSIPDINFO, MOSIPDISC, STREAM',
  'Access-Control-Allow-Headers: Content-Type',
  // Browsers that still ask by the earlier draft (Private Network Access).
  'Access-Control-Allow-Private-Network: true',
  'Cache-Control: no-store',
]

function answer(socket: Socket, origin: string, body: string, type = 'application/json') {
  const heads = [
    'HTTP/1.1 200 OK',
    ...shared(origin),
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.write(`${heads.join('\r\n')}\r\n\r\n${body}`)
}

const failure = (errorCode: string) => ({ errorCode, errorInfo: `simulated ${errorCode}` })
const wait = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

/** The device on its bench: how it behaves now, and what was asked of it. */
type Bench = {
  readonly signer: Signer
  readonly asked: CaptureAsked[]
  behaviour: Behaviour
  taking: boolean
}

const deviceCode = 'b692b595-3523-4c1e-99fc-bd76e35f190f'

const digitalId = () => ({
  serialNo: '202300012345',
  make: 'Simulated',
  model: 'Slap 1',
  type: 'Finger',
  deviceSubType: 'Slap',
  deviceProvider: 'Simulated maker',
  deviceProviderId: 'SIM',
  dateTime: new Date().toISOString(),
})

const statuses = { ready: 'Ready', busy: 'Busy', unplugged: 'Not Ready', 'not-registered': 'Not Registered' } as const

const told = ({ behaviour }: Bench, port: number) => ({
  deviceId: 'slap-1',
  deviceStatus: statuses[behaviour.device ?? 'ready'],
  certification: 'L0',
  serviceVersion: '0.9.5',
  deviceSubId: ['1', '2', '3'],
  callbackId: `http://127.0.0.1:${port}`,
  deviceCode,
  specVersion: ['0.9.5'],
  purpose: 'Registration',
})

const inBase64 = (claims: unknown) => Buffer.from(JSON.stringify(claims)).toString('base64url')

/** MOSIPDISC: nothing of it is signed. */
const discovered = (bench: Bench, port: number) =>
  bench.behaviour.device === 'unplugged'
    ? [{ deviceId: '', deviceStatus: '', error: failure('503') }]
    : [{ ...told(bench, port), digitalId: inBase64(digitalId()), error: failure('0') }]

/** MOSIPDINFO: signed by a device that is registered. */
async function informed(bench: Bench, port: number) {
  const { signer, behaviour } = bench
  if (behaviour.device === 'unplugged') return [{ deviceInfo: '', error: failure('106') }]
  const info = { ...told(bench, port), digitalId: await signer.sign(digitalId()), env: 'Developer', firmware: '1.0' }
  if (behaviour.device === 'not-registered') return [{ deviceInfo: inBase64(info), error: failure('100') }]
  return [{ deviceInfo: await signer.sign(info), error: failure('0') }]
}

type CaptureBody = {
  readonly transactionId: string
  readonly env: string
  readonly bio: readonly {
    readonly bioSubType: readonly string[]
    readonly exception: readonly string[]
    readonly requestedScore: string
    readonly previousHash: string
  }[]
}

const refused = (code: string) => ({ biometrics: [{ specVersion: '0.9.5', data: '', hash: '', error: failure(code) }] })

/** RCAPTURE: every finger that was asked for, each chained to the one before. */
async function captured(bench: Bench, body: string): Promise<unknown> {
  const request = JSON.parse(body) as CaptureBody
  const [bio] = request.bio
  if (!bio) return refused('113')
  bench.asked.push({ subtypes: bio.bioSubType, exceptions: bio.exception, previousHash: bio.previousHash })
  if (bench.behaviour.device === 'unplugged') return refused('705')
  if (bench.taking || bench.behaviour.device === 'busy') return refused('703')
  bench.taking = true
  await wait(bench.behaviour.takes ?? 0)
  bench.taking = false
  if (bench.behaviour.capture === 'times-out') return refused('701')

  let previous = bio.previousHash || emptyHash
  const biometrics: unknown[] = []
  for (const finger of bio.bioSubType) {
    const { block, hash } = await oneFinger(bench, request, finger, previous)
    biometrics.push(block)
    previous = bench.behaviour.capture === 'breaks-chain' ? emptyHash : hash
  }
  return { biometrics }
}

async function oneFinger({ behaviour, signer }: Bench, request: CaptureBody, finger: string, previous: string) {
  const score = typeof behaviour.score === 'object' ? (behaviour.score[finger] ?? 80) : (behaviour.score ?? 80)
  const position = positions[behaviour.capture === 'another-finger' ? 'Left Thumb' : finger] ?? 0
  const record = fingerRecord(position, score, drawRidges(position))
  const joined = Buffer.concat([Buffer.from(previous, 'hex'), createHash('sha256').update(record).digest()])
  const hash = createHash('sha256').update(joined).digest('hex').toUpperCase()
  const data = await signer.sign({
    digitalId: await signer.sign(digitalId()),
    deviceCode,
    deviceServiceVersion: '0.9.5',
    bioType: 'Finger',
    bioSubType: finger,
    purpose: 'Registration',
    env: request.env,
    bioValue: record.toString('base64url'),
    transactionId: behaviour.capture === 'replays' ? 'of-another-person' : request.transactionId,
    timestamp: new Date().toISOString(),
    requestedScore: request.bio[0]?.requestedScore,
    qualityScore: String(score),
  })
  const block = {
    specVersion: '0.9.5',
    data: behaviour.capture === 'tampered' ? alter(data) : data,
    hash,
    error: failure('0'),
  }
  return { block, hash }
}

/** STREAM: the fingers of the part that was asked for, five times a second until nobody listens. */
async function streamed(socket: Socket, { origin, body }: Request) {
  const { deviceSubId } = JSON.parse(body) as { deviceSubId: string }
  const kind = 'Content-Type: multipart/x-mixed-replace; boundary=--BoundaryString'
  socket.write(`${['HTTP/1.1 200 OK', ...shared(origin), kind, 'Connection: close'].join('\r\n')}\r\n\r\n`)
  const seeds = { 1: [10, 9, 8, 7], 2: [2, 3, 4, 5], 3: [6, 1] }[deviceSubId] ?? [1]
  const frame = await liveFrame(seeds)
  while (!socket.destroyed) {
    socket.write(`--BoundaryString\r\nContent-Type: image/jpeg\r\nContent-Length: ${frame.length}\r\n\r\n`)
    socket.write(frame)
    socket.write('\r\n\r\n')
    await wait(200)
  }
}

async function serve(bench: Bench, port: number, socket: Socket, request: Request) {
  const { method, origin, body } = request
  if (method === 'STREAM') return streamed(socket, request)
  if (method === 'OPTIONS') return answer(socket, origin, '')
  answer(socket, origin, JSON.stringify(await replyTo(bench, port, method, body)))
}

async function replyTo(bench: Bench, port: number, method: string, body: string): Promise<unknown> {
  if (method === 'MOSIPDISC') return discovered(bench, port)
  if (method === 'MOSIPDINFO') return informed(bench, port)
  if (method === 'RCAPTURE') return captured(bench, body)
  return { error: failure('500') }
}

/** Listens on the port, or on the first free one of 4501 to 4600. */
export async function startSbiSimulator({
  port: wished,
  ...behaviour
}: Behaviour & { port?: number } = {}): Promise<Simulator> {
  const bench: Bench = { signer: await makeSigner(), asked: [], behaviour, taking: false }
  const sockets = new Set<Socket>()
  let port = 0
  const server = createServer(socket => {
    sockets.add(socket)
    let waiting: Buffer = Buffer.alloc(0)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.on('data', piece => {
      waiting = Buffer.concat([waiting, piece])
      for (let next = takeRequest(waiting); next; next = takeRequest(waiting)) {
        waiting = next.rest
        void serve(bench, port, socket, next.request)
      }
    })
  })
  port = await listen(server, wished)
  return {
    port,
    root: bench.signer.root,
    asked: bench.asked,
    behave(next) {
      bench.behaviour = next
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Changes one character in the middle of what was signed. */
function alter(compact: string): string {
  const [head = '', body = '', seal = ''] = compact.split('.')
  const middle = body.length >> 1
  return [head, body.slice(0, middle) + (body[middle] === 'A' ? 'B' : 'A') + body.slice(middle + 1), seal].join('.')
}

async function listen(server: ReturnType<typeof createServer>, wished?: number): Promise<number> {
  const wishes = wished === undefined ? Array.from({ length: 100 }, (_, at) => 4501 + at) : [wished]
  for (const port of wishes) {
    const free = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (free) return port
  }
  throw new Error('no port from 4501 to 4600 is free')
}
