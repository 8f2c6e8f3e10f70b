import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import type { StationKeys } from '../stations/keys.ts'
import { showPaper } from './contract.ts'
import { getPaper, paperNames } from './papers.ts'

type PaperRoutes = { readonly keys: () => Promise<StationKeys>; readonly isDemonstration: () => boolean }

export function paperRoutes(doors: Doors, { keys, isDemonstration }: PaperRoutes): void {
  serve(doors, showPaper, async (work, { params: { id, paper } }) => {
    const content = await getPaper(
      work,
      { keys: await keys(), origin: doors.origin, isDemonstration: isDemonstration() },
      id,
      paper,
    )
    return { name: `ho-so-${id}-${paperNames[paper]}.pdf`, type: 'application/pdf', content }
  })
}
