import { workbookProblem } from './problems.ts'

/** Attributes by the name without its prefix: `r:id` and `d3p1:id` are both `id`. */
export type Attributes = Readonly<Record<string, string>>

/** Names come without their prefix: `x:row`, `row` and the strict namespace are all `row`. */
export type XmlSink = {
  readonly open?: (name: string, attributes: Attributes) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
}

export const damagedSheet = (detail: string) => workbookProblem('workbook-damaged', { detail })

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

function entityText(name: string): string {
  const known = entities.get(name)
  if (known) return known
  const reference = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
  const code = reference?.[1] ? Number.parseInt(reference[1], 16) : Number(reference?.[2] ?? 0)
  // XML 1.0, section 2.2: neither NUL nor half of a pair of surrogates is a character.
  if (code < 1 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    throw damagedSheet('an entity that is not known')
  return String.fromCodePoint(code)
}

/** Only the five entities of XML and numbers are known, so that nothing can expand. */
const plainText = (text: string) => {
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n')
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,10};?)/g, (_, name: string) => {
    if (!name.endsWith(';')) throw damagedSheet('an entity without an end')
    return entityText(name.slice(0, -1))
  })
}

const localName = (name: string) => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9
const equals = 61
const slash = 47
const greater = 62
const bang = 33
const question = 63

/** Spreadsheets nest a dozen deep. */
const deepest = 100

const unfinished = -1

/**
 * Tells the tags of XML that comes in pieces: no more of XML than a part of a workbook needs, and ten times as fast as
 * a parser of all of it (measured in tags.test.ts, which holds it against saxes). A document type is refused.
 * Throws workbook-damaged, workbook-unsafe.
 */
export class TagReader {
  readonly #sink: XmlSink
  readonly #open: string[] = []
  #rest = ''
  #hadRoot = false

  constructor(sink: XmlSink) {
    this.#sink = sink
  }

  /** How much text waits for the end of its tag or text. */
  get waiting(): number {
    return this.#rest.length
  }

  push(piece: string): void {
    const text = this.#rest + piece
    let at = 0
    for (;;) {
      const tag = text.indexOf('<', at)
      if (tag < 0) break
      if (tag > at) this.#tellText(text.slice(at, tag))
      at = tag
      const next = this.#takeMarkup(text, tag)
      if (next === unfinished) break
      at = next
    }
    this.#rest = text.slice(at)
  }

  end(): void {
    if (this.#rest.trim() !== '' || this.#open.length > 0 || !this.#hadRoot) throw damagedSheet('the part is cut short')
  }

  #takeMarkup(text: string, at: number): number {
    const code = text.charCodeAt(at + 1)
    if (code === slash) return this.#takeClose(text, at)
    if (code === bang) return this.#takeDeclaration(text, at)
    if (code === question) return after(text, '?>', at)
    return at + 1 < text.length ? this.#takeOpen(text, at) : unfinished
  }

  #takeClose(text: string, at: number): number {
    const end = text.indexOf('>', at)
    if (end < 0) return unfinished
    const name = text.slice(at + 2, end).trimEnd()
    if (this.#open.pop() !== name) throw damagedSheet('tags that do not match')
    this.#sink.close?.(localName(name))
    return end + 1
  }

  #takeDeclaration(text: string, at: number): number {
    if (text.startsWith('<!--', at)) return after(text, '-->', at + 4)
    if (text.length - at < 9) return unfinished
    if (!text.startsWith('<![CDATA[', at)) throw workbookProblem('workbook-unsafe', { found: 'DTD' })
    const end = text.indexOf(']]>', at)
    if (end < 0) return unfinished
    if (this.#open.length === 0) throw damagedSheet('text outside the root')
    this.#sink.text?.(text.slice(at + 9, end).replace(/\r\n?/g, '\n'))
    return end + 3
  }

  #takeOpen(text: string, at: number): number {
    let i = at + 1
    while (i < text.length && !endsName(text.charCodeAt(i))) i++
    const name = text.slice(at + 1, i)
    const attributes: Record<string, string> = {}
    for (;;) {
      while (isSpace(text.charCodeAt(i))) i++
      const code = text.charCodeAt(i)
      if (code === greater) return this.#tellOpen(name, attributes, false, i + 1)
      if (code === slash) {
        if (i + 1 >= text.length) return unfinished
        if (text.charCodeAt(i + 1) !== greater) throw damagedSheet('a tag that cannot be read')
        return this.#tellOpen(name, attributes, true, i + 2)
      }
      i = takeAttribute(text, i, attributes)
      if (i === unfinished) return unfinished
    }
  }

  #tellOpen(name: string, attributes: Attributes, selfClosing: boolean, next: number): number {
    if (name === '' || (this.#open.length === 0 && this.#hadRoot)) throw damagedSheet('a tag that cannot be read')
    this.#hadRoot = true
    const local = localName(name)
    this.#sink.open?.(local, attributes)
    if (selfClosing) this.#sink.close?.(local)
    else if (this.#open.push(name) > deepest) throw workbookProblem('workbook-unsafe', { found: 'nesting', deepest })
    return next
  }

  #tellText(text: string): void {
    if (this.#open.length > 0) this.#sink.text?.(plainText(text))
    else if (/[^\s\ufeff]/.test(text)) throw damagedSheet('text outside the root')
  }
}

const endsName = (code: number) => isSpace(code) || code === slash || code === greater || code === equals

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from)
  return found < 0 ? unfinished : found + end.length
}

/** Takes one attribute at `at` into `attributes`; gives the place after it. */
function takeAttribute(text: string, at: number, attributes: Record<string, string>): number {
  let i = at
  while (i < text.length && !endsName(text.charCodeAt(i))) i++
  const name = text.slice(at, i)
  while (isSpace(text.charCodeAt(i))) i++
  if (i >= text.length) return unfinished
  if (name === '' || text.charCodeAt(i) !== equals) throw damagedSheet('an attribute that cannot be read')
  i++
  while (isSpace(text.charCodeAt(i))) i++
  if (i >= text.length) return unfinished
  const quote = text[i]
  if (quote !== '"' && quote !== "'") throw damagedSheet('an attribute without quotes')
  const end = text.indexOf(quote, i + 1)
  if (end < 0) return unfinished
  if (!name.startsWith('xmlns')) {
    const local = localName(name)
    if (local === name || !(local in attributes)) attributes[local] = plainText(text.slice(i + 1, end))
  }
  return end + 1
}
