/** The letters of a unit: the first of its last two words, without marks; 'Phường Hồng Hà' gives HH. */
function lettersOf(unitName: string): string {
  const words = unitName
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'D')
    .split(/\s+/)
  return words
    .filter(Boolean)
    .slice(-2)
    .map(word => word.charAt(0).toUpperCase())
    .join('')
}

/** What people call a session: 'HH-041'. */
export const codeOf = (unitName: string, number: number): string =>
  `${lettersOf(unitName)}-${String(number).padStart(3, '0')}`
