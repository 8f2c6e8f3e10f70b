import type { ReadingOutcome } from '../../../src/cards/chip-readings/chip-reading.ts'
import { chipReadingPictures } from '../../../src/cards/chip-readings/contract.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import type { FoundCheck } from './use-chip-reading.ts'

const looks: Readonly<Record<ReadingOutcome, 'done' | 'late' | 'waiting'>> = {
  original: 'done',
  copy: 'late',
  'another-card': 'late',
  'not-genuine': 'late',
  'signer-unknown': 'waiting',
  'not-opened': 'waiting',
  'broken-off': 'waiting',
}

/** What failed is read first. */
const order: readonly FoundCheck['outcome'][] = ['failed', 'not-done', 'passed']

/** What a reading came to: its outcome, the two portraits, and each check. */
export function ChipFound({
  id,
  outcome,
  checks,
}: {
  readonly id: string
  readonly outcome: ReadingOutcome
  readonly checks: readonly FoundCheck[]
}) {
  const say = useSay()
  const count = (of: FoundCheck['outcome']) => checks.filter(check => check.outcome === of).length
  return (
    <>
      <p className={`note ${looks[outcome]}`} role={looks[outcome] === 'late' ? 'alert' : 'status'}>
        <b>{say(`chip-outcome-${outcome}`)}.</b> {say(`chip-outcome-${outcome}-todo`)}
      </p>
      {outcome === 'original' && <ChipPictures id={id} />}
      <details open={looks[outcome] !== 'done'}>
        <summary>
          {say('chip-checks', { passed: count('passed'), failed: count('failed'), undone: count('not-done') })}
        </summary>
        <dl className="particulars chip-checks">
          {checks
            .toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome))
            .map(({ check, outcome: of }) => (
              <div key={check}>
                <dt>{say(`chip-check-${check}` as 'chip-check-signature')}</dt>
                <dd className={of === 'failed' ? 'late-text' : of === 'passed' ? 'done-text' : 'quiet'}>
                  {say(`chip-${of}`)}
                </dd>
              </div>
            ))}
        </dl>
      </details>
    </>
  )
}

/** Opened for this look, and the look is written down. */
function ChipPictures({ id }: { readonly id: string }) {
  const say = useSay()
  const { data } = useAsk(chipReadingPictures, { params: { id } })
  if (!data) return null
  const { chip, record } = data
  return (
    <div className="looks portraits">
      <Picture
        caption={say('chip-portrait-chip')}
        src={chip && `data:image/${chip.form === 'jpeg' ? 'jpeg' : 'jp2'};base64,${chip.image}`}
      />
      <Picture caption={say('chip-portrait-record')} src={record && `data:image/jpeg;base64,${record}`} />
    </div>
  )
}

function Picture({ caption, src }: { readonly caption: string; readonly src: string | undefined }) {
  const say = useSay()
  return (
    <figure className="face">
      {src ? <img src={src} alt={caption} /> : <span className="no-picture">{say('chip-portrait-none')}</span>}
      <figcaption className="small">{caption}</figcaption>
    </figure>
  )
}
