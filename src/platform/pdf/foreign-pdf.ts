import { inflateSync } from 'node:zlib'

/**
 * A PDF from outside (ISO 32000-2), looked at as a whole and never opened: is it a plain one? Comes in: its bytes. Each
 * object is read one after another, those in object streams too, with nothing between them, so that no other kind of
 * file hides there and nothing that one reader would find escapes this one. Goes out: why it is not taken. No deeds.
 */

export type PdfFault =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'encrypted' }
  /** It does something, or carries something, beside showing pages: `found` is the name of it. */
  | { readonly kind: 'active'; readonly found: string }

export type PdfLimits = {
  /** Characters of a file outside the streams of its pictures and pages, and within its object streams, together. */
  readonly mostStructure: number
}

/** Names of actions, of files within and of forms that run code (ISO 32000-2, 7.11.4, 12.6, 12.7.8, 13). */
const activeNames = new Set([
  ...['JavaScript', 'JS', 'Launch', 'GoToR', 'GoToE', 'SubmitForm', 'ImportData', 'Thread', 'Rendition', 'Movie'],
  ...['Sound', 'RichMedia', 'RichMediaContent', 'RichMediaExecute', '3D', 'XFA', 'EF', 'EmbeddedFile'],
  ...['EmbeddedFiles', 'Collection', 'GoTo3DView'],
])

/** Marks of other kinds of file, which their readers look for anywhere, or near the end. */
const archives = ['Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c']
const endOfZip = 'PK\x05\x06'
const longestZipEnd = 65_557
const sniffed = 1024
const longestComment = 200
/** Three letters come about by chance in the bytes of a picture, but not as often as this. */
const mostMentions = 1000

class Unreadable extends Error {}
const unreadable = (): never => {
  throw new Unreadable()
}

type Token = { readonly kind: 'name' | 'word' | 'text' | 'open' | 'close'; readonly text: string }

const blanks = /[\0\t\n\f\r ]+/y
const regular = /[^\0\t\n\f\r ()<>[\]{}/%]+/y
const hexText = /<[\dA-Fa-f\0\t\n\f\r ]*>/y

