import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { type Search, writeSearch } from '../base/search.ts'

/** For whom slips are made: people chosen on the page before, or a class. */

export type ClassesForSlips = { readonly school: string; readonly year: string; readonly classes: readonly string[] }

/** Who was chosen goes by hand from page to page, and stands in no address: people, or the classes of a school. */
let chosen: readonly string[] = []
let school: ClassesForSlips | undefined
export const chosenForSlips = (): { readonly people: readonly string[]; readonly school?: ClassesForSlips } => ({
  people: chosen,
  ...(school && { school }),
})

export const slipsOfClass = (of: { readonly school: string; readonly year: string; readonly class: string }) =>
  at(`/phieu-gia-dinh${writeSearch({ truong: of.school, nam: of.year, lop: of.class })}`)

export function goToSlipsOf(people: readonly string[]): void {
  chosen = people
  school = undefined
  goTo(at('/phieu-gia-dinh'))
}

export function goToSlipsOfSchool(classes: ClassesForSlips): void {
  chosen = []
  school = classes
  goTo(at('/phieu-gia-dinh'))
}

export const slipSearch = ({ truong, nam, lop }: Search) => ({ truong, nam, lop })
