import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import * as contract from './contract.ts'
import { listNotices, markSeen } from './notices.ts'

export function noticeRoutes(doors: Doors): void {
  serve(doors, contract.myNotices, async (work, _asked, { who }) => {
    const may = (right: string) => who?.authority(right, 'none') !== undefined
    const { seenUntil, readAt, count, returned, asked } = await listNotices(work, may)
    return {
      ...(seenUntil && { seenUntil: seenUntil.toISOString() }),
      readAt: readAt.toISOString(),
      count,
      returned: returned.map(({ began: _began, at, ...one }) => ({ ...one, at: at.toISOString() })),
      asked: asked.map(({ latestAt, ...one }) => ({ ...one, latestAt: latestAt.toISOString() })),
    }
  })
  serve(doors, contract.markNoticesSeen, async (work, { body }) => {
    await markSeen(work, new Date(body.until))
    return {}
  })
}
