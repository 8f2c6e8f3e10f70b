import { useState } from 'react'
import { chipReadAtHandOver } from '../../../src/cards/law.ts'
import { cardPipeline } from '../../../src/cards/tracking/contract.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import { useRemembered } from '../base/remembered.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { stageAt } from '../cards/addresses.ts'
import { CardsNav } from '../cards/cards-nav.tsx'
import { ScanField } from '../cards/scan-field.tsx'
import { type ChipRead, showsReader, speaksAgainst } from '../chip/chip-read.ts'
import { ChipPanel } from '../chip/lazy-panel.tsx'
import { Figure } from '../parts/figure.tsx'
import { Name } from '../parts/person-name.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { type Given, useHandingOver } from './handing-over.ts'
import { Representative } from './representative.tsx'

/** So many are kept in sight: enough to answer "did I just give that one out". */
const kept = 12

/**
 * A queue of people: the card and a paper of whoever stands there are scanned, in either order, and nobody gets
 * another's.
 */
export function HandOverPage() {
  const say = useSay()
  const unit = useUnitName()
  const [given, setGiven] = useRemembered<readonly Given[]>('cards-given', [])
  return (
    <Page
      title={say('give-title')}
      standing={<p>{unit}</p>}
      strip={[unit, say('cards-nav-give')]}
      margin={<CardsNav here="cards-nav-give" />}
    >
      <div className="split give-split">
        <Desk onGiven={one => setGiven([one, ...given].slice(0, kept))} />
        <div className="companion">
          <Left />
          <section className="part">
            <h2>{say('give-today')}</h2>
            {given.length === 0 && <p className="quiet">{say('give-today-none')}</p>}
            <ol className="duty-rows">
              {given.map(({ name, serial }) => (
                <li key={serial}>
                  <span>
                    <Name name={name} />
                  </span>
                  <span className="figures quiet">{serial}</span>
                </li>
              ))}
            </ol>
          </section>
        </div>
      </div>
    </Page>
  )
}

function Left() {
  const say = useSay()
  const { data } = useAsk(cardPipeline, {})
  const n = data?.stages.find(({ stage }) => stage === 'at-unit')?.cards
  if (n === undefined) return null
  const figure =
    n > 0 ? <Figure value={n} to={stageAt({ buoc: 'at-unit' })} label={say('stage-at-unit')} /> : numberText(0)
  return (
    <p className="part">
      <Said of="give-left" parts={{ n: figure }} />
    </p>
  )
}

function Desk({ onGiven }: { onGiven: (one: Given) => void }) {
  const say = useSay()
  const [byOther, setByOther] = useState(false)
  const demand = inForceToday(chipReadAtHandOver)
  const [wishesChip, setWishesChip] = useRemembered('cards-given-by-chip', false)
  const readsChip = demand === 'must' || (wishesChip && showsReader(demand))
  const [chip, setChip] = useState<ChipRead>({})
  const desk = useHandingOver({
    byOther,
    readsChip,
    onGiven: one => {
      setByOther(false)
      setChip({})
      onGiven(one)
    },
  })
  const { card, number, heard } = desk
  const needed = card ? 'person' : number ? 'card' : 'both'
  const ready = card !== undefined && number !== undefined
  const lacksChip = readsChip && (speaksAgainst(chip) || (demand === 'must' && !chip.reading))
  const chipReading = readsChip ? chip.reading : undefined
  const begin = () => {
    setChip({})
    desk.begin()
  }
  return (
    <section className="desk" aria-label={say('cards-nav-give')}>
      <fieldset className="buttons plain" aria-label={say('give-who')}>
        <Button pressed={!byOther} onPress={() => setByOther(false)} {...(!byOther && { look: 'chosen' })}>
          {say('give-holder')}
        </Button>
        <Button pressed={byOther} onPress={() => setByOther(true)} {...(byOther && { look: 'chosen' })}>
          {say('give-representative')}
        </Button>
      </fieldset>
      {demand === 'may' && showsReader(demand) && (
        <div className="buttons">
          <Button
            look={wishesChip ? ['row', 'chosen'] : 'row'}
            pressed={wishesChip}
            onPress={() => setWishesChip(!wishesChip)}
          >
            {say('give-with-chip')}
          </Button>
        </div>
      )}
      {byOther && <p className="quiet">{say('give-rep-about')}</p>}
      {card && (
        <div className="at-hand">
          <p className="quiet">{say('give-card-of')}</p>
          <p className="big-name">
            <Name name={card.name} />
          </p>
          <p className="quiet figures">{card.serial}</p>
        </div>
      )}
      {number && !card && <p className="at-hand big-name">{say('give-person-known')}</p>}
      {ready && readsChip && (
        <ChipPanel key={card.serial} purpose="hand-over" demand={demand} serial={card.serial} onRead={setChip} />
      )}
      {ready && readsChip && !byOther && (
        <div className="buttons">
          <Button
            look={['primary', 'large']}
            onPress={() => desk.giveTo({ chipReading })}
            {...((desk.busy || lacksChip) && { disabled: true })}
          >
            {say(chip.reading ? 'give-after-chip' : 'give-without-chip')}
          </Button>
        </div>
      )}
      {byOther && ready ? (
        <Representative
          onGive={receiver => desk.giveTo({ receiver, chipReading })}
          busy={desk.busy || lacksChip}
          heard={heard}
        />
      ) : ready && readsChip ? null : (
        <ScanField
          label={say(`give-scan-${needed}`)}
          hint={say(`give-hint-${needed}`)}
          onScan={desk.onText}
          onCard={desk.onCardQr}
          heard={heard}
        />
      )}
      {(card || number) && (
        <div className="buttons">
          <Button look="row" onPress={begin}>
            {say('give-begin-anew')}
          </Button>
        </div>
      )}
    </section>
  )
}
