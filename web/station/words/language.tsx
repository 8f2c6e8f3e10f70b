import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { type Language, languageCookie, languageOf, textIn } from '../../../src/platform/pages/html.ts'
import { setFormatsLanguage } from '../../parts/formats.ts'
import { texts, type WordKey } from './words.ts'

type Values = Readonly<Record<string, string | number>>
export type Say = (key: WordKey, values?: Values) => string

const sayIn =
  (language: Language): Say =>
  (key, values = {}) =>
    (textIn(texts[key], language) ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

type Spoken = { readonly language: Language; readonly say: Say; readonly speak: (language: Language) => void }
const Spoken = createContext<Spoken | undefined>(undefined)

/** The language of the cookie that the house's own pages keep too; Vietnamese first. */
const chosen = () => languageOf({ cookie: document.cookie, 'accept-language': navigator.language })

export function Speaks({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(chosen)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const spoken = useMemo<Spoken>(() => {
    setFormatsLanguage(language)
    return {
      language,
      say: sayIn(language),
      speak: next => {
        // biome-ignore lint/suspicious/noDocumentCookie: stations have browsers without the Cookie Store API
        document.cookie = languageCookie(next, { isHttps: location.protocol === 'https:' })
        setLanguage(next)
      },
    }
  }, [language])
  return <Spoken value={spoken}>{children}</Spoken>
}

export function useLanguage(): Spoken {
  const spoken = useContext(Spoken)
  if (!spoken) throw new Error('outside of <Speaks>')
  return spoken
}

export const useSay = () => useLanguage().say
