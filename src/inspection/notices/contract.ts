import { Type } from 'typebox'
import { endpoint, signedIn } from '../../platform/endpoint.ts'

/** What came to an officer, over the wire: kinds, ids and moments. */

const Instant = Type.String({ format: 'date-time' })

export const myNotices = endpoint({
  method: 'GET',
  path: '/me/notices',
  summary: 'What came back to the officer who is signed in, and what their unit was asked, since they last looked',
  right: signedIn,
  purpose: 'none',
  reply: Type.Object({
    seenUntil: Type.Optional(Instant),
    readAt: Instant,
    count: Type.Integer(),
    returned: Type.Array(
      Type.Object({
        id: Type.String({ format: 'uuid' }),
        at: Instant,
        deed: Type.String(),
        subjectKind: Type.String(),
        subjectId: Type.String(),
        isNew: Type.Boolean(),
      }),
    ),
    asked: Type.Array(Type.Object({ deed: Type.String(), count: Type.Integer(), latestAt: Instant })),
  }),
})

export const markNoticesSeen = endpoint({
  method: 'POST',
  path: '/me/notices/seen',
  summary: 'Mark what came up to a moment as seen, for oneself alone',
  right: signedIn,
  purpose: 'none',
  body: Type.Object({ until: Type.String({ format: 'date-time', maxLength: 40 }) }),
  reply: Type.Object({}),
})
