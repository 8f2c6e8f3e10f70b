/** The pictures that documents show: who is signed in, at which place of the console, which keys are pressed there. */
export type Picture = {
  /** Of the file in docs/images, without its ending. */
  readonly name: string
  readonly login: string
  /** Under /console; `:roll` is the roll with the most doubtful rows. */
  readonly place: string
  readonly press?: readonly string[]
}

export const pictures: readonly Picture[] = [
  { name: 'hom-nay', login: 'phuong', place: '/hom-nay' },
  { name: 'ra-soat', login: 'huyen', place: '/ra-soat/:roll' },
  { name: 'danh-sach', login: 'huyen', place: '/danh-sach' },
  { name: 'chien-dich', login: 'chihuy', place: '/chien-dich' },
]
