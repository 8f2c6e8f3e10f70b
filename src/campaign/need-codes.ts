/** What a person still lacks, as of a day (interfaces.md, "Files out"); who lacks which: store-who-lacks-what.ts. */
export const needs = ['card', 'card-renewal', 'account', 'activation', 'level-2', 'correction'] as const
export type Need = (typeof needs)[number]

/** Which tie to a place a list counts by: the school attended, or a residence of a kind. */
export const bases = ['school', 'permanent', 'temporary', 'current'] as const
export type Basis = (typeof bases)[number]

/** A list counts people also where they live now: by the current residence, else the temporary, else the permanent. */
export const listBases = [...bases, 'living'] as const
export type ListBasis = (typeof listBases)[number]
