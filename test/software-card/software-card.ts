import { constants, createHash, createPrivateKey, type KeyObject, privateEncrypt, randomBytes, sign } from 'node:crypto'
import {
  big,
  type CardCipher,
  type CardCurve,
  cbc,
  curvesOfCard,
  derived,
  join,
  macOf,
  membersOf,
  ofBig,
  pad,
  randomScalar,
  tlv,
} from './card-cryptography.ts'
import { type CardCommand, type CardReply, CardSession, readCommand, replyBytes } from './card-session.ts'

/**
 * A card of software: it answers commands as a chip of ICAO 9303-10 and 9303-11 does, with files and keys as they are
 * personalised. It shares no code with what reads chips.
 */
export type SoftwareCardContent = {
  /** `EF_COM`, `EF_SOD`, `EF_CardAccess`, `EF_CardSecurity`, `DG1` …. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** PKCS #8. */
  readonly keys: { readonly activeAuthentication: Uint8Array; readonly chipAuthentication: Uint8Array }
  readonly accessNumber?: string
  /** Files that it has and shows to nobody. */
  readonly withholds?: readonly string[]
  /** The parameters of PACE and of the chip's own key (ICAO 9303-11, table 6). */
  readonly parameterId?: keyof typeof curvesOfCard
}

const empty = Buffer.alloc(0)
const instructions = {
  select: 0xa4,
  readBinary: 0xb0,
  readBinaryOdd: 0xb1,
  getChallenge: 0x84,
  externalAuthenticate: 0x82,
  manageSecurityEnvironment: 0x22,
  generalAuthenticate: 0x86,
  internalAuthenticate: 0x88,
} as const
const ok = (data: Uint8Array = empty): CardReply => ({ data, status: 0x9000 })
const refused = (status: number): CardReply => ({ status })

const fileNames: Readonly<Record<string, string>> = {
  '11c': 'EF_CardAccess',
  '11e': 'EF_COM',
  '11d': 'EF_SOD',
  ...Object.fromEntries(Array.from({ length: 16 }, (_, at) => [(0x101 + at).toString(16), `DG${at + 1}`])),
}
const ciphers: Readonly<Record<number, CardCipher>> = { 1: '3des', 2: 'aes-128', 3: 'aes-192', 4: 'aes-256' }

/** What the zone in DG1 says of document number, birth and term, with their check digits. */
function zoneSecret(group: Uint8Array): Buffer {
  const zone = Buffer.from(group).subarray(-90).toString('latin1')
  const text = zone.slice(5, 15) + zone.slice(30, 37) + zone.slice(38, 45)
  return createHash('sha1').update(text).digest()
}

type PaceState = {
  readonly oid: Buffer
  readonly cipher: CardCipher
  readonly secret: Uint8Array
  readonly curve: CardCurve
  nonce?: bigint
  mapping?: bigint
  mapped?: InstanceType<CardCurve['Point']>
  theirs?: Buffer
  ours?: Buffer
  agreed?: Buffer
}

