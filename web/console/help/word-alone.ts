import type { Say } from '../base/language.tsx'
import type { Term } from './pages.ts'

/** The word as it stands on the page, without what is filled in there. */
export const wordAlone = (say: Say, term: Term): string =>
  say(term)
    .replace(/\{\w+\}/g, '…')
    .replace(/[:,]\s*…$/, '')
