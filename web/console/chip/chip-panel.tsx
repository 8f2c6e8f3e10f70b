import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { ChipFound } from './chip-found.tsx'
import { type ChipPanelProps, showsReader } from './chip-read.ts'
import { type ChipStage, useChipReading } from './use-chip-reading.ts'

/** Đọc chip: the card on the counter's reader is read for one deed. Nothing where no counter has a reader. */
export function ChipPanelBody({ purpose, demand, serial: known, onRead }: ChipPanelProps) {
  const say = useSay()
  const [typed, setTyped] = useState('')
  const [accessNumber, setAccessNumber] = useState('')
  const { stage, read, pair } = useChipReading((reading, outcome) => onRead({ reading, outcome }))
  if (!showsReader(demand)) return null
  const serial = (known ?? typed).trim()
  const asked = { serial, purpose, accessNumber: /^\d{6,16}$/.test(accessNumber) ? accessNumber : undefined }
  const isBusy = steps.some(step => step === stage.at)
  const mayNumber = stage.at === 'access-number' || (stage.at === 'done' && stage.outcome === 'not-opened')
  return (
    <section className="chip-panel" aria-label={say('chip-title')}>
      <p>
        <b>{say('chip-title')}</b>
      </p>
      <p className="quiet small">{say('chip-about')}</p>
      {stage.at !== 'done' && <p className="small">{say(demand === 'must' ? 'chip-must' : 'chip-may')}</p>}
      {known === undefined && <Field label={say('chip-serial')} value={typed} onChange={setTyped} maxLength={40} />}
      <Under stage={stage} />
      {stage.at === 'reader' && <Fault fault={stage.fault} onCode={code => void pair(code, asked)} />}
      {stage.at === 'refused' && <RefusedNote error={stage.error} />}
      {stage.at === 'done' && <ChipFound {...stage} />}
      {mayNumber && (
        <Field
          label={say('chip-access')}
          hint={say('chip-access-hint')}
          value={accessNumber}
          onChange={setAccessNumber}
          inputMode="numeric"
          maxLength={16}
        />
      )}
      {!(stage.at === 'done' && stage.outcome === 'original') && (
        <div className="buttons">
          <Button onPress={() => void read(asked)} {...((isBusy || serial === '') && { disabled: true })}>
            {say(stage.at === 'idle' || isBusy ? 'chip-read' : 'chip-again')}
          </Button>
        </div>
      )}
    </section>
  )
}

const steps = ['program', 'card', 'open', 'read'] as const

/** The steps in their order; the one that is under way is told. */
function Under({ stage }: { readonly stage: ChipStage }) {
  const say = useSay()
  const { at } = stage
  if (at !== 'program' && at !== 'card' && at !== 'open' && at !== 'read') return null
  return (
    <ol className="chip-steps" role="status">
      {steps.slice(0, steps.indexOf(at) + 1).map(step => (
        <li key={step} {...(step === stage.at && { 'aria-current': 'step' as const })}>
          {say(`chip-step-${step}`, { n: stage.at === 'read' ? stage.commands : 0 })}
        </li>
      ))}
    </ol>
  )
}

/** Why the reader was not reached, and what to do; a page that is not paired asks for the code. */
function Fault({ fault, onCode }: { readonly fault: string; readonly onCode: (code: string) => void }) {
  const say = useSay()
  const [code, setCode] = useState('')
  if (fault === 'not-paired' || fault === 'code-wrong')
    return (
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          event.stopPropagation()
          onCode(code.trim())
        }}
      >
        <Field
          label={say('chip-code')}
          hint={say('chip-code-hint')}
          value={code}
          onChange={setCode}
          inputMode="numeric"
          maxLength={8}
          autoFocus
          error={fault === 'code-wrong' ? say('chip-code-wrong') : undefined}
        />
        <div className="buttons">
          <Button look="primary" submits {...(!/^\d{8}$/.test(code.trim()) && { disabled: true })}>
            {say('chip-code-do')}
          </Button>
        </div>
      </form>
    )
  const known = fault === 'no-card' || fault === 'reader-busy' ? fault : 'reader-unusable'
  const isAbsent = fault === 'no-program' || fault === 'foreign-page'
  return (
    <div className="note waiting" role="status">
      <p>
        <b>{isAbsent ? say('chip-none') : say(faultSaid(known))}.</b>{' '}
        {isAbsent ? say('chip-none-todo') : say(`${faultSaid(known)}-todo`)}
      </p>
      {isAbsent && <code className="chip-command">npx dinhdanh card reader --origin {location.origin}</code>}
    </div>
  )
}

const faultSaid = (fault: 'no-card' | 'reader-busy' | 'reader-unusable') => `chip-${fault}` as const
