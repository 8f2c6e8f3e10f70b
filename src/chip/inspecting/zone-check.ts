/**
 * The check digit of a text of the machine-readable zone: weights 7, 3, 1 from the left, modulo 10; a filler counts
 * nought, A to Z ten to thirty-five (ICAO 9303-3, section 4.9).
 */
export const checkDigit = (text: string): string =>
  String([...text].reduce((sum, sign, at) => sum + valueOfSign(sign) * ([7, 3, 1][at % 3] ?? 0), 0) % 10)

const valueOfSign = (sign: string) => (sign === '<' ? 0 : Number.parseInt(sign, 36))

type CheckedPart = { readonly name: string; readonly text: string; readonly digit: string }

/** The parts of a zone that have a check digit: of a card (9303-5, section 4.2), or of a passport (9303-4, 4.2). */
function checkedParts(lines: readonly string[]): readonly CheckedPart[] {
  const [first = '', second = ''] = lines
  const part = (name: string, text: string, digit: string | undefined) => ({ name, text, digit: digit ?? '' })
  if (lines.length === 3) {
    // A number of more than nine signs goes on in the optional data, with its check digit behind it.
    const isLong = first[14] === '<'
    return [
      ...(isLong ? [] : [part('document number', first.slice(5, 14), first[14])]),
      part('birth date', second.slice(0, 6), second[6]),
      part('term', second.slice(8, 14), second[14]),
      part('both lines', first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29), second[29]),
    ]
  }
  return [
    part('document number', second.slice(0, 9), second[9]),
    part('birth date', second.slice(13, 19), second[19]),
    part('term', second.slice(21, 27), second[27]),
    ...(second.length === 44
      ? [part('both lines', second.slice(0, 10) + second.slice(13, 20) + second.slice(21, 43), second[43])]
      : [part('both lines', second.slice(0, 10) + second.slice(13, 20) + second.slice(21, 35), second[35])]),
  ]
}

/** Which check digits of a zone are wrong; undefined if all are right. */
export function zoneFault(lines: readonly string[]): string | undefined {
  const wrong = checkedParts(lines).filter(({ text, digit }) => checkDigit(text) !== digit)
  return wrong.length > 0 ? `wrong check digits: ${wrong.map(({ name }) => name).join(', ')}` : undefined
}
