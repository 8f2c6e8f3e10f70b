import { cleanName, foldMarks, foldTone } from '../../names/name.ts'

const otherScript = /(?!\p{Script=Latin})\p{L}/u

/** Whether there are letters that no Latin folding knows: 王小明, Иванов, أحمد. */
export const isOtherScript = (text: string) => otherScript.test(text)

/** Lower case, single blanks, one Unicode form and tone placement; marks and signs stay. */
export const foldCase = (text: string) => foldTone(text)

/**
 * The same without marks and signs. Other scripts keep their letters: marks are taken from the Latin, Greek and
 * Cyrillic ones only.
 */
export function foldLetters(text: string): string {
  if (!isOtherScript(text)) return foldMarks(text)
  return cleanName(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}']+/gu, ' ')
    .trim()
}

/** The letters that occur, as bits: one edit changes at most two of them, so what differs in more is further apart. */
export function letterSet(text: string): number {
  let bits = 0
  for (let i = 0; i < text.length; i++) bits |= 1 << (text.charCodeAt(i) & 31)
  return bits
}

/** How many letters only one of the two has. */
export function lettersApart(a: number, b: number): number {
  let bits = a ^ b
  bits -= (bits >>> 1) & 0x55555555
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
