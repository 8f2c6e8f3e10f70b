import type { ReactNode } from 'react'
import { campaignList } from '../../../src/campaign/cohorts/contract.ts'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { DirectivesLink } from '../directives/directives-link.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { type Campaign, type CampaignSearch, chosenOf } from './search.ts'

/** Opens the campaign that the address names; says what to do where there is none. */
export function WithCampaign({
  search,
  title,
  children,
}: {
  search: CampaignSearch
  title: string
  children: (campaign: Campaign, all: readonly Campaign[]) => ReactNode
}) {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(campaignList, {})
  const campaign = data && chosenOf(data, search)
  if (data && campaign) return children(campaign, data.campaigns)
  return (
    <Page title={title} standing={<p>{unit}</p>} strip={[unit]} foot={<DirectivesLink />}>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('campaign-reading')} />}
      {data && (data.campaigns.length ? <Unknown /> : <NoCampaign />)}
    </Page>
  )
}

function Unknown() {
  const say = useSay()
  return (
    <State
      so={say('campaign-unknown-here')}
      todo={say('campaign-unknown-todo')}
      buttons={<Button href={at('/chien-dich')}>{say('people-back')}</Button>}
    />
  )
}

/** The best first step for whoever may take it; for the others, who will. */
export function NoCampaign() {
  const say = useSay()
  const mayManage = useMay('campaign.manage')
  return (
    <State
      so={say('campaign-none')}
      todo={say(mayManage ? 'campaign-none-todo' : 'campaign-none-wait')}
      buttons={
        mayManage && (
          <Button look="primary" href={at('/chien-dich/moi')}>
            {say('campaign-new')}
          </Button>
        )
      }
    />
  )
}
