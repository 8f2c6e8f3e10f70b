import { SaxesParser } from 'saxes'
import { workbookProblem } from './workbook-problems.ts'
import type { WorkbookLimits } from './workbook-zip.ts'

/** Attributes by the name without its prefix: `r:id` and `d3p1:id` are both `id`. */
export type Attributes = Readonly<Record<string, string>>

/** Names come without their prefix: `x:row`, `row` and the strict namespace are all `row`. */
export type XmlSink = {
  readonly open?: (name: string, attributes: Attributes) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
}

const deepest = 100

const localNames = new Map<string, string>()
function localName(name: string): string {
  const known = localNames.get(name)
  if (known !== undefined) return known
  const local = name.slice(name.indexOf(':') + 1)
  if (localNames.size < 5000) localNames.set(name, local)
  return local
}

function localAttributes(attributes: Record<string, string>): Attributes {
  let prefixed = false
  for (const name in attributes) if (name.includes(':')) prefixed = true
  if (!prefixed) return attributes

  const local: Record<string, string> = {}
  for (const [name, value] of Object.entries(attributes))
    if (!name.startsWith('xmlns:') && !(localName(name) in local)) local[localName(name)] = value
  return local
}

/** UTF-8, or UTF-16 by its mark: what the standard allows in a part. */
function decoderFor(first: Buffer) {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le')
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be')
  return new TextDecoder('utf-8')
}

function newParser(sink: XmlSink, tick: () => void) {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  let depth = 0
  parser.on('error', error => {
    throw workbookProblem('workbook-damaged', { detail: error.message })
  })
  parser.on('doctype', () => {
    throw workbookProblem('workbook-unsafe', { found: 'DTD' })
  })
  parser.on('comment', tick)
  parser.on('processinginstruction', tick)
  parser.on('opentag', tag => {
    tick()
    if (++depth > deepest) throw workbookProblem('workbook-unsafe', { found: 'nesting', deepest })
    sink.open?.(localName(tag.name), localAttributes(tag.attributes))
  })
  parser.on('closetag', tag => {
    tick()
    depth--
    sink.close?.(localName(tag.name))
  })
  const { text } = sink
  if (text) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  return parser
}

/**
 * Reads one part and tells its tags to the sink, piece by piece: between two pieces the caller can yield what it has gathered. No entity but
 * the five of XML is known, so nothing can expand; a document type is refused outright.
 */
export async function* readXml(part: AsyncIterable<Buffer>, sink: XmlSink, limits: WorkbookLimits): AsyncGenerator<void> {
  let sinceTag = 0
  const parser = newParser(sink, () => {
    sinceTag = 0
  })
  let decoder: ReturnType<typeof decoderFor> | undefined
  for await (const piece of part) {
    decoder ??= decoderFor(piece)
    sinceTag += piece.length
    parser.write(decoder.decode(piece, { stream: true }))
    if (sinceTag > limits.oneText + piece.length)
      throw workbookProblem('workbook-too-large', { oneTextBytes: sinceTag, limitBytes: limits.oneText })
    yield
  }
  if (decoder) parser.write(decoder.decode())
  parser.close()
  yield
}

/** The same for a part that is read in one go. */
export async function readWholeXml(part: AsyncIterable<Buffer>, sink: XmlSink, limits: WorkbookLimits): Promise<void> {
  for await (const _ of readXml(part, sink, limits)) {
    // The sink has it all.
  }
}
