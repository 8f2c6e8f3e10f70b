import { createContext, type ReactNode, useContext } from 'react'
import { type Addressed, CaptureSpeaks } from '../capture/base/language.tsx'
import { useLanguage } from '../words/language.tsx'

/** Whom the capture steps speak of; a step that knows the person's age says so above them. */
const Person = createContext<Addressed>('adult')
export const SpokenOf = Person

/** The station's language, and the form of address, for whatever captures within. */
export function Spoken({ children }: { children: ReactNode }) {
  const { language } = useLanguage()
  return (
    <CaptureSpeaks language={language} addressed={useContext(Person)}>
      {children}
    </CaptureSpeaks>
  )
}
