import { FileSpreadsheet, FileText, Printer, Stamp } from 'lucide-react'
import { useState } from 'react'
import { quickExport } from '../../../src/statistics/contract.ts'
import { reportList, reportPublish } from '../../../src/statistics/reports/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call, save } from '../../parts/call.ts'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { EveningText } from '../campaign/copy-evening-text.tsx'
import { asQuery, type Campaign, type CampaignSearch, type QuickSheet } from '../campaign/search.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay } from '../shell/session.tsx'
import { reportsAt } from './search.ts'

type ExportAndPublishProps = {
  readonly search: CampaignSearch
  readonly campaign: Campaign
  readonly sheet: QuickSheet | undefined
}

const files = [
  { as: 'pdf', icon: FileText },
  { as: 'xlsx', icon: FileSpreadsheet },
  { as: 'csv', icon: FileSpreadsheet },
] as const

/** Paper, files, the evening text, and publishing. */
export function ExportAndPublish({ search, campaign, sheet }: ExportAndPublishProps) {
  const say = useSay()
  const mayPublish = useMay('figures.publish')
  const [error, setError] = useState<unknown>()
  const take = (as: (typeof files)[number]['as']) => {
    setError(undefined)
    call(quickExport, { params: { id: campaign.id }, query: { ...asQuery(search, campaign.metrics), as } }).then(
      save,
      setError,
    )
  }
  return (
    <>
      {files.map(({ as, icon: Icon }) => (
        <button key={as} type="button" className="exit" onClick={() => take(as)}>
          <Icon size={16} aria-hidden />
          {say(`sheet-${as}`)}
        </button>
      ))}
      <Go className="exit" to={reportsAt(search, '/bao-cao/in')}>
        <Printer size={16} aria-hidden />
        {say('sheet-print')}
      </Go>
      <RefusedNote error={error} />
      <EveningText campaign={campaign} search={search} />
      {mayPublish && sheet && <Publish campaign={campaign} sheet={sheet} />}
    </>
  )
}

/** A published sheet stays as it is for good: asked once, with what it means. */
function Publish({ campaign, sheet }: { campaign: Campaign; sheet: QuickSheet }) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const publish = useDo(reportPublish, [reportList])
  const { metric, day, whole } = sheet
  return (
    <>
      <Button look={['primary', 'wide']} icon={Stamp} onPress={() => setOpen(true)}>
        {say('sheet-publish', { day: dayText(day) })}
      </Button>
      <Dialog
        open={open}
        title={say('publish-asks', { day: dayText(day), unit: whole.unit.name })}
        onClose={() => setOpen(false)}
      >
        <p>{say('publish-means')}</p>
        <p className="quiet">{say(`metric-${metric}`)}</p>
        <RefusedNote error={publish.error} />
        <div className="buttons">
          <Button
            look="primary"
            disabled={publish.isPending}
            onPress={() =>
              publish.mutate(
                { params: { id: campaign.id }, body: { unit: whole.unit.id, metric, day } },
                { onSuccess: ({ id }) => goTo(at(`/bao-cao/${id}`)) },
              )
            }
          >
            {say('publish-do')}
          </Button>
          <Button onPress={() => setOpen(false)}>{say('leave-it')}</Button>
        </div>
      </Dialog>
    </>
  )
}
