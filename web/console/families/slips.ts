import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { type Search, writeSearch } from '../base/search.ts'

/** For whom slips are made: people chosen on the page before, or a class. */

/** Who was chosen goes by hand from page to page, and stands in no address. */
let chosen: readonly string[] = []
export const chosenForSlips = (): readonly string[] => chosen

export const slipsOfClass = (of: { readonly school: string; readonly year: string; readonly class: string }) =>
  at(`/phieu-gia-dinh${writeSearch({ truong: of.school, nam: of.year, lop: of.class })}`)

export function goToSlipsOf(people: readonly string[]): void {
  chosen = people
  goTo(at('/phieu-gia-dinh'))
}

export const slipSearch = ({ truong, nam, lop }: Search) => ({ truong, nam, lop })
