import { type Language, type TextPair, textIn } from '../../../src/platform/pages/html.ts'

/**
 * The texts that have come to this browser: those of the frame and of the pages that were opened, in one language
 * (web/texts-of-pages.ts makes a file for each page). A text that says what the law of a day says is a function, and
 * comes with the code of its page.
 */

/** The folder of this build's texts, which the build fills in. */
declare const __TEXTS__: string

type Shelf = Map<string, string>
const shelves: Readonly<Record<Language, Shelf>> = { vi: new Map(), en: new Map() }
const byLaw = new Map<string, TextPair>()

/** What was asked for, by the name of its page: the same is needed when the language changes. */
const asked = new Map<string, Partial<Record<Language, Promise<void>>>>()

let version = 0
const listeners = new Set<() => void>()
const noteArrival = () => {
  version++
  for (const listener of listeners) listener()
}
export const onTexts = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const textsVersion = () => version

/** Texts whose days and numbers are asked of the law when they are read. */
export function addTextsByLaw(texts: Readonly<Record<string, TextPair>>): void {
  for (const [key, pair] of Object.entries(texts)) byLaw.set(key, pair)
}

async function fetchTexts(name: string, language: Language): Promise<void> {
  const answer = await fetch(`${__TEXTS__}/${language}/${name}.json`)
  if (!answer.ok) throw new Error(`texts of ${name}: ${answer.status}`)
  const texts = (await answer.json()) as Readonly<Record<string, string>>
  for (const [key, text] of Object.entries(texts)) shelves[language].set(key, text)
  noteArrival()
}

/** Brings the texts of a page, or of `frame`; what is there or under way is not asked for again. */
export function loadTexts(name: string, language: Language): Promise<void> {
  const known = asked.get(name) ?? {}
  asked.set(name, known)
  known[language] ??= fetchTexts(name, language).catch(error => {
    delete known[language]
    throw error
  })
  return known[language]
}

/** Before the language changes: all that this one has, in the next. */
export const loadTextsIn = (language: Language) => Promise.all([...asked.keys()].map(name => loadTexts(name, language)))

type ByLaw = Readonly<Record<string, TextPair>>
let importAll: () => Promise<ByLaw> = () => Promise.resolve({})
/** How all texts that ask the law are had; from main.tsx, since words.ts joins what imports this. */
export const keepAllTexts = (importer: () => Promise<object>) => {
  importAll = () => importer() as Promise<ByLaw>
}

const whole = new Map<Language, Promise<void>>()

/**
 * A text that no page was found to say, because its key is put together in a way that the build does not see: all of
 * them come, once. A code without a text is drawn as it is, and not asked for again.
 */
function loadAll(language: Language): void {
  if (whole.has(language)) return
  const coming = Promise.all([loadTexts('all', language), importAll()]).then(
    ([, texts]) => {
      addTextsByLaw(texts)
      noteArrival()
    },
    () => {
      whole.delete(language)
    },
  )
  whole.set(language, coming)
}

/** The text of a key as of today; undefined while it is on its way, and where there is none. */
export function textByKey(key: string, language: Language): string | undefined {
  const pair = byLaw.get(key)
  if (pair) return textIn(pair, language)
  const text = shelves[language].get(key)
  if (text !== undefined) return textIn([text, text], language)
  loadAll(language)
  return undefined
}

/** Whether there is a text for a key. */
export function isText(key: string, language: Language): boolean {
  if (byLaw.has(key) || shelves[language].has(key)) return true
  loadAll(language)
  return false
}
