/**
 * What the console's page and the program at the counter's reader say to each other: the page carries commands of the
 * installation there, and answers of the chip back. Pure.
 */

/** The numbers of the program; a command of an inspection has some 40 bytes, its longest some 300. */
export const counterReaderLimits = {
  commandBytes: 600,
  answerBytes: 2048,
  /** Of one body, in bytes: a command in hexadecimal and what is around it. */
  bodyBytes: 4096,
  /** Digits of the code in the terminal, how many wrong ones make another code, and the wait after each. */
  codeDigits: 8,
  wrongCodes: 5,
  wrongCodePauseMs: 1000,
  /** Pages that are paired at a time: the one before the last of them is forgotten. */
  pages: 4,
  pairedHours: 12,
  /** How long a card is held at most, and without a command. */
  lineSeconds: 240,
  quietSeconds: 20,
} as const

/** What the program answers where it does not do what it is asked. */
export const counterReaderRefusals = [
  'foreign-page',
  'not-paired',
  'code-wrong',
  'reader-busy',
  'no-card',
  'reader-unusable',
  'line-gone',
  'command-refused',
  'malformed',
] as const
export type CounterReaderRefusal = (typeof counterReaderRefusals)[number]

/** Where the program listens, for the page that runs at the same machine. */
export const counterReaderAddress = (port: number) => `http://127.0.0.1:${port}`
