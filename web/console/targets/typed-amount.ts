/** A whole amount as people write it, 1.234 or 1 234; undefined where nothing is written. */
export function amountOf(text: string): number | undefined | 'unreadable' {
  const plain = text.replace(/[\s.]/g, '')
  if (plain === '') return undefined
  return /^\d{1,9}$/.test(plain) ? Number(plain) : 'unreadable'
}

export const sumOf = (amounts: readonly ReturnType<typeof amountOf>[]) =>
  amounts.reduce<number>((sum, amount) => sum + (typeof amount === 'number' ? amount : 0), 0)
