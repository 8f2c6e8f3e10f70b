/** Where the officer was in this tab. It is kept in memory alone: a title may name a person. */
type Visit = { readonly address: string; readonly title: string }

const most = 6
let visits: readonly Visit[] = []

export function noteVisit(visit: Visit): void {
  visits = [visit, ...visits.filter(({ address }) => address !== visit.address)].slice(0, most)
}

/** The last five places besides the one that is open. */
export const lastVisits = (here: string): readonly Visit[] =>
  visits.filter(({ address }) => address !== here).slice(0, most - 1)
