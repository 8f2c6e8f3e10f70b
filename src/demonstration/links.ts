import * as campaign from '../campaign/campaign.ts'
import * as classes from '../classes/classes.ts'
import type { House } from '../open-house.ts'
import type { actAs } from './standings.ts'

/** A link that can be tried out in a demonstration: its PIN is shown beside it, which no other installation does. */
export type DemonstrationLink = {
  readonly kind: 'class' | 'group'
  readonly of: string
  readonly path: string
  readonly pin: string
}

type Acting = Awaited<ReturnType<typeof actAs>>

const teachers = ['Cô Ngọc Trâm', 'Thầy Đức Hùng']
/** So many classes of the school, the last ones of the list first: who sits the exam. */
const mostClasses = 2

/** The school of the demonstration issues links for its classes, and the ward one for its first group. */
export async function issueLinks(house: House, { as }: Acting): Promise<readonly DemonstrationLink[]> {
  const links: DemonstrationLink[] = []
  const { schools } = await as('nhatruong', work => classes.listClasses(work))
  const [school] = schools
  const { termEnd } = await as('nhatruong', work => classes.listClassLinks(work))
  for (const [at, one] of (school?.classes ?? []).toReversed().slice(0, mostClasses).entries()) {
    const order = { schoolId: school?.school.id as never, class: one.class, holder: teachers[at] ?? '', until: termEnd }
    const { token, pin = '' } = await as('nhatruong', work => classes.issueClassLink(work, order))
    links.push({ kind: 'class', of: `${one.class}, ${school?.school.name}`, path: `/class/${token}`, pin })
  }
  const [group] = await as('phuong', work => campaign.groups.listGroups(work))
  if (group) {
    const { token, pin = '' } = await as('phuong', async work => {
      const { usualEnd: until } = await campaign.listGroupLinks(work, group.id as never)
      return campaign.issueGroupLink(work, group.id as never, { holder: group.leader, until })
    })
    links.push({ kind: 'group', of: group.name, path: `/group/${token}`, pin })
  }
  await house.remember({ demonstrationLinks: links })
  return links
}
