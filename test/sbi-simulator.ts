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
import { drawRidges, fingerRecord, liveFrame } from './ridges.ts'

/**
 * A slap scanner that speaks the Secure Biometric Interface (MOSIP, 0.9.5) as a device service does, with an authority of its own that nobody
 * else trusts. It draws its fingers. Node's own HTTP server refuses methods that it does not know, so requests are read here by hand.
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

export type CaptureAsked = { readonly subtypes: readonly string[]; readonly exceptions: readonly string[]; readonly previousHash: string }

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 } as const

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
    extensions: [new BasicConstraintsExtension(false, undefined, true), new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true)],
  })
  const der = (certificate: X509Certificate) => Buffer.from(certificate.rawData).toString('base64')
  const header = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT', x5c: [der(device)] })).toString('base64url')
  return {
    root: der(authority),
    async sign(claims) {
      const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
      return `${signed}.${Buffer.from(await crypto.subtle.sign(algorithm, own.privateKey, Buffer.from(signed))).toString('base64url')}`
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
  return { request: { method: line.split(' ')[0] ?? '', origin: head('origin'), body }, rest: text.subarray(end + 4 + length) }
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
  const heads = ['HTTP/1.1 200 OK', ...shared(origin), `Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`]
  socket.write(`${heads.join('\r\n')}\r\n\r\n${body}`)
}

const failure = (errorCode: string) => ({ errorCode, errorInfo: `simulated ${errorCode}` })
const wait = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

/** Listens on the port, or on the first free one of 4501 to 4600. */
export async function startSbiSimulator({ port, ...first }: Behaviour & { port?: number } = {}): Promise<Simulator> {
  const signer = await makeSigner()
  let now: Behaviour = first
  let taking = false
  const asked: CaptureAsked[] = []
  const sockets = new Set<Socket>()

  const digitalId = {
    serialNo: '202300012345',
    make: 'Simulated',
    model: 'Slap 1',
    type: 'Finger',
    deviceSubType: 'Slap',
    deviceProvider: 'Simulated maker',
    deviceProviderId: 'SIM',
    dateTime: new Date().toISOString(),
  }
  const statuses = { ready: 'Ready', busy: 'Busy', unplugged: 'Not Ready', 'not-registered': 'Not Registered' } as const
  const told = (callback: number) => ({
    deviceId: 'slap-1',
    deviceStatus: statuses[now.device ?? 'ready'],
    certification: 'L0',
    serviceVersion: '0.9.5',
    deviceSubId: ['1', '2', '3'],
    callbackId: `http://127.0.0.1:${callback}`,
    deviceCode: 'b692b595-3523-4c1e-99fc-bd76e35f190f',
    specVersion: ['0.9.5'],
    purpose: 'Registration',
  })

  const discovered = (callback: number) =>
    now.device === 'unplugged'
      ? [{ deviceId: '', deviceStatus: '', error: failure('503') }]
      : [{ ...told(callback), digitalId: Buffer.from(JSON.stringify(digitalId)).toString('base64url'), error: failure('0') }]

  const informed = async (callback: number) => {
    if (now.device === 'unplugged') return [{ deviceInfo: '', error: failure('106') }]
    const info = { ...told(callback), digitalId: await signer.sign(digitalId), env: 'Developer', firmware: '1.0' }
    if (now.device === 'not-registered')
      return [{ deviceInfo: Buffer.from(JSON.stringify(info)).toString('base64url'), error: failure('100') }]
    return [{ deviceInfo: await signer.sign(info), error: failure('0') }]
  }

  const scoreOf = (finger: string) => (typeof now.score === 'object' ? (now.score[finger] ?? 80) : (now.score ?? 80))

  async function captured(body: string): Promise<unknown> {
    const request = JSON.parse(body) as {
      transactionId: string
      env: string
      bio: readonly { bioSubType: readonly string[]; exception: readonly string[]; requestedScore: string; previousHash: string }[]
    }
    const [bio] = request.bio
    if (!bio) return { biometrics: [{ specVersion: '0.9.5', data: '', hash: '', error: failure('113') }] }
    asked.push({ subtypes: bio.bioSubType, exceptions: bio.exception, previousHash: bio.previousHash })
    const refused = (code: string) => ({ biometrics: [{ specVersion: '0.9.5', data: '', hash: '', error: failure(code) }] })
    if (now.device === 'unplugged') return refused('705')
    if (taking || now.device === 'busy') return refused('703')
    taking = true
    await wait(now.takes ?? 0).finally(() => {
      taking = false
    })
    if (now.capture === 'times-out') return refused('701')

    let previous = bio.previousHash || emptyHash
    const biometrics: unknown[] = []
    for (const finger of bio.bioSubType) {
      const drawn = now.capture === 'another-finger' ? 'Left Thumb' : finger
      const position = positions[drawn] ?? 0
      const record = fingerRecord(position, scoreOf(finger), drawRidges(position))
      const joined = Buffer.concat([Buffer.from(previous, 'hex'), createHash('sha256').update(record).digest()])
      const hash = createHash('sha256').update(joined).digest('hex').toUpperCase()
      previous = now.capture === 'breaks-chain' ? emptyHash : hash
      const data = await signer.sign({
        digitalId: await signer.sign(digitalId),
        deviceCode: told(0).deviceCode,
        deviceServiceVersion: '0.9.5',
        bioType: 'Finger',
        bioSubType: finger,
        purpose: 'Registration',
        env: request.env,
        bioValue: record.toString('base64url'),
        transactionId: now.capture === 'replays' ? 'of-another-person' : request.transactionId,
        timestamp: new Date().toISOString(),
        requestedScore: bio.requestedScore,
        qualityScore: String(scoreOf(finger)),
      })
      biometrics.push({ specVersion: '0.9.5', data: now.capture === 'tampered' ? alter(data) : data, hash, error: failure('0') })
    }
    return { biometrics }
  }

  async function streamed(socket: Socket, { origin, body }: Request) {
    const { deviceSubId } = JSON.parse(body) as { deviceSubId: string }
    const heads = [
      'HTTP/1.1 200 OK',
      ...shared(origin),
      'Content-Type: multipart/x-mixed-replace; boundary=--BoundaryString',
      'Connection: close',
    ]
    socket.write(`${heads.join('\r\n')}\r\n\r\n`)
    const seeds = { 1: [10, 9, 8, 7], 2: [2, 3, 4, 5], 3: [6, 1] }[deviceSubId] ?? [1]
    const frame = await liveFrame(seeds)
    while (!socket.destroyed) {
      socket.write(`--BoundaryString\r\nContent-Type: image/jpeg\r\nContent-Length: ${frame.length}\r\n\r\n`)
      socket.write(frame)
      socket.write('\r\n\r\n')
      await wait(200)
    }
  }

  async function serve(socket: Socket, request: Request, own: number) {
    const { method, origin, body } = request
    if (method === 'OPTIONS') return answer(socket, origin, '')
    if (method === 'MOSIPDISC') return answer(socket, origin, JSON.stringify(discovered(own)))
    if (method === 'MOSIPDINFO') return answer(socket, origin, JSON.stringify(await informed(own)))
    if (method === 'RCAPTURE') return answer(socket, origin, JSON.stringify(await captured(body)))
    if (method === 'STREAM') return streamed(socket, request)
    return answer(socket, origin, JSON.stringify({ error: failure('500') }))
  }

  const server = createServer(socket => {
    sockets.add(socket)
    let waiting: Buffer = Buffer.alloc(0)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.on('data', piece => {
      waiting = Buffer.concat([waiting, piece])
      for (let next = takeRequest(waiting); next; next = takeRequest(waiting)) {
        waiting = next.rest
        void serve(socket, next.request, own)
      }
    })
  })
  const own = await listen(server, port)
  return {
    port: own,
    root: signer.root,
    asked,
    behave(behaviour) {
      now = behaviour
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
