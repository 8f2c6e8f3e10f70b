/** What a row of a person becomes: it has the person's place, or it is a duplicate of the row that has it. */
export type PlaceOutcome<Row> =
  | { readonly outcome: 'matched'; readonly first?: undefined }
  | { readonly outcome: 'duplicate'; readonly first: Row }

/**
 * One person has one place on a roll. Give the rows in the order of the roll: the first row of a person is matched,
 * later ones are its duplicates.
 */
export function onePlaceEach<Row>(): (person: string, row: Row) => PlaceOutcome<Row> {
  const firsts = new Map<string, Row>()
  return (person, row) => {
    const first = firsts.get(person)
    if (first !== undefined) return { outcome: 'duplicate', first }
    firsts.set(person, row)
    return { outcome: 'matched' }
  }
}
