import { TriangleAlert } from 'lucide-react'
import { useSay } from '../base/language.tsx'
import { CampaignRuler } from '../campaign/campaign-ruler.tsx'
import { FresherCampaign } from '../campaign/first-page-note.tsx'
import type { Campaign, QuickSheet } from '../campaign/search.ts'
import { StateSentence } from '../campaign/state-sentence.tsx'

/** The unit's first campaign: one sentence and the ruler answer whether we are on time. */
export function CampaignSituation({ campaign, sheet }: { campaign: Campaign; sheet: QuickSheet }) {
  const say = useSay()
  return (
    <>
      <FresherCampaign />
      <StateSentence search={{ cd: campaign.id }} sheet={sheet} />
      {sheet.below.length === 0 && sheet.whole.silent && (
        <p className="above">
          <TriangleAlert size={16} aria-hidden /> {say('due-silent-one')}
        </p>
      )}
      <div className="under-sentence">
        <CampaignRuler sheet={sheet} />
      </div>
    </>
  )
}
