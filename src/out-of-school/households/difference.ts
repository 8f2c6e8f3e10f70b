/** What differs from a pupil's registered home: the roll, or the registered home of one of the household. */
export const homeDifferences = ['said', 'father', 'mother', 'sibling'] as const
export type HomeDifference = (typeof homeDifferences)[number]
