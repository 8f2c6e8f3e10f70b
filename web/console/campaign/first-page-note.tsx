import { campaignList, firstPageChoose } from '../../../src/campaign/cohorts/contract.ts'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import type { Campaign } from './search.ts'

/** A campaign that was made after the unit chose: offered for the first page; it takes nothing over by itself. */
export function FresherCampaign() {
  const say = useSay()
  const mayChoose = useMay('campaign.lists')
  const { data } = useAsk(campaignList, {})
  const choose = useDo(firstPageChoose, [campaignList])
  const fresher = data?.campaigns.find(({ id }) => id === data.fresher)
  const first = data?.campaigns.find(({ id }) => id === data.first)
  if (!mayChoose || !fresher || !first) return null
  const take = (campaign: string) => choose.mutate({ body: { campaign } })
  return (
    <div className="fresher">
      <p>
        {say('fresher-campaign', { title: fresher.title })} {say('fresher-now', { title: first.title })}
      </p>
      <div className="buttons">
        <Button look="row" disabled={choose.isPending} onPress={() => take(fresher.id)}>
          {say('fresher-take')}
        </Button>
        <Button look={['row', 'text']} disabled={choose.isPending} onPress={() => take(first.id)}>
          {say('fresher-keep')}
        </Button>
      </div>
      <RefusedNote error={choose.error} />
    </div>
  )
}

/** On the page of a campaign: whether the unit's first page shows it, and the way to let it. */
export function FirstPageChoice({ campaign }: { campaign: Campaign }) {
  const say = useSay()
  const mayChoose = useMay('campaign.lists')
  const { data } = useAsk(campaignList, {})
  const choose = useDo(firstPageChoose, [campaignList])
  if (!data || data.campaigns.length < 2 || campaign.state === 'closed') return null
  if (data.first === campaign.id) return <p className="small quiet">{say('first-page-this')}</p>
  if (!mayChoose) return null
  return (
    <>
      <Button
        look={['row', 'wide']}
        disabled={choose.isPending}
        onPress={() => choose.mutate({ body: { campaign: campaign.id } })}
      >
        {say('first-page-set')}
      </Button>
      <RefusedNote error={choose.error} />
    </>
  )
}
