import { foldMarks } from '../../names/name.ts'

/** The people of a list: those whose address names the group's quarter, or the whole commune. */
export const reaches = ['quarter', 'commune'] as const

export type Reach = (typeof reaches)[number]

/**
 * Whether an address names a quarter, whatever the case and the marks: "Tổ 5, khu 3" is in "Khu 3" and not in "Khu 30".
 */
export function isInQuarter(address: string, quarter: string): boolean {
  const [whole, part] = [foldMarks(address), foldMarks(quarter)].map(text => ` ${text.replaceAll(/[^a-z0-9]+/g, ' ')} `)
  return part !== undefined && part.trim() !== '' && whole?.includes(part) === true
}
