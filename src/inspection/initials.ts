import { nameWords } from '../names/name.ts'

/** Consonants that are written with two or three letters and stand together in initials. */
const clusters = /^(?:ngh|[ckgnpt]h|ng|tr|qu|gi)/

/** A name as an auditor reads it before it was opened: Nguyễn Thị Hoà → Ng. Th. H. */
export const initialsOf = (name: string): string =>
  nameWords(name)
    .map(word => {
      const letters = clusters.exec(word)?.[0] ?? word.slice(0, 1)
      return `${letters.slice(0, 1).toLocaleUpperCase('vi')}${letters.slice(1)}.`
    })
    .join(' ')
