/** The tags of the data groups 1 to 16 (ICAO 9303-10, section 4.6, table 38). */
const groupTags: readonly number[] = [
  0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70,
]

/** The tag of EF.COM. */
export const commonDataTag = 0x60

/** The tag of a data group by its number, 1 to 16. */
export const groupTag = (group: number): number => groupTags[group - 1] ?? 0
export const groupWithTag = (tag: number): number | undefined => {
  const at = groupTags.indexOf(tag)
  return at < 0 ? undefined : at + 1
}
