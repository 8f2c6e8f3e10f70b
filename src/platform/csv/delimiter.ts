const delimiters = [',', ';', '\t', '|'] as const

/**
 * The delimiter of a text of unknown origin: Excel writes `;` where the comma is the decimal sign, as in Vietnam. A
 * first line `sep=;` decides; otherwise the delimiter that cuts most lines of the beginning into the same number of
 * fields, more than one.
 */
export function sniffDelimiter(text: string): string {
  const beginning = text.slice(0, 50_000)
  const told = /^\ufeff?sep=(.)\r?\n/i.exec(beginning)?.[1]
  if (told) return told

  const lines = beginning
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter(line => line.trim() !== '')
    .slice(0, 100)
  const scoreOf = (delimiter: string) => {
    const seen = new Map<number, number>()
    for (const line of lines) {
      const cuts = line.split(delimiter).length - 1
      if (cuts > 0) seen.set(cuts, (seen.get(cuts) ?? 0) + 1)
    }
    return Math.max(0, ...[...seen].map(([cuts, times]) => times * Math.min(cuts, 20)))
  }
  return delimiters.reduce((best, delimiter) => (scoreOf(delimiter) > scoreOf(best) ? delimiter : best), ',')
}
