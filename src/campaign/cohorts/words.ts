/** What parts of a campaign are called. They are kept with it, so they are written in Vietnamese alone. */

export const cohortNumbered = (number: number) => `nhóm ${number}`

export const bandNames = {
  below: (age: number) => `dưới ${age}`,
  between: (from: number, to: number) => `${from}–${to} tuổi`,
  from: (age: number) => `từ ${age} tuổi`,
  bornIn: (year: number) => `sinh ${year}`,
  added: 'đưa thêm',
} as const