/** Gives the tokens of a text from a place on (7.2, 7.3), and knows where it stands. */
function tokensOf(text: string, from = 0, end = text.length) {
  let at = from
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  function skipBlanks(): void {
    while (at < end) {
      const blank = match(blanks)
      if (blank) at += blank.length
      else if (text[at] === '%') {
        const begun = at
        while (at < end && text[at] !== '\n' && text[at] !== '\r') at += 1
        if (at - begun > longestComment) unreadable()
      } else return
    }
  }
  /** A text in round brackets, which may hold others. */
  function roundText(): string {
    const begun = at
    let depth = 0
    do {
      const sign = text[at]
      if (at >= end) return unreadable()
      if (sign === '\\') at += 1
      else if (sign === '(') depth += 1
      else if (sign === ')') depth -= 1
      at += 1
    } while (depth > 0)
    return text.slice(begun, at)
  }
  function token(): Token | undefined {
    skipBlanks()
    if (at >= end) return undefined
    const two = text.slice(at, at + 2)
    if (two === '<<' || two === '>>') {
      at += 2
      return { kind: two === '<<' ? 'open' : 'close', text: two }
    }
    const sign = text[at] ?? ''
    if (sign === '[' || sign === ']') {
      at += 1
      return { kind: sign === '[' ? 'open' : 'close', text: sign }
    }
    if (sign === '(') return { kind: 'text', text: roundText() }
    if (sign === '<') {
      const hex = match(hexText) ?? unreadable()
      at += hex.length
      return { kind: 'text', text: hex }
    }
    if (sign === '/') {
      at += 1
      const name = match(regular) ?? ''
      at += name.length
      const plain = name.replace(/#([\dA-Fa-f]{2})/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
      return { kind: 'name', text: plain }
    }
    const word = match(regular) ?? unreadable()
    at += word.length
    return { kind: 'word', text: word }
  }
  return {
    token,
    get at() {
      return at
    },
    set at(place: number) {
      at = place
    },
  }
}

/** The members of a dictionary that opens an object, by their names; of a value its first tokens. */
type Members = Map<string, readonly Token[]>

/** Reads a dictionary whose first token was read, to its end. Gives the members of the outermost one. */
function readDictionary(next: () => Token): Members {
  const members: Members = new Map()
  const opened = ['<<']
  let value: Token[] = []
  for (;;) {
    const token = next()
    if (token.kind === 'open') opened.push(token.text)
    if (token.kind === 'close') {
      const begin = opened.pop()
      if ((begin === '<<') !== (token.text === '>>')) unreadable()
      if (opened.length === 0) return members
    }
    const isName = opened.length === 1 && token.kind === 'name'
    // A name that follows another one is its value.
    if (isName && (value.length > 0 || members.size === 0)) {
      if (members.has(token.text)) unreadable()
      value = []
      members.set(token.text, value)
    } else if (value.length < 8) value.push(token)
  }
}

const isWord = ({ kind, text }: Token, word: string) => kind === 'word' && text === word

/** What every object says that is a whole number alone: the length of a stream may stand in one. */
function numbersIn(text: string): Map<number, number | 'several'> {
  const numbers = new Map<number, number | 'several'>()
  for (const [, name, said] of text.matchAll(/(?<!\d)(\d{1,9})\s\d{1,5}\sobj\s{1,2}(\d{1,9})\s/g)) {
    const [id, number] = [Number(name), Number(said)]
    numbers.set(id, (numbers.get(id) ?? number) === number ? number : 'several')
  }
  return numbers
}

/** Whether the bytes of a stream hold the beginning of an object, to which an offset might lead. */
function hidesAnObject(text: string, from: number, end: number): boolean {
  let tries = mostMentions
  for (let at = text.indexOf('obj', from); at >= 0 && at < end; at = text.indexOf('obj', at + 3)) {
    if (--tries === 0) return true
    const next = tokensOf(text, at + 3, Math.min(end, at + 3 + longestComment))
    try {
      if (next.token()?.text === '<<') return true
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
    }
  }
  return false
}

class Reader {
  readonly #text: string
  readonly #tokens: ReturnType<typeof tokensOf>
  readonly #objects = new Set<number>()
  #structure: number
  #numbers: Map<number, number | 'several'> | undefined
  hasPages = false
  isEncrypted = false
  hasRoot = false
  active: string | undefined

  constructor(text: string, mostStructure: number) {
    this.#text = text
    this.#tokens = tokensOf(text)
    this.#structure = mostStructure
  }

  #count(characters: number): void {
    this.#structure -= characters
    if (this.#structure < 0) unreadable()
  }

  #note({ kind, text }: Token): void {
    if (kind !== 'name') return
    if (activeNames.has(text)) this.active ??= text
    if (text === 'Encrypt') this.isEncrypted = true
    if (text === 'Root') this.hasRoot = true
    if (text === 'Page') this.hasPages = true
  }

  #next(): Token {
    const before = this.#tokens.at
    const token = this.#tokens.token() ?? unreadable()
    this.#count(this.#tokens.at - before)
    this.#note(token)
    return token
  }

  /** The whole number that a member is, itself or by a reference, the same wherever the object stands. */
  #lengthOf(value: readonly Token[] = []): number {
    const [number, , reference] = value.map(({ text }) => text)
    if (!number || !/^\d{1,9}$/.test(number)) return unreadable()
    if (reference !== 'R') return Number(number)
    this.#numbers ??= numbersIn(this.#text)
    const said = this.#numbers.get(Number(number))
    return typeof said === 'number' ? said : unreadable()
  }

  /** Past a stream, of which only an object stream is read (7.3.8, 7.5.7). */
  #passStream(members: Members): void {
    if (members.has('F') || members.has('FFilter')) this.active ??= 'F'
    const text = this.#text
    if (text[this.#tokens.at] === '\r') this.#tokens.at += 1
    if (text[this.#tokens.at] !== '\n') unreadable()
    const from = this.#tokens.at + 1
    const end = from + this.#lengthOf(members.get('Length'))
    if (end > text.length) unreadable()
    if (members.has('First')) this.#readObjectStream(text.slice(from, end), members)
    else if (hidesAnObject(text, from, end)) unreadable()
    this.#tokens.at = end
    if (!isWord(this.#next(), 'endstream')) unreadable()
  }

  #readObjectStream(content: string, members: Members): void {
    const filter = (members.get('Filter') ?? []).filter(({ kind }) => kind === 'name').map(({ text }) => text)
    if (members.has('DecodeParms') || filter.length > 1 || (filter[0] ?? 'FlateDecode') !== 'FlateDecode') unreadable()
    const bytes = Buffer.from(content, 'latin1')
    const most = Math.max(1, this.#structure)
    const inner = (filter.length ? inflateSync(bytes, { maxOutputLength: most }) : bytes).toString('latin1')
    this.#count(inner.length)
    const tokens = tokensOf(inner)
    for (let token = tokens.token(); token; token = tokens.token()) this.#note(token)
  }

  #passObject(): void {
    for (let depth = 0, first = true; ; first = false) {
      const token = this.#next()
      if (first && token.kind === 'open' && token.text === '<<') {
        const members = readDictionary(() => this.#next())
        const after = this.#next()
        if (isWord(after, 'stream')) this.#passStream(members)
        else if (isWord(after, 'endobj')) return
        else unreadable()
        continue
      }
      if (token.kind === 'open') depth += 1
      if (token.kind === 'close') depth -= 1
      if (isWord(token, 'endobj') && depth === 0) return
      if (token.kind === 'word' && /^(?:obj|stream|xref|trailer|startxref)$/.test(token.text)) unreadable()
    }
  }

  /** All objects to the end; gives where the last table of them stands (7.5). */
  read(): void {
    let table: number | undefined
    for (;;) {
      const before = this.#tokens.at
      const token = this.#tokens.token()
      this.#count(this.#tokens.at - before)
      if (!token) break
      const place = this.#tokens.at - token.text.length
      if (isWord(token, 'xref')) {
        this.#objects.add(place)
        while (!isWord(this.#next(), 'trailer'));
        const { kind, text } = this.#next()
        if (kind !== 'open' || text !== '<<') unreadable()
        readDictionary(() => this.#next())
      } else if (isWord(token, 'startxref')) table = Number(this.#next().text)
      else if (token.kind === 'word' && /^\d+$/.test(token.text)) {
        if (!/^\d+$/.test(this.#next().text) || !isWord(this.#next(), 'obj')) unreadable()
        this.#objects.add(place)
        this.#passObject()
      } else unreadable()
    }
    if (table === undefined || !this.#objects.has(table)) unreadable()
  }
}

const isAnotherFileToo = (text: string) =>
  text.slice(-longestZipEnd).includes(endOfZip) ||
  archives.some(mark => text.includes(mark)) ||
  /<(?:html|script|body|svg|\?php)/i.test(text.slice(0, sniffed))

/** Why a PDF is not taken; undefined where it is a plain one. */
export function findPdfFault(bytes: Buffer, { mostStructure }: PdfLimits): PdfFault | undefined {
  const text = bytes.toString('latin1')
  if (!/^%PDF-[12]\.\d[\r\n]/.test(text) || !/%%EOF[\0\t\n\f\r ]{0,1024}$/.test(text.slice(-1200)))
    return { kind: 'unreadable' }
  if (isAnotherFileToo(text)) return { kind: 'unreadable' }
  const reader = new Reader(text, mostStructure)
  try {
    reader.read()
  } catch (error) {
    // Of what cannot be read on, what was found so far is told.
    const isOurs = error instanceof Unreadable || (error as { code?: string }).code?.startsWith('Z_')
    const isTooLong = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
    if (!isOurs && !isTooLong) throw error
    return reader.isEncrypted ? { kind: 'encrypted' } : { kind: 'unreadable' }
  }
  if (reader.isEncrypted) return { kind: 'encrypted' }
  if (reader.active) return { kind: 'active', found: reader.active }
  return reader.hasRoot && reader.hasPages ? undefined : { kind: 'unreadable' }
}
