import { Type } from 'typebox'
import { HolderShape, IssuedShape, issuedParts, LinkShape } from '../../access-links/contract.ts'
import { endpoint } from '../../platform/endpoint.ts'

/** Links of community groups over the wire. */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Ids = Type.Object({ id: Uuid })

export const groupLinks = endpoint({
  method: 'GET',
  path: '/community-groups/:id/links',
  summary: 'The links by which members of a group open its visit lists',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  reply: Type.Object({
    /** Until when a link is usually given. */
    usualEnd: DayText,
    links: Type.Array(LinkShape),
  }),
  problems: ['group-unknown'],
})

export const issueGroupLink = endpoint({
  method: 'POST',
  path: '/community-groups/:id/links',
  summary: 'Issue a link to the visit lists of a group for one member, with a PIN that is told apart',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  body: Type.Object({ holder: HolderShape, until: DayText }),
  reply: IssuedShape,
  problems: ['group-unknown', 'group-ended', 'access-link-day-refused'],
})

/** Of one group at once. */
export const mostGroupLinks = 50

export const issueGroupLinks = endpoint({
  method: 'POST',
  path: '/community-groups/:id/links/of-members',
  summary: 'Issue links to the visit lists of a group for several members at once',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  body: Type.Object({
    until: DayText,
    holders: Type.Array(HolderShape, { minItems: 1, maxItems: mostGroupLinks }),
  }),
  reply: Type.Object({
    links: Type.Array(Type.Object({ ...issuedParts, holder: Type.String() })),
  }),
  problems: ['group-unknown', 'group-ended', 'access-link-day-refused'],
})

export const renewGroupLink = endpoint({
  method: 'POST',
  path: '/group-links/:id/renew',
  summary: 'Give a link another address, PIN and last day; the old address opens nothing',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  body: Type.Object({ until: DayText }),
  reply: IssuedShape,
  problems: ['access-link-unknown', 'group-unknown', 'group-ended', 'access-link-day-refused'],
})

export const newPinOfGroupLink = endpoint({
  method: 'POST',
  path: '/group-links/:id/pin',
  summary: 'Another PIN for a link; whoever has it open types the new one',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  reply: Type.Object({ pin: Type.String() }),
  problems: ['access-link-unknown', 'access-link-ended'],
})

export const revokeGroupLink = endpoint({
  method: 'POST',
  path: '/group-links/:id/revoke',
  summary: 'End a link at once; what a phone keeps of it goes at its next contact',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  reply: Type.Object({}),
  problems: ['access-link-unknown', 'access-link-ended'],
})
