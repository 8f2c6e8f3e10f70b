const threeDecimals = (n: number) => String(Math.round(n * 1000) / 1000)

/** A path of absolute M, L, Q, C and Z as operators of a page (ISO 32000-1, 8.5.2), which knows no quadratic curves. */
export function pathOperators(d: string): string {
  const tokens = d.match(/[MLQCZ]|-?[\d.]+/g) ?? []
  const out: string[] = []
  let [verb, x, y, at] = ['M', 0, 0, 0]
  const number = () => Number(tokens[at++])
  while (at < tokens.length) {
    verb = tokens[at++] ?? 'Z'
    if (verb === 'Z') {
      out.push('h')
      continue
    }
    const [x1, y1] = [number(), number()]
    if (verb === 'M' || verb === 'L') {
      out.push(`${x1} ${y1} ${verb === 'M' ? 'm' : 'l'}`)
      ;[x, y] = [x1, y1]
      continue
    }
    const [x2, y2] = [number(), number()]
    const [toX, toY] = verb === 'C' ? [number(), number()] : [x2, y2]
    out.push(
      verb === 'C'
        ? `${x1} ${y1} ${x2} ${y2} ${toX} ${toY} c`
        : `${threeDecimals((x + 2 * x1) / 3)} ${threeDecimals((y + 2 * y1) / 3)} ` +
            `${threeDecimals((toX + 2 * x1) / 3)} ${threeDecimals((toY + 2 * y1) / 3)} ${toX} ${toY} c`,
    )
    ;[x, y] = [toX, toY]
  }
  return out.join('\n')
}
