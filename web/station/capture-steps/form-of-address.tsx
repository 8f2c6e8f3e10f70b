import { createContext, type ReactNode, useContext } from 'react'
import type { Day } from '../../../src/platform/day.ts'
import { type Addressed, CaptureSpeaks } from '../capture/base/language.tsx'
import type { Draft } from '../draft/draft.ts'
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

/** From this age on, somebody who is no pupil is spoken of as an adult. */
const grown = 18

/** A pupil is spoken of as one, everybody else as grown people are. */
export const addressedOn = ({ person, known }: Draft, day: Day): Addressed =>
  known?.class || Number(day.slice(0, 4)) - Number(person.birthDate.slice(0, 4)) < grown ? 'pupil' : 'adult'
