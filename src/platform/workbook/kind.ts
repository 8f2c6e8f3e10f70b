import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'

/** What a file is by its content, whatever its name says. */
export type FileKind =
  | 'empty'
  | 'zip'
  | 'encrypted'
  | 'old-workbook'
  | 'old-document'
  | 'html'
  | 'old-xml-workbook'
  | 'pdf'
  | 'picture'
  | 'text'
  | 'unknown'

const looked = 4096

async function firstBytes(source: string | Buffer): Promise<Buffer> {
  if (typeof source !== 'string') return source.subarray(0, looked)
  const file = await open(source)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(looked), 0, looked, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const utf16 = (name: string) => Buffer.from(name, 'utf16le')

/**
 * Streams of a compound file (MS-CFB) stand in its directory under their names in UTF-16; a password makes a workbook
 * one such stream.
 */
const compoundStreams = [
  ['encrypted', utf16('EncryptedPackage')],
  ['old-document', utf16('WordDocument')],
  ['old-document', utf16('PowerPoint Document')],
] as const

async function compoundKind(source: string | Buffer): Promise<FileKind> {
  const longest = 64
  let tail = Buffer.alloc(0)
  const stream = typeof source === 'string' ? createReadStream(source) : Readable.from([source])
  for await (const piece of stream as AsyncIterable<Buffer>) {
    const window = Buffer.concat([tail, piece])
    for (const [kind, name] of compoundStreams) if (window.includes(name)) return kind
    tail = window.subarray(-longest)
  }
  return 'old-workbook'
}

/** The text that the bytes begin with, by mark or as one byte a letter, for a look at tags. */
function asText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('latin1', 3)
  return bytes.toString('latin1')
}

const beginnings: readonly (readonly [RegExp, FileKind])[] = [
  [/^PK(?:\x03\x04|\x05\x06|\x07\x08)/, 'zip'],
  [/^%PDF-/, 'pdf'],
  [/^(?:\xff\xd8\xff|\x89PNG|GIF8)/, 'picture'],
  [/urn:schemas-microsoft-com:office:spreadsheet/, 'old-xml-workbook'],
  [/^\W*<(?:!doctype html|html|head|body|table|meta|style|div|script|tr)\b/i, 'html'],
  [/^MIME-Version:/i, 'html'],
  [/<(?:html|table)\b[^<>]*>/i, 'html'],
]

/** Looks at the beginning of a file, and through a compound file for the names of its streams. */
export async function fileKind(source: string | Buffer): Promise<FileKind> {
  const bytes = await firstBytes(source)
  if (bytes.length === 0) return 'empty'
  if (bytes.subarray(0, 8).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'))) return compoundKind(source)

  const text = asText(bytes)
  const found = beginnings.find(([beginning]) => beginning.test(text))
  if (found) return found[1]
  if (/^[\s\ufeff\x00]*$/.test(text)) return 'empty'
  return /[\x00-\x08\x0e-\x1f]/.test(text) ? 'unknown' : 'text'
}
