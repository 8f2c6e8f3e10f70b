import { workbookProblem } from './problems.ts'
import { damagedSheet, TagReader, type XmlSink } from './tags.ts'
import type { WorkbookLimits } from './zip.ts'

/** UTF-8, or UTF-16 by its mark: what the standard allows in a part. */
function decoderFor(first: Buffer) {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le')
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be')
  return new TextDecoder('utf-8')
}

/**
 * Reads one part and tells its tags to the sink, piece by piece: between two pieces the caller can yield what it has
 * gathered.
 */
export async function* readXml(
  part: AsyncIterable<Buffer>,
  sink: XmlSink,
  limits: WorkbookLimits,
): AsyncGenerator<void> {
  const reader = new TagReader(sink)
  let decoder: ReturnType<typeof decoderFor> | undefined
  for await (const piece of part) {
    decoder ??= decoderFor(piece)
    const text = decoder.decode(piece, { stream: true })
    if (text.includes('\0')) throw damagedSheet('a NUL, which is no character of XML')
    reader.push(text)
    if (reader.waiting > limits.oneText)
      throw workbookProblem('workbook-too-large', { oneTextBytes: reader.waiting, limitBytes: limits.oneText })
    yield
  }
  if (decoder) reader.push(decoder.decode())
  reader.end()
  yield
}

/** The same for a part that is read in one go. */
export async function readWholeXml(part: AsyncIterable<Buffer>, sink: XmlSink, limits: WorkbookLimits): Promise<void> {
  for await (const _ of readXml(part, sink, limits)) {
    // The sink has it all.
  }
}
