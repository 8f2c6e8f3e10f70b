import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { readAgeFile, writeAgeFile } from '../archive/age-file.ts'
import { backupProblem } from '../archive/problems.ts'
import { type Part, partSigner, readParts } from '../archive/signed-parts.ts'
import { canonicalJson } from '../sealing/canonical-json.ts'

/**
 * A segment of the write-ahead log as a file: compressed, signed part by part, encrypted to the recipients of backups.
 * PostgreSQL's own account signs it, which has not the installation's key: it has a key of its archive, for which the
 * installation vouches by a certificate in the header.
 */

const compress = promisify(zstdCompress)
const expand = promisify(zstdDecompress)

/** Bytes of a segment that go into one part before they are compressed. */
const pieceBytes = 1 << 20

/** What the installation says of the key by which its archive's segments are signed. */
export type ArchiveKeyCertificate = {
  readonly what: 'wal-archive-key'
  readonly archive: string
  readonly house: string
  /** SPKI DER in base64: of the archive, and of the installation that signs. */
  readonly archiveKey: string
  readonly key: string
  readonly signature: string
}

const spki = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'der' })
const fromSpki = (text: string) => createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })

export function certifyArchiveKey(
  { archive, house, archiveKey }: { readonly archive: string; readonly house: string; readonly archiveKey: KeyObject },
  houseKey: KeyObject,
): ArchiveKeyCertificate {
  const facts = {
    what: 'wal-archive-key' as const,
    archive,
    house,
    archiveKey: spki(archiveKey).toString('base64'),
    key: spki(houseKey).toString('base64'),
  }
  return { ...facts, signature: sign(null, Buffer.from(canonicalJson(facts)), houseKey).toString('base64') }
}

type SegmentHeader = {
  readonly format: 'dinhdanh-wal-1'
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  /** When PostgreSQL wrote into it last. */
  readonly writtenAt: string
  readonly certificate: ArchiveKeyCertificate
}

const segmentNotWhole = (why: string, name: string) => backupProblem('backup-not-whole', { why, segment: name })

export type ArchiveSigner = { readonly certificate: ArchiveKeyCertificate; readonly key: KeyObject }

export const readSigner = (pem: string, certificate: ArchiveKeyCertificate): ArchiveSigner => ({
  certificate,
  key: createPrivateKey(pem),
})

/** Writes a segment's file; it is there whole, or not at all. Throws backup-recipient-wrong. */
export async function writeSegment(
  path: string,
  { name, content, writtenAt }: { readonly name: string; readonly content: Buffer; readonly writtenAt: Date },
  { recipients, signer }: { readonly recipients: readonly string[]; readonly signer: ArchiveSigner },
): Promise<void> {
  const header: SegmentHeader = {
    format: 'dinhdanh-wal-1',
    name,
    sha256: hash('sha256', content, 'hex'),
    bytes: content.length,
    writtenAt: writtenAt.toISOString(),
    certificate: signer.certificate,
  }
  async function* parts() {
    const signed = partSigner(signer.key)
    yield signed({ kind: 'header', content: Buffer.from(JSON.stringify(header)) })
    for (let from = 0; from < content.length; from += pieceBytes)
      yield signed({ kind: 'rows', content: await compress(content.subarray(from, from + pieceBytes)) })
    yield signed({ kind: 'end', content: Buffer.alloc(0) })
  }
  await writeAgeFile(path, recipients, parts())
}

/** Who must have signed an archive's segments, and who opens them. */
export type SegmentKeys = {
  readonly identities: readonly string[]
  /** The fingerprint of the installation's key. */
  readonly signedBy: string
  readonly archive: string
}

/** The key of a header whose certificate is the installation's and of this archive. */
function keyOfHeader(content: Buffer, name: string, { signedBy, archive }: SegmentKeys) {
  let header: SegmentHeader
  let isCertified = false
  try {
    header = JSON.parse(content.toString('utf8')) as SegmentHeader
    const { signature, ...facts } = header.certificate
    const houseKey = fromSpki(facts.key)
    const found = hash('sha256', Buffer.from(facts.key, 'base64'), 'hex')
    if (found !== signedBy)
      throw backupProblem('backup-signed-by-another', { signedBy: found, expected: signedBy, segment: name })
    isCertified =
      facts.what === 'wal-archive-key' &&
      houseKey.asymmetricKeyType === 'ed25519' &&
      verify(null, Buffer.from(canonicalJson(facts)), houseKey, Buffer.from(signature, 'base64'))
  } catch (error) {
    if ((error as { code?: string }).code === 'backup-signed-by-another') throw error
    throw segmentNotWhole('its header cannot be read', name)
  }
  if (!isCertified) throw segmentNotWhole('the installation does not vouch for its key', name)
  if (header.format !== 'dinhdanh-wal-1' || header.name !== name || header.certificate.archive !== archive)
    throw segmentNotWhole('it is another segment, or of another archive', name)
  return { header, key: fromSpki(header.certificate.archiveKey) }
}

async function openSegment(path: string, name: string, keys: SegmentKeys) {
  let header: SegmentHeader | undefined
  const parts = readParts(readAgeFile(path, keys.identities), content => {
    const found = keyOfHeader(content, name, keys)
    header = found.header
    return found.key
  })
  await parts.next()
  if (!header) throw segmentNotWhole('it has no header', name)
  return { header, parts }
}

/** When PostgreSQL wrote into a segment last, as its signed header says. Throws what `readSegment` throws. */
export async function readWrittenAt(path: string, name: string, keys: SegmentKeys): Promise<Date> {
  const { header, parts } = await openSegment(path, name, keys)
  await parts.return(undefined)
  return new Date(header.writtenAt)
}

async function expandPiece({ content }: Part, name: string): Promise<Buffer> {
  try {
    return await expand(content, { maxOutputLength: pieceBytes })
  } catch (error) {
    throw segmentNotWhole(error instanceof Error ? error.message : String(error), name)
  }
}

/**
 * A segment whole, each byte checked. Throws backup-not-whole, backup-not-opened, backup-signed-by-another,
 * backup-not-there.
 */
export async function readSegment(path: string, name: string, keys: SegmentKeys): Promise<Buffer> {
  const { header, parts } = await openSegment(path, name, keys)
  const pieces: Buffer[] = []
  for await (const part of parts) if (part.kind === 'rows') pieces.push(await expandPiece(part, name))
  const content = Buffer.concat(pieces)
  if (content.length !== header.bytes || hash('sha256', content, 'hex') !== header.sha256)
    throw segmentNotWhole('its content is not what its header says', name)
  return content
}
