import { findPdfFault } from '../../platform/pdf/foreign-pdf.ts'
import { scanBytes } from '../../platform/scanning/scanning.ts'
import { signedPictures } from '../law.ts'
import { handOverProblem } from './problems.ts'

/**
 * What was signed on paper or on a pad, as it is kept. A picture is decoded whole and written anew, so that nothing of
 * its file is left but what is seen; a PDF is kept as it came where it is a plain one, and given out to nobody.
 */

const startsWith = (bytes: Buffer, ...mark: number[]) => mark.every((byte, at) => bytes[at] === byte)
const isJpeg = (bytes: Buffer) => startsWith(bytes, 0xff, 0xd8, 0xff)
const isPng = (bytes: Buffer) => startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const isPdf = (bytes: Buffer) => startsWith(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)

type Kept = { readonly width: number; readonly height: number }

/** A picture decoded and upright, on white, no larger than what is kept. Undefined where it is no JPEG or PNG. */
async function pictureIn(bytes: Buffer, kept: Kept) {
  if (!isJpeg(bytes) && !isPng(bytes)) return undefined
  const { default: sharp } = await import('sharp')
  const source = sharp(bytes, { limitInputPixels: signedPictures.mostPixels, failOn: 'error' })
  const { format } = await source.metadata()
  if (format !== 'jpeg' && format !== 'png') return undefined
  const upright = source.rotate().flatten({ background: '#fff' }).toColourspace('srgb')
  return upright.resize({ ...kept, fit: 'inside', withoutEnlargement: true })
}

/** The decoder's own text of an error may have what the file says, and is told to nobody. */
const orUndefined = async (made: Promise<Buffer | undefined>) => made.catch(() => undefined)

/**
 * The scan of a signed list. Throws list-not-signed, list-sheet-unreadable, list-sheet-active, list-sheet-encrypted.
 */
export async function readSignedSheet(bytes: Buffer): Promise<Buffer> {
  if (bytes.length === 0) throw handOverProblem('list-not-signed')
  if (isPdf(bytes)) {
    const fault = findPdfFault(bytes, { mostStructure: signedPictures.pdfStructure })
    if (!fault) return bytes
    if (fault.kind === 'active') throw handOverProblem('list-sheet-active', { found: fault.found })
    throw handOverProblem(fault.kind === 'encrypted' ? 'list-sheet-encrypted' : 'list-sheet-unreadable')
  }
  const { sheetKept } = signedPictures
  const jpeg = await orUndefined(pictureIn(bytes, sheetKept).then(picture => picture?.jpeg({ quality: 85 }).toBuffer()))
  if (!jpeg) throw handOverProblem('list-sheet-unreadable')
  return jpeg
}

/** A signature from a pad, as base64. Throws signature-unreadable, file-infected, scanner-unreachable. */
export async function signatureIn(text: string | undefined): Promise<{ readonly signature?: Buffer }> {
  if (!text) return {}
  const { signatureKept } = signedPictures
  const bytes = Buffer.from(text, 'base64')
  await scanBytes(bytes)
  const signature = await orUndefined(pictureIn(bytes, signatureKept).then(picture => picture?.png().toBuffer()))
  if (!signature) throw handOverProblem('signature-unreadable')
  return { signature }
}
