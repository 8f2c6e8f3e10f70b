import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { ActorKind, Authority } from '../platform/work.ts'

export type LinkId = Id<'access-link'>

/** What a link opens: the sheet of a class, the visit list of a community group, the page of a family. */
export const linkKinds = ['class', 'group', 'family'] as const
export type LinkKind = (typeof linkKinds)[number]

/** Who acts behind a link of a kind: the link itself, since nobody has proved to be its holder. */
export const actorOf = {
  class: 'class-link',
  group: 'group-link',
  family: 'family-link',
} as const satisfies Readonly<Record<LinkKind, ActorKind>>

/** Why a link opens nothing any more. */
export const linkEnds = ['renewed', 'revoked', 'expired'] as const
export type LinkEnd = (typeof linkEnds)[number]

export type Link = {
  readonly id: LinkId
  readonly kind: LinkKind
  /** What it opens, by the context that issued it: a linked class, a group, a person. */
  readonly subjectId: string
  /** What the audit calls it: the class as 12A1, the group; empty for a family, whose name no deed holds. */
  readonly label: string
  readonly unitId: Id<'unit'> | null
  readonly schoolId: Id<'school'> | null
  /** To whom it was given. */
  readonly holder: string | null
  /** The last day on which it opens. */
  readonly until: Day
  readonly issuedAt: Date
  readonly endedAt: Date | null
  readonly endedWhy: LinkEnd | null
  /** The house's day. */
  readonly lastOpenedOn: Day | null
}

/** Why a link opens nothing on a day, or undefined while it is in force. */
export const endOf = ({ endedWhy, until }: Pick<Link, 'endedWhy' | 'until'>, today: Day): LinkEnd | undefined =>
  endedWhy ?? (until < today ? 'expired' : undefined)

/** A session that a right PIN began. */
export type LinkSession = {
  readonly linkId: LinkId
  readonly kind: LinkKind
  readonly subjectId: string
  readonly label: string
  readonly unitId: Id<'unit'> | null
  readonly schoolId: Id<'school'> | null
  readonly holder: string | null
  readonly until: Day
}

/** The authority of what is done behind a link: it sees what row-level security ties to its id, and nothing else. */
export const linkAuthority = (
  { kind, linkId, unitId }: Pick<LinkSession, 'kind' | 'linkId' | 'unitId'>,
  purpose: string,
): Authority => ({
  by: { kind: actorOf[kind], id: linkId },
  ...(unitId && { unitId }),
  scope: { units: [], parts: [linkId] },
  purpose,
})

/**
 * A PIN as it is kept and compared: digits alone. A day written 5/3/2009 is 05032009, so that it need not be typed as
 * the paper has it.
 */
export function normalisePin(typed: string): string {
  const [day = '', month = '', year = '', more] = typed.split(/\D+/).filter(Boolean)
  if (year.length === 4 && more === undefined && day.length <= 2 && month.length <= 2)
    return `${day.padStart(2, '0')}${month.padStart(2, '0')}${year}`
  return typed.replace(/\D/g, '')
}
