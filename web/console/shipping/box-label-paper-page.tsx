import { useParams } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { boxLabel, showBox } from '../../../src/cards/shipping/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { boxAt } from '../cards/addresses.ts'
import type { Box } from '../cards/card-types.ts'
import { Qr } from '../cards/qr.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { PaperExit } from '../parts/paper-exit.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/session.tsx'
import { useBoxWay } from './boxes-page.tsx'

/**
 * The label of a box: its code for eyes and for a scanner, from where to where, how many. Nobody's name. The
 * server draws it as PDF too (src/cards/shipping/box-label-pdf.ts).
 */
export function BoxLabelPaperPage() {
  const say = useSay()
  const { id } = useParams({ from: '/the/thung/$id/nhan' })
  const { data, error, refetch } = useAsk(showBox, { params: { id }, query: { limit: 1 } })
  const title = say('label-title', { code: data?.box.code ?? '' })
  return (
    <Page
      title={title}
      strip={[title]}
      standing={data && <p>{say('label-about')}</p>}
      foot={
        <>
          <Button look={['primary', 'wide']} icon={Printer} onPress={() => print()}>
            {say('label-print')}
          </Button>
          {data && <LabelExit box={data.box} />}
          <Go className="exit" to={boxAt(id)}>
            {say('box-back')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('box-reading')} />}
      {data && <Label box={data.box} />}
    </Page>
  )
}

/** The label for a printer of labels: of a box that is shut and not yet counted out. */
function LabelExit({ box: { id, state } }: { box: Box }) {
  const say = useSay()
  const mayShip = useMay('cards.ship')
  if (!mayShip || (state !== 'sealed' && state !== 'sent')) return null
  return <PaperExit take={() => call(boxLabel, { params: { id } })}>{say('label-paper')}</PaperExit>
}

function Label({ box }: { box: Box }) {
  const say = useSay()
  const { from, to } = useBoxWay()(box)
  return (
    <section className="box-label">
      <Qr text={box.code} />
      <div>
        <p className="label-code">{box.code}</p>
        <dl>
          <dt>{say('label-from')}</dt>
          <dd>{from}</dd>
          <dt>{say('label-to')}</dt>
          <dd className="label-to">{to}</dd>
        </dl>
        <dl className="label-figures">
          <div>
            <dt>{say('label-cards')}</dt>
            <dd className="figures">{numberText(box.cards)}</dd>
          </div>
          <div>
            <dt>{say('label-seal')}</dt>
            <dd className="figures">{box.seal ?? '………………'}</dd>
          </div>
          <div>
            <dt>{say('label-day')}</dt>
            <dd className="figures">{instantText(box.sentAt ?? box.sealedAt ?? box.openedAt).day}</dd>
          </div>
        </dl>
      </div>
    </section>
  )
}
