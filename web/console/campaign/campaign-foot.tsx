import { ChartColumn, ListOrdered, Megaphone, Printer, TriangleAlert } from 'lucide-react'
import { awarenessAt } from '../awareness/activity.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { DirectivesLink } from '../directives/directives-link.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay, useToday } from '../shell/session.tsx'
import { EveningText } from './copy-evening-text.tsx'
import { type Campaign, type CampaignSearch, campaignAt } from './search.ts'

/** The foot of the campaign's page: where to go from here, and the evening text to copy. */
export function CampaignFoot({ search, campaign }: { search: CampaignSearch; campaign: Campaign }) {
  const say = useSay()
  const mayManage = useMay('campaign.manage')
  const maySeeAwareness = useMay('awareness.read')
  const today = useToday()
  return (
    <>
      <Go className="exit" to={campaignAt(search, '/chien-dich/chi-tieu')}>
        <ListOrdered size={16} aria-hidden />
        {say('campaign-targets')}
      </Go>
      <Go className="exit" to={campaignAt(search, '/chien-dich/nguy-co')}>
        <TriangleAlert size={16} aria-hidden />
        {say('campaign-risk')}
      </Go>
      <DirectivesLink />
      {maySeeAwareness && (
        <Go className="exit" to={awarenessAt({ cd: campaign.id })}>
          <Megaphone size={16} aria-hidden />
          {say('awareness-title')}
        </Go>
      )}
      <Go className="exit" to={campaignAt(search, '/bao-cao')}>
        <ChartColumn size={16} aria-hidden />
        {say('campaign-quick')}
      </Go>
      {mayManage && campaign.startsOn > today && (
        <Go className="exit" to={campaignAt({ cd: campaign.id }, '/chien-dich/moi')}>
          {say('form-edit')}
        </Go>
      )}
      {mayManage && (
        <Go className="exit" to={at('/chien-dich/moi')}>
          {say('campaign-new')}
        </Go>
      )}
      <Go className="exit" to={campaignAt(search, '/chien-dich/in')}>
        <Printer size={16} aria-hidden />
        {say('campaign-print')}
      </Go>
      <EveningText campaign={campaign} search={search} />
    </>
  )
}
