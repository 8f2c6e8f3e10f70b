/** The codes of slips as they stand on the paper: four groups in one line, three in the next. */
export function slipCodesIn(lines: readonly string[]): string[] {
  const codes: string[] = []
  for (const line of lines) {
    const upper = /(?:[0-9A-Z]{4}-){4}(?![0-9A-Z])/.exec(line)?.[0]
    if (upper) codes.push(upper)
    const lower = !upper && /(?<![0-9A-Z-])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}(?![0-9A-Z-])/.exec(line)?.[0]
    const waiting = codes.findIndex(code => code.endsWith('-'))
    if (lower && waiting >= 0) codes[waiting] += lower
  }
  return codes
}
