import {
  bkHcm2Letters,
  type Letters,
  tcvn3Letters,
  vietwareFLetters,
  vietwareXLetters,
  visciiLetters,
  vniLetters,
  vpsLetters,
  windows1252,
} from './table.ts'

/** Writes text as the old fonts and wrong readings have it, for the tests of this folder. */

/** Of several ways to write a letter the last counts: the one that a spreadsheet shows. */
const inverse = (letters: Letters) => new Map([...letters].map(([written, letter]) => [letter, written]))

const byLetter = (text: string, write: (letter: string) => string) => Array.from(text, write).join('')

const byByte = (letters: Letters) => {
  const written = inverse(letters)
  return (text: string) => byLetter(text, letter => written.get(letter) ?? written.get(letter.toLowerCase()) ?? letter)
}

const byPair = (letters: Letters) => {
  const written = inverse(letters)
  return (text: string) =>
    byLetter(text, letter => {
      const found = written.get(letter.toLowerCase())
      return found && letter !== letter.toLowerCase() ? found.toUpperCase() : (found ?? letter)
    })
}

const shown = (bytes: Buffer) =>
  byLetter(bytes.toString('latin1'), c =>
    c >= '\u0080' && c <= '\u009f' ? windows1252.charAt(c.charCodeAt(0) - 0x80) : c,
  )

/** Windows-1258's bytes for what is not Latin-1: vowels with their shape, đ, and the tones as marks. */
const bytesOf1258: Readonly<Record<string, number>> = {
  ă: 0xe3,
  Ă: 0xc3,
  đ: 0xf0,
  Đ: 0xd0,
  ơ: 0xf5,
  Ơ: 0xd5,
  ư: 0xfd,
  Ư: 0xdd,
  '\u0300': 0xcc,
  '\u0309': 0xd2,
  '\u0303': 0xde,
  '\u0301': 0xec,
  '\u0323': 0xf2,
}

const tones = /[\u0300\u0301\u0303\u0309\u0323]/
const apart = (letter: string) => {
  const marks = [...letter.normalize('NFD')]
  return (
    marks
      .filter(mark => !tones.test(mark))
      .join('')
      .normalize('NFC') + marks.filter(mark => tones.test(mark)).join('')
  )
}

const in1258 = (text: string) =>
  shown(Buffer.from(Array.from(byLetter(text, apart), c => bytesOf1258[c] ?? c.charCodeAt(0))))

export const encoders = {
  tcvn3: byByte(tcvn3Letters),
  vps: byByte(vpsLetters),
  viscii: byByte(visciiLetters),
  'vietware-f': byByte(vietwareFLetters),
  'windows-1258': in1258,
  vni: byPair(vniLetters),
  'vietware-x': byPair(vietwareXLetters),
  'bk-hcm2': byPair(bkHcm2Letters),
  mojibake: (text: string) => shown(Buffer.from(text, 'utf8')),
}
