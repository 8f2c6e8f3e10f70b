import { gsmCodes } from '../templates/phone-text.ts'

/**
 * A text in the parts in which it goes to a phone: GSM 03.38's letters, a byte each as SMPP takes them, else UCS-2
 * (3GPP TS 23.038, 6.2.1 and 6.2.3). Long ones are numbered by a header of six bytes (3GPP TS 23.040, 9.2.3.24.1).
 */

export type TextParts = {
  readonly coding: 'gsm' | 'ucs2'
  /** Without headers. */
  readonly parts: readonly Buffer[]
}

/** What one part holds alone, and beside a header: septets, or units of two bytes. */
const room = { gsm: { alone: 160, numbered: 153 }, ucs2: { alone: 70, numbered: 67 } } as const

/** Units that are not torn apart: an escaped sign, a pair of surrogates. */
function unitsOf(text: string): { readonly coding: TextParts['coding']; readonly units: readonly Buffer[] } {
  const signs = [...text]
  const codes = signs.map(sign => gsmCodes.get(sign))
  const gsm = codes.flatMap(code => (code ? [Buffer.from(code)] : []))
  if (gsm.length === signs.length) return { coding: 'gsm', units: gsm }
  return { coding: 'ucs2', units: signs.map(sign => Buffer.from(sign, 'utf16le').swap16()) }
}

export function partsOf(text: string): TextParts {
  const { coding, units } = unitsOf(text)
  const bytes = coding === 'gsm' ? 1 : 2
  const length = (buffers: readonly Buffer[]) => buffers.reduce((sum, one) => sum + one.length / bytes, 0)
  const { alone, numbered } = room[coding]
  if (length(units) <= alone) return { coding, parts: [Buffer.concat(units)] }
  const parts: Buffer[][] = [[]]
  for (const unit of units) {
    const last = parts.at(-1) ?? []
    if (length(last) + unit.length / bytes > numbered) parts.push([unit])
    else last.push(unit)
  }
  return { coding, parts: parts.map(one => Buffer.concat(one)) }
}

/** The header of a part: the same reference for all of a text, how many they are, and which one this is. */
export const headerOf = (reference: number, total: number, nth: number): Buffer =>
  Buffer.from([5, 0, 3, reference & 0xff, total, nth])
