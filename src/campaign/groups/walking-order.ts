const byAddress = new Intl.Collator('vi', { numeric: true })

/** The order in which a street is walked: by address, then by name. */
export const inWalkingOrder = <Door extends { readonly address: string; readonly sortKey: string }>(
  doors: readonly Door[],
): Door[] => doors.toSorted((a, b) => byAddress.compare(a.address, b.address) || (a.sortKey < b.sortKey ? -1 : 1))