const scalarOf = (key: KeyObject) => big(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'))

export class SoftwareCard {
  readonly #content: SoftwareCardContent
  readonly #curve: CardCurve
  readonly #chipSecret: bigint
  readonly #activeKey: KeyObject
  #inApplication = false
  #selected: Uint8Array | undefined
  #session: CardSession | undefined
  #nextSession: CardSession | undefined
  #challenge: Buffer | undefined
  #pace: PaceState | undefined
  #agreesBy: CardCipher | undefined

  constructor(content: SoftwareCardContent) {
    this.#content = content
    this.#curve = curvesOfCard[content.parameterId ?? 12]
    const keyOf = (pkcs8: Uint8Array) => createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    this.#chipSecret = scalarOf(keyOf(content.keys.chipAuthentication))
    this.#activeKey = keyOf(content.keys.activeAuthentication)
  }

  /** One command, one answer. */
  async transmit(bytes: Uint8Array): Promise<Uint8Array> {
    const command = readCommand(bytes)
    if (!command) return replyBytes(refused(0x6700))
    if ((command.cla & 0x0c) === 0) {
      this.#session = undefined
      return replyBytes(this.#answer(command))
    }
    const session = this.#session
    const inner = session?.unwrap(command)
    if (!session || !inner) {
      this.#session = undefined
      return replyBytes(refused(session ? 0x6988 : 0x6982))
    }
    const wrapped = session.wrap(command.ins, this.#answer(inner))
    if (this.#nextSession) this.#session = this.#nextSession
    this.#nextSession = undefined
    return wrapped
  }

  #answer(command: CardCommand): CardReply {
    const answers: Readonly<Record<number, (command: CardCommand) => CardReply>> = {
      [instructions.select]: one => this.#select(one),
      [instructions.readBinary]: one => this.#read(one.p1p2, one.le ?? 0),
      [instructions.readBinaryOdd]: one => this.#readFar(one),
      [instructions.getChallenge]: () => this.#draw(),
      [instructions.externalAuthenticate]: one => this.#authenticateMutually(one),
      [instructions.manageSecurityEnvironment]: one => this.#choose(one),
      [instructions.generalAuthenticate]: one => this.#authenticate(one),
      [instructions.internalAuthenticate]: one => this.#signChallenge(one),
    }
    return answers[command.ins]?.(command) ?? refused(0x6d00)
  }

  #select({ p1p2, data }: CardCommand): CardReply {
    this.#selected = undefined
    if (p1p2 === 0x040c) {
      if (data.toString('hex') !== 'a0000002471001') return refused(0x6a82)
      this.#inApplication = true
      return ok()
    }
    if (p1p2 === 0x000c) {
      this.#inApplication = false
      return ok()
    }
    const id = data.readUInt16BE(0).toString(16)
    const name = id === '11d' && !this.#inApplication ? 'EF_CardSecurity' : (fileNames[id] ?? '')
    const isRoot = name === 'EF_CardAccess' || name === 'EF_CardSecurity'
    const file = isRoot === !this.#inApplication ? this.#content.files.get(name) : undefined
    if (name !== 'EF_CardAccess' && !this.#session) return refused(0x6982)
    if (this.#content.withholds?.includes(name)) return refused(0x6982)
    if (!file) return refused(0x6a82)
    this.#selected = file
    return ok()
  }

  #read(offset: number, most: number): CardReply {
    if (!this.#selected) return refused(0x6986)
    if (offset >= this.#selected.length) return refused(0x6b00)
    const data = this.#selected.subarray(offset, offset + most)
    return { data, status: data.length < most && most < 256 ? 0x6282 : 0x9000 }
  }

  #readFar({ data, le = 0 }: CardCommand): CardReply {
    const place = membersOf(data).get(0x54)
    if (!place) return refused(0x6a80)
    const { data: read = empty, status } = this.#read(Number(big(place)), le - (le < 130 ? 2 : 3))
    return { data: tlv(0x53, read), status }
  }

  #draw(): CardReply {
    this.#challenge = randomBytes(8)
    return ok(this.#challenge)
  }

  #authenticateMutually({ data }: CardCommand): CardReply {
    const group = this.#content.files.get('DG1')
    const challenge = this.#challenge
    if (!group || !challenge || data.length !== 40) return refused(0x6985)
    const seed = zoneSecret(group).subarray(0, 16)
    const [encryption, mac] = [derived('3des', seed, 1), derived('3des', seed, 2)]
    this.#challenge = undefined
    if (!macOf('3des', mac, data.subarray(0, 32)).equals(data.subarray(32))) return refused(0x6300)
    const said = cbc('decrypt', '3des', encryption, data.subarray(0, 32))
    if (!said.subarray(8, 16).equals(challenge)) return refused(0x6300)
    const half = randomBytes(16)
    const proof = cbc('encrypt', '3des', encryption, join(challenge, said.subarray(0, 8), half))
    const secret = half.map((byte, at) => byte ^ (said[16 + at] ?? 0))
    this.#session = new CardSession('3des', secret, big(join(challenge.subarray(4), said.subarray(4, 8))))
    return ok(join(proof, macOf('3des', mac, proof)))
  }

  #choose({ p1p2, data }: CardCommand): CardReply {
    const members = membersOf(data)
    const oid = members.get(0x80) ?? empty
    if (p1p2 === 0x41a6) {
      this.#agree('3des', members.get(0x91) ?? empty)
      return ok()
    }
    const cipher = ciphers[oid.at(-1) ?? 0]
    if (!cipher) return refused(0x6a80)
    if (p1p2 === 0x41a4) {
      // Optional for triple DES (9303-11, section 6.2.4): this card is one that has it not.
      if (cipher === '3des') return refused(0x6a80)
      this.#agreesBy = cipher
      return ok()
    }
    const offered = Buffer.from(this.#content.files.get('EF_CardAccess') ?? empty).includes(oid)
    const { accessNumber = '' } = this.#content
    const byZone = members.get(0x83)?.[0] === 1
    const secret = byZone ? zoneSecret(this.#content.files.get('DG1') ?? empty) : Buffer.from(accessNumber)
    if (p1p2 !== 0xc1a4 || !offered || secret.length === 0) return refused(0x6a80)
    this.#pace = { oid, cipher, secret, curve: this.#curve }
    return ok()
  }

  /** Chip authentication: the keys of the line after this answer. */
  #agree(cipher: CardCipher, point: Uint8Array): void {
    const shared = this.#curve.Point.fromBytes(point).multiply(this.#chipSecret)
    this.#nextSession = new CardSession(cipher, shared.toBytes(false).subarray(1, 1 + this.#curve.Point.Fp.BYTES))
  }

  #authenticate({ cla, data }: CardCommand): CardReply {
    const members = membersOf(membersOf(data).get(0x7c) ?? empty)
    const point = members.get(0x80)
    if (cla === 0 && point && this.#agreesBy) {
      this.#agree(this.#agreesBy, point)
      this.#agreesBy = undefined
      return ok(tlv(0x7c, []))
    }
    const state = this.#pace
    if (!state) return refused(0x6985)
    return this.#paceStep(state, members)
  }

  #paceStep(state: PaceState, members: Map<number, Buffer>): CardReply {
    const { Point } = state.curve
    const [mapping, agreement, token] = [members.get(0x81), members.get(0x83), members.get(0x85)]
    if (mapping && state.nonce !== undefined) {
      const secret = randomScalar(state.curve)
      state.mapping = secret
      const shared = Point.fromBytes(mapping).multiply(secret)
      state.mapped = Point.BASE.multiply(state.nonce % Point.Fn.ORDER).add(shared)
      return ok(tlv(0x7c, tlv(0x82, Point.BASE.multiply(secret).toBytes(false))))
    }
    if (agreement && state.mapped) {
      const secret = randomScalar(state.curve)
      state.theirs = agreement
      state.ours = Buffer.from(state.mapped.multiply(secret).toBytes(false))
      const shared = Point.fromBytes(agreement).multiply(secret).toBytes(false)
      state.agreed = Buffer.from(shared.subarray(1, 1 + Point.Fp.BYTES))
      return ok(tlv(0x7c, tlv(0x84, state.ours)))
    }
    if (token && state.agreed && state.theirs && state.ours) return this.#paceEnd(state, token)
    const nonce = randomBytes(16)
    state.nonce = big(nonce)
    return ok(tlv(0x7c, tlv(0x80, cbc('encrypt', state.cipher, derived(state.cipher, state.secret, 3), nonce))))
  }

  #paceEnd(
    { oid, cipher, curve, mapping = 0n, theirs = empty, ours = empty, agreed = empty }: PaceState,
    token: Buffer,
  ) {
    const session = new CardSession(cipher, agreed)
    const { encryption, mac } = session.keys
    const over = (point: Buffer) => macOf(cipher, mac, tlv(0x7f49, join(tlv(0x06, oid), tlv(0x86, point))))
    this.#pace = undefined
    if (!over(ours).equals(token)) return refused(0x6300)
    const { Fn } = curve.Point
    const iv = oid.at(-2) === 6 ? cbc('encrypt', cipher, encryption, Buffer.alloc(16, 0xff)) : undefined
    const chipData = ofBig(Fn.mul(Fn.inv(Fn.create(this.#chipSecret)), mapping), curve.Point.Fp.BYTES)
    const proof = iv ? tlv(0x8a, cbc('encrypt', cipher, encryption, pad(chipData, 16), iv)) : empty
    this.#session = session
    return ok(tlv(0x7c, join(tlv(0x86, over(theirs)), proof)))
  }

  #signChallenge({ data }: CardCommand): CardReply {
    const key = this.#activeKey
    if (key.asymmetricKeyType === 'ec') return ok(sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }))
    const bytes = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8
    const own = randomBytes(bytes - 2 - 20)
    const digest = createHash('sha1').update(join(own, data)).digest()
    const message = join([0x6a], own, digest, [0xbc])
    return ok(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, message))
  }
}
