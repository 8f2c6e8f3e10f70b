const hasMembers = (value: unknown) => typeof value === 'object' && value !== null

/**
 * JSON with the members of each object in code-unit order and without blanks (as RFC 8785 has it; numbers as ECMAScript
 * writes them).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  // A list without members has one form: tables of millions of numbers are written at once.
  if (Array.isArray(value))
    return value.some(hasMembers) ? `[${value.map(canonicalJson).join(',')}]` : JSON.stringify(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`
}
