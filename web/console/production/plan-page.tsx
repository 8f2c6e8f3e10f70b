import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { largestBatch } from '../../../src/cards/law.ts'
import { listBatches, planBatch, previewBatch } from '../../../src/cards/production/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { batchAt, batchesAt } from '../cards/addresses.ts'
import { CardsNav } from '../cards/cards-nav.tsx'
import { usePlaces } from '../cards/place-names.ts'
import { DayField } from '../parts/day-field.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'

const makers = ['house', 'centre'] as const

type Filled = { readonly unit: string; readonly school: string; readonly dueBefore: string }
const asked = ({ unit, school, dueBefore }: Filled) => ({
  ...(unit && { unitIds: [unit] }),
  ...(school && { schoolId: school }),
  ...(dueBefore && { dueBefore }),
})

/** Who makes it, whose cards, how many: what it would take is counted before it is planned. */
export function PlanPage() {
  const say = useSay()
  const unit = useUnitName()
  const { unitChoices, schoolChoices } = usePlaces()
  const [maker, setMaker] = useState<(typeof makers)[number]>('house')
  const [filled, setFilled] = useState<Filled>({ unit: '', school: '', dueBefore: '' })
  const [most, setMost] = useState('200')
  const set = (more: Partial<Filled>) => setFilled({ ...filled, ...more })
  const preview = useQuery({
    queryKey: [previewBatch.path, filled],
    queryFn: ({ signal }) => call(previewBatch, { body: asked(filled), signal }),
    staleTime: 0,
  })
  const plan = useDo(planBatch, [listBatches, cardPipeline, listCards])
  const limit = Number(most)
  const mostWrong = !/^\d+$/.test(most) || limit < 1 || limit > largestBatch
  const cards = preview.data?.cards ?? 0
  const taken = mostWrong ? 0 : Math.min(cards, limit)
  return (
    <Page
      title={say('plan-title')}
      standing={<p>{unit}</p>}
      strip={[unit, say('batch-plan')]}
      margin={<CardsNav here="cards-nav-batches" />}
      foot={
        <Go className="exit" to={batchesAt()}>
          {say('cards-nav-batches')}
        </Go>
      }
    >
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          if (taken > 0)
            plan.mutate(
              { body: { ...asked(filled), maker, most: limit } },
              { onSuccess: ({ id }) => goTo(batchAt(id)) },
            )
        }}
      >
        <Field
          label={say('plan-maker')}
          value={maker}
          onChange={chosen => setMaker(makers.find(one => one === chosen) ?? 'house')}
          choices={makers.map(one => [one, say(`batch-maker-${one}`)] as const)}
        />
        <Field
          label={say('plan-units')}
          value={filled.unit}
          onChange={chosen => set({ unit: chosen })}
          choices={[['', say('plan-all-units')], ...unitChoices]}
        />
        <Field
          label={say('plan-school')}
          value={filled.school}
          onChange={school => set({ school })}
          choices={[['', ''], ...schoolChoices]}
        />
        <DayField label={say('plan-due-before')} value={filled.dueBefore} onChange={dueBefore => set({ dueBefore })} />
        <Field
          label={say('plan-most')}
          value={most}
          onChange={setMost}
          inputMode="numeric"
          maxLength={4}
          hint={say('plan-most-hint')}
          error={mostWrong ? say('plan-most-wrong') : undefined}
        />
        <div aria-live="polite">
          {preview.isLoading && <p className="quiet">{say('plan-counting')}</p>}
          {preview.data && cards === 0 && <p className="note waiting">{say('plan-preview-none')}</p>}
          {preview.data && cards > 0 && (
            <div className="note">
              <div>
                <p>
                  {say('plan-preview', {
                    n: numberText(cards),
                    first: dayText(preview.data.firstDueOn ?? ''),
                    last: dayText(preview.data.lastDueOn ?? ''),
                    taken: numberText(taken),
                  })}
                </p>
                {preview.data.late > 0 && (
                  <p className="late-text">{say('plan-preview-late', { n: numberText(preview.data.late) })}</p>
                )}
              </div>
            </div>
          )}
        </div>
        <RefusedNote error={plan.error ?? preview.error} />
        <div className="buttons">
          <Button look="primary" submits {...((taken === 0 || plan.isPending) && { disabled: true })}>
            {say('plan-deed', { n: numberText(taken) })}
          </Button>
        </div>
      </form>
    </Page>
  )
}
