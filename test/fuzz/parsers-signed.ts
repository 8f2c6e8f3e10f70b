import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import sharp from 'sharp'
import { checkFile } from '../../src/attachments/check-file.ts'
import { readSignedSheet } from '../../src/cards/hand-over/signed-pictures.ts'
import { readAgeFile } from '../../src/platform/archive/age-file.ts'
import { findPdfFault } from '../../src/platform/pdf/foreign-pdf.ts'
import {
  type StoredPasskey,
  verifiedAssertion,
  verifiedRegistration,
} from '../../src/platform/second-factor/passkey.ts'
import { anAuthenticator } from '../a-passkey.ts'
import { anObjectStream, aPdf, aStream } from '../foreign-pdfs.ts'
import { type Parser, promise } from './parser.ts'

/** Readers of what is signed or sealed, given what was bent before it was signed; and of lists signed on paper. */

const rp = { id: 'localhost', origin: 'http://localhost:8080', name: 'Định danh' }
const challenge = randomBytes(32).toString('base64url')
const user = { id: randomBytes(16).toString('base64url') }

/** What an authenticator says as it is, for each part. */
function partsOf(): { readonly created: Record<string, Buffer>; readonly given: Record<string, Buffer> } {
  const [created, given]: [Record<string, Buffer>, Record<string, Buffer>] = [{}, {}]
  const one = anAuthenticator(rp)
  const keep = (into: Record<string, Buffer>) => (part: string, bytes: Buffer) => {
    into[part] = bytes
    return bytes
  }
  one.create({ challenge, user }, keep(created))
  one.get({ challenge }, { bend: keep(given) })
  return { created, given }
}
const { created, given } = partsOf()

const passkey = async (authenticator: ReturnType<typeof anAuthenticator>): Promise<StoredPasskey> => {
  const made = await verifiedRegistration(authenticator.create({ challenge, user }), challenge, rp)
  if (!made) throw new Error('a right passkey is taken')
  return made
}
const known = anAuthenticator(rp)
const knownKey = await passkey(known)

/** Puts an input in the place of one part, which is then signed. */
const inPlaceOf = (wanted: string, input: Buffer) => (part: string, bytes: Buffer) => (part === wanted ? input : bytes)

const registrationWith =
  (part: string): Parser['read'] =>
  async input => {
    const response = anAuthenticator(rp).create({ challenge, user }, inPlaceOf(part, input))
    const made = await verifiedRegistration(response, challenge, rp)
    if (!made) return
    promise(made.publicKey.length > 0 && made.credentialId.length > 0, 'a passkey has a key and a name')
    promise(Number.isSafeInteger(made.counter) && made.counter >= 0 && made.counter < 2 ** 32, 'a counter counts')
  }

const assertionWith =
  (part: string): Parser['read'] =>
  async input => {
    const response = known.get({ challenge }, { bend: inPlaceOf(part, input) })
    const proved = await verifiedAssertion(response, challenge, rp, { ...knownKey, counter: 0 })
    if (!proved) return
    promise(proved.newCounter >= 0 && proved.newCounter < 2 ** 32, 'a counter does not go back')
    const said = part === 'clientData' ? (JSON.parse(input.toString('utf8')) as Record<string, unknown>) : undefined
    promise(
      !said || (said['origin'] === rp.origin && said['type'] === 'webauthn.get'),
      'no answer for another site proves',
    )
  }

const identity = await generateX25519Identity()
async function ageFile(): Promise<Buffer> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(identity))
  return Buffer.from(await encrypter.encrypt(new Uint8Array(randomBytes(70_000))))
}

const picture = sharp({ create: { width: 64, height: 80, channels: 3, background: '#a86' } })

export const parsersOfSigned: readonly Parser[] = [
  {
    name: 'new-passkey-authenticator-data',
    of: 'platform/second-factor/passkey.ts',
    samples: [created['authData'] ?? ''],
    longest: 4000,
    read: registrationWith('authData'),
  },
  {
    name: 'new-passkey-attestation',
    of: 'platform/second-factor/passkey.ts',
    samples: [created['attestation'] ?? ''],
    longest: 4000,
    read: registrationWith('attestation'),
  },
  {
    name: 'new-passkey-client-data',
    of: 'platform/second-factor/passkey.ts',
    samples: [created['clientData'] ?? ''],
    longest: 4000,
    read: registrationWith('clientData'),
  },
  {
    name: 'passkey-authenticator-data',
    of: 'platform/second-factor/passkey.ts',
    samples: [given['authData'] ?? ''],
    longest: 4000,
    read: assertionWith('authData'),
  },
  {
    name: 'passkey-client-data',
    of: 'platform/second-factor/passkey.ts',
    samples: [given['clientData'] ?? ''],
    longest: 4000,
    read: assertionWith('clientData'),
  },
  {
    name: 'sealed-archive',
    of: 'platform/archive/age-file.ts',
    samples: async () => [await ageFile()],
    async read(input) {
      const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-fuzz-'))
      try {
        const path = join(folder, 'a.age')
        await writeFile(path, input)
        let length = 0
        for await (const piece of readAgeFile(path, [identity])) length += piece.length
        promise(length === 70_000, 'an archive is read whole or not at all')
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  },
  {
    name: 'foreign-pdf',
    of: 'platform/pdf/foreign-pdf.ts',
    samples: [
      aPdf(),
      aPdf({ catalogue: '/OpenAction [3 0 R /Fit]', objects: [aStream('q Q', '', '5 0 R'), '3'] }),
      aPdf({ objects: [aStream('q Q'), anObjectStream('<< /Type /Font >>')] }),
    ],
    read(input) {
      const fault = findPdfFault(input, { mostStructure: 400_000 })
      const plain = input.toString('latin1')
      promise(fault !== undefined || !/\/(?:JavaScript|Launch|EmbeddedFiles)\b/.test(plain), 'no action is passed over')
    },
  },
  {
    name: 'signed-sheet',
    of: 'cards/hand-over/signed-pictures.ts',
    samples: async () => [await picture.jpeg().toBuffer(), await picture.png().toBuffer(), aPdf()],
    milliseconds: 2000,
    async read(input) {
      const kept = await readSignedSheet(input)
      promise(kept[0] === 0xff || kept.equals(input), 'a picture is written anew')
    },
  },
  {
    name: 'attached-paper',
    of: 'attachments/check-file.ts',
    samples: async () => [await picture.jpeg().toBuffer(), await picture.png().toBuffer(), aPdf()],
    milliseconds: 2000,
    async read(input) {
      const { type, content } = await checkFile(input)
      const isPicture = type === 'image/jpeg' && content[0] === 0xff && content[1] === 0xd8
      promise(isPicture || (type === 'application/pdf' && content.equals(input)), 'kept as what it is said to be')
    },
  },
]
