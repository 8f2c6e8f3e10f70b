import { createContext, isValidElement, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { type Language, languageCookie, languageOf, textIn } from '../../../src/platform/pages/html.ts'
import { setFormatsLanguage } from '../../parts/formats.ts'
import { chooseForms, fillText, type TextValues } from './fill-text.ts'

/**
 * The texts of the console by key, [vi, en]. Each page declares its own beside its words, and words.ts joins them all,
 * so that no page needs to know another's and this file knows none.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the pages' words add its members
export interface Texts {}
export type WordKey = keyof Texts

export type Say = (key: WordKey, values?: TextValues) => string

const sayIn =
  (texts: Texts, language: Language): Say =>
  (key, values = {}) =>
    fillText(textIn(texts[key], language) ?? key, values)

type Spoken = {
  readonly language: Language
  readonly say: Say
  readonly isWord: (key: string) => key is WordKey
  readonly speak: (language: Language) => void
}
const Spoken = createContext<Spoken | undefined>(undefined)

/** The language of the cookie that the pages without script keep too; Vietnamese first. */
const chosen = () => languageOf({ cookie: document.cookie, 'accept-language': navigator.language })

export function Speaks({ texts, children }: { texts: Texts; children: ReactNode }) {
  const [language, setLanguage] = useState(chosen)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const spoken = useMemo<Spoken>(() => {
    setFormatsLanguage(language)
    return {
      language,
      say: sayIn(texts, language),
      isWord: (key): key is WordKey => Object.hasOwn(texts, key),
      speak: next => {
        // biome-ignore lint/suspicious/noDocumentCookie: stations have browsers without the Cookie Store API
        document.cookie = languageCookie(next, { isHttps: location.protocol === 'https:' })
        setLanguage(next)
      },
    }
  }, [texts, language])
  return (
    <Spoken value={spoken}>
      <I18nProvider locale={language === 'vi' ? 'vi-VN' : 'en-GB'}>{children}</I18nProvider>
    </Spoken>
  )
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
