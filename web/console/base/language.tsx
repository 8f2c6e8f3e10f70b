import {
  createContext,
  isValidElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { type Language, languageCookie, languageOf } from '../../../src/platform/pages/html.ts'
import { setFormatsLanguage } from '../../parts/formats.ts'
import { chooseForms, fillText, type TextValues } from './fill-text.ts'
import { isText, loadTextsIn, onTexts, textByKey, textsVersion } from './texts.ts'

/**
 * The texts of the console by key, [vi, en]. Each page declares its own beside its words, so that no page needs to know
 * another's and this file knows none; the build gives each page those that it says (texts.ts).
 */
// biome-ignore lint/suspicious/noEmptyInterface: the pages' words add its members
export interface Texts {}
export type WordKey = keyof Texts

export type Say = (key: WordKey, values?: TextValues) => string

const sayIn =
  (language: Language): Say =>
  (key, values = {}) =>
    fillText(textByKey(key, language) ?? '', values)

type Spoken = {
  readonly language: Language
  readonly say: Say
  readonly isWord: (key: string) => key is WordKey
  readonly speak: (language: Language) => void
}
const Spoken = createContext<Spoken | undefined>(undefined)

/** The language of the cookie that the pages without script keep too; Vietnamese first. */
export const chosenLanguage = () => languageOf({ cookie: document.cookie, 'accept-language': navigator.language })

export function Speaks({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(chosenLanguage)
  const arrived = useSyncExternalStore(onTexts, textsVersion)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  // biome-ignore lint/correctness/useExhaustiveDependencies: pages that were drawn say what has arrived since
  const spoken = useMemo<Spoken>(() => {
    setFormatsLanguage(language)
    return {
      language,
      say: sayIn(language),
      isWord: (key): key is WordKey => isText(key, language),
      speak: next => {
        // biome-ignore lint/suspicious/noDocumentCookie: stations have browsers without the Cookie Store API
        document.cookie = languageCookie(next, { isHttps: location.protocol === 'https:' })
        void loadTextsIn(next).then(
          () => setLanguage(next),
          () => undefined,
        )
      },
    }
  }, [language, arrived])
  return <Spoken value={spoken}>{children}</Spoken>
}

export function useLanguage(): Spoken {
  const spoken = useContext(Spoken)
  if (!spoken) throw new Error('outside of <Speaks>')
  return spoken
}

export const useSay = () => useLanguage().say

/** What a figure says, to choose the form of the noun behind it. */
function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node)
  if (!isValidElement<{ children?: ReactNode; value?: number }>(node)) return ''
  return textOf(node.props.value ?? node.props.children)
}

/** A text whose {places} are filled with nodes: figures that are links, names in bold. */
export function Said({ of: key, parts }: { of: WordKey; parts: Readonly<Record<string, ReactNode>> }) {
  const say = useSay()
  const pieces = chooseForms(say(key), name => textOf(parts[name])).split(/\{(\w+)\}/)
  // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence never change places
  return pieces.map((piece, at) => <span key={at}>{at % 2 ? parts[piece] : piece}</span>)
}
