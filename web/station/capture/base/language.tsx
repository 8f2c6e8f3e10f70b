import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { type CaptureKey, captureWords } from './words.ts'

export type CaptureLanguage = 'vi' | 'en'
/** How the person at the station is spoken of: pupils as "em", others as "ông/bà". */
export type Addressed = 'pupil' | 'adult'

type Values = Readonly<Record<string, string | number>>
export type CaptureSay = (key: CaptureKey, values?: Values) => string

const filled = (text: string, values: Values) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** Says a text in one language to one kind of person. */
export function sayTo(language: CaptureLanguage, addressed: Addressed): CaptureSay {
  const at = language === 'vi' ? 0 : 1
  const who = captureWords[`who-${addressed}`][at]
  const capital = captureWords[`Who-${addressed}`][at]
  return (key, values = {}) => filled(captureWords[key][at], { who, Who: capital, ...values })
}

const Said = createContext<CaptureSay | undefined>(undefined)

/** The station says in which language, and to whom; all that is captured within speaks so. */
export function CaptureSpeaks({
  language,
  addressed,
  children,
}: {
  language: CaptureLanguage
  addressed: Addressed
  children: ReactNode
}) {
  const say = useMemo(() => sayTo(language, addressed), [language, addressed])
  return <Said value={say}>{children}</Said>
}

export function useCaptureSay(): CaptureSay {
  const say = useContext(Said)
  if (!say) throw new Error('outside of <CaptureSpeaks>')
  return say
}
