import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'

/** A link as it stands on paper: of a class, for its teacher, or of a group, for one of its members. */
export type LinkPaper = {
  readonly of: 'class' | 'group'
  /** The class, such as 12A1, or the group. */
  readonly name: string
  /** The school or the commune. */
  readonly place: string
  /** Term and school year, of a class. */
  readonly term?: string
  readonly holder: string
  readonly until: string
  /** Absent where the PIN alone is another. */
  readonly address?: string
  readonly pin: string
}

/** Addresses and PINs go by hand from page to page, and stand in no address; they are gone once the page is left. */
let papers: readonly LinkPaper[] = []
export const linkPapers = (): readonly LinkPaper[] => papers
export const forgetLinkPapers = (): void => {
  papers = []
}

export function goToLinkPapers(some: readonly LinkPaper[]): void {
  papers = some
  goTo(at('/giay-lien-ket'))
}
