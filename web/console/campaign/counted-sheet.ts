import { useEffect, useRef, useState } from 'react'
import { figureCourse, figureFunnel, figureMap, quickStatistics } from '../../../src/statistics/contract.ts'
import type { Asked } from '../../parts/call.ts'
import { useAsk, useStale } from '../base/use-endpoint.ts'

const soon = 2_000

/**
 * Quick statistics that ask again while deeds wait to be counted; when they have been, what else is shown of the
 * figures is read anew.
 */
export function useCountedSheet(asked: Asked<typeof quickStatistics>) {
  const [every, setEvery] = useState<number | false>(false)
  const { data: sheet, error, refetch } = useAsk(quickStatistics, asked, { keep: true, every })
  const stale = useStale()
  const known = useRef<string>(undefined)
  useEffect(() => {
    if (!sheet) return
    setEvery(sheet.waiting > 0 ? soon : false)
    const now = `${sheet.campaign.id} ${sheet.knownAt}`
    if (known.current?.startsWith(sheet.campaign.id) && known.current !== now)
      stale([figureCourse, figureFunnel, figureMap])
    known.current = now
  }, [sheet, stale])
  return { sheet, error, refetch }
}
