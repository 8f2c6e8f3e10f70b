import { createHash } from 'node:crypto'
import { findPdfFault } from '../platform/pdf/foreign-pdf.ts'
import type { KeptType } from './attachment.ts'
import { attachmentLimits } from './law.ts'
import { attachmentProblem } from './problems.ts'

/**
 * What somebody attached, as it is kept. A file is judged by its bytes, never by its name or by what a browser says of
 * it. A picture is decoded whole, turned upright and written anew, so that nothing of its file is left but what is
 * seen: no place, no device, nothing behind its end. A PDF is kept as it came, where it is a plain one.
 */
export type CheckedFile = {
  readonly type: KeptType
  readonly content: Buffer
  readonly receivedSha256: string
  readonly keptSha256: string
  readonly width?: number
  readonly height?: number
}

export const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

const startsWith = (bytes: Buffer, ...mark: number[]) => mark.every((byte, at) => bytes[at] === byte)
const isPicture = (bytes: Buffer) =>
  startsWith(bytes, 0xff, 0xd8, 0xff) || startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const isPdf = (bytes: Buffer) => startsWith(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)

/** Brands of HEIF with HEVC inside (ISO/IEC 23008-12, annex B), and those of files that hold either. */
const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']
const isHeic = (bytes: Buffer) =>
  bytes.toString('latin1', 4, 8) === 'ftyp' && heicBrands.includes(bytes.toString('latin1', 8, 12))

/** The decoder's own text of an error may have what the file says, and is told to nobody. */
const orBroken = <T>(made: Promise<T>): Promise<T> =>
  made.catch(() => {
    throw attachmentProblem('attachment-picture-broken')
  })

let line: Promise<unknown> = Promise.resolve()

/** One picture is decoded at a time: sixty million pixels are 180 MB, and many officers send at once. */
function inLine<T>(step: () => Promise<T>): Promise<T> {
  const turn = line.then(step, step)
  line = turn.catch(() => undefined)
  return turn
}

async function keepPicture(bytes: Buffer): Promise<Pick<CheckedFile, 'content' | 'width' | 'height'>> {
  const { default: sharp } = await import('sharp')
  // The head alone is read here: how many pixels it announces is known before one of them is decoded.
  const head = await orBroken(sharp(bytes, { limitInputPixels: false, failOn: 'error' }).metadata())
  const { format, width = 0, height = 0 } = head
  if (format !== 'jpeg' && format !== 'png') throw attachmentProblem('attachment-picture-broken')
  if (width * height > attachmentLimits.mostPixels) throw attachmentProblem('attachment-picture-too-large')
  const { data, info } = await orBroken(
    sharp(bytes, { limitInputPixels: attachmentLimits.mostPixels, failOn: 'error' })
      .rotate()
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .resize({ ...attachmentLimits.kept, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: attachmentLimits.quality })
      .toBuffer({ resolveWithObject: true }),
  )
  return { content: data, width: info.width, height: info.height }
}

function refuseUnplainPdf(bytes: Buffer): void {
  const fault = findPdfFault(bytes, { mostStructure: attachmentLimits.pdfStructure })
  if (!fault) return
  if (fault.kind === 'active') throw attachmentProblem('attachment-pdf-active', { found: fault.found })
  throw attachmentProblem(fault.kind === 'encrypted' ? 'attachment-pdf-encrypted' : 'attachment-pdf-unreadable')
}

/** Throws attachment-empty, -heic, -kind-refused, -picture-broken, -picture-too-large, -pdf-…. */
export async function checkFile(bytes: Buffer): Promise<CheckedFile> {
  if (bytes.length === 0) throw attachmentProblem('attachment-empty')
  const receivedSha256 = sha256Of(bytes)
  if (isPdf(bytes)) {
    refuseUnplainPdf(bytes)
    return { type: 'application/pdf', content: bytes, receivedSha256, keptSha256: receivedSha256 }
  }
  if (isPicture(bytes)) {
    const kept = await inLine(() => keepPicture(bytes))
    return { type: 'image/jpeg', ...kept, receivedSha256, keptSha256: sha256Of(kept.content) }
  }
  throw attachmentProblem(isHeic(bytes) ? 'attachment-heic' : 'attachment-kind-refused')
}
