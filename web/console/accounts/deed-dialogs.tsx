import { type ReactNode, useState } from 'react'
import { chipReadAtCounter } from '../../../src/accounts/law.ts'
import { refusalCodes } from '../../../src/accounts/requests/contract.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { type ChipRead, speaksAgainst } from '../chip/chip-read.ts'
import { ChipPanel } from '../chip/lazy-panel.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useToday } from '../shell/session.tsx'
import type { FieldDeed } from './deeds-offered.ts'
import type { Account } from './search.ts'
import { useAccountDeeds } from './use-account-deeds.ts'

type Props = { readonly deed: FieldDeed; readonly account: Account; readonly onClose: () => void }
type Filled = Readonly<Record<string, string>>

/** What each deed asks for. A field without `choices` is typed; one that may be left empty says so in its label. */
type Asks = {
  readonly name: string
  readonly choices?: readonly string[]
  readonly rows?: number
  readonly optional?: boolean
  readonly type?: 'tel' | 'date' | 'text'
  /** Asked from this day on: before it the law has no such thing. */
  readonly from?: string
  /** Only where another field has this value. */
  readonly when?: readonly [field: string, ...values: string[]]
}

const asks: Readonly<Record<FieldDeed, readonly Asks[]>> = {
  refuse: [
    { name: 'code', choices: refusalCodes },
    { name: 'note', rows: 2, optional: true },
  ],
  reopen: [{ name: 'how', choices: ['hotline', 'counter'] }],
  raise: [{ name: 'serial' }],
  phone: [
    { name: 'phone', type: 'tel' },
    { name: 'again', type: 'tel' },
    { name: 'proof', choices: ['card', 'face-known'] },
    { name: 'owner', choices: ['no', 'yes'], optional: true, from: '2024-07-01' },
  ],
  'lost-device': [
    { name: 'how', choices: ['counter', 'hotline'] },
    { name: 'birthDate', when: ['how', 'hotline'] },
    { name: 'phone', type: 'tel', optional: true, when: ['how', 'hotline'] },
    { name: 'cardIssuedOn', type: 'date', optional: true, when: ['how', 'hotline'] },
  ],
  lock: [
    { name: 'for', choices: ['holder', 'terms'] },
    { name: 'reason', rows: 2 },
  ],
  'ask-unlock': [
    { name: 'askedBy', choices: ['holder', 'agency', 'service'] },
    { name: 'agency', when: ['askedBy', 'agency', 'service'] },
    { name: 'document', when: ['askedBy', 'agency', 'service'] },
    { name: 'reason', rows: 2 },
  ],
  'ask-lock': [
    { name: 'askedBy', choices: ['agency', 'service'] },
    { name: 'agency' },
    { name: 'document' },
    { name: 'reason', rows: 2 },
  ],
  lower: [{ name: 'reason', rows: 2 }],
  cancel: [{ name: 'reason', rows: 2 }],
}

const grave: readonly FieldDeed[] = ['refuse', 'lock', 'lost-device', 'cancel', 'lower']

const isAsked = ({ when }: Asks, filled: Filled) => !when || when.slice(1).includes(filled[when[0]] ?? '')
const isLacking = (field: Asks, filled: Filled) =>
  isAsked(field, filled) && !field.optional && (filled[field.name] ?? '').trim() === ''

/** One deed, asked with what it needs and what it means for the holder. */
export function DeedDialogs({ deed, account, onClose }: Props) {
  const say = useSay()
  const today = useToday()
  const { run, busy, error } = useAccountDeeds(account.id)
  const [filled, setFilled] = useState<Filled>({})
  const fields = asks[deed].filter(field => isAsked(field, filled) && (field.from ?? '') <= today)
  const [chip, setChip] = useState<ChipRead>({})
  const demand = deed === 'raise' ? inForceToday(chipReadAtCounter).raise : 'may'
  const lacksChip = deed === 'raise' && (speaksAgainst(chip) || (demand === 'must' && !chip.reading))
  const lacks = lacksChip || fields.some(field => isLacking(field, filled))
  return (
    <Dialog open title={`${say(`desk-do-${deed}`)}?`} onClose={onClose} {...(grave.includes(deed) && { grave: true })}>
      <p className="quiet">{say(`desk-means-${deed}`)}</p>
      {fields.map((field, at) => (
        <Asked
          key={field.name}
          deed={deed}
          field={field}
          value={filled[field.name] ?? ''}
          onChange={value => {
            setFilled({ ...filled, [field.name]: value })
            setChip({})
          }}
          first={at === 0}
        />
      ))}
      {deed === 'raise' && (
        <ChipPanel
          key={filled['serial']}
          purpose="account-raised"
          demand={demand}
          serial={filled['serial'] ?? ''}
          onRead={setChip}
        />
      )}
      {deed === 'phone' && <Differ filled={filled} />}
      <RefusedNote error={error} />
      <Buttons>
        <Button
          look={grave.includes(deed) ? 'grave' : 'primary'}
          onPress={() =>
            void run(deed, { ...filled, ...(chip.reading && { chipReading: chip.reading }) }).then(
              isDone => isDone && onClose(),
            )
          }
          {...((busy || lacks) && { disabled: true })}
        >
          {say(`desk-do-${deed}`)}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </Buttons>
    </Dialog>
  )
}

const Buttons = ({ children }: { children: ReactNode }) => <div className="buttons">{children}</div>

/** Typed twice: that they differ is said before anything is sent. */
function Differ({ filled: { phone = '', again = '' } }: { filled: Filled }) {
  const say = useSay()
  const bare = (text: string) => text.replace(/\D/g, '')
  if (!again.trim() || bare(again).length < bare(phone).length || bare(phone) === bare(again)) return null
  return (
    <p className="note late" role="status">
      {say('desk-phones-differ')}
    </p>
  )
}

type AskedProps = {
  readonly deed: FieldDeed
  readonly field: Asks
  readonly value: string
  readonly onChange: (value: string) => void
  readonly first: boolean
}

function Asked({ deed, field: { name, choices, rows, optional, type }, value, onChange, first }: AskedProps) {
  const say = useSay()
  const label = `${say(`desk-field-${name}` as 'desk-field-reason')}${optional ? ` ${say('desk-optional')}` : ''}`
  const prefix = name === 'code' ? 'desk-refusal' : `desk-${name.toLowerCase()}`
  const hint =
    name === 'serial' || name === 'note' || name === 'again' || name === 'document'
      ? say(`desk-hint-${name}`)
      : undefined
  return (
    <Field
      label={label}
      value={value}
      onChange={onChange}
      maxLength={500}
      {...(rows && { rows })}
      {...(type && { type })}
      {...(hint && { hint })}
      {...(choices && {
        choices: [
          ['', say(name === 'code' ? 'reason-choose' : 'desk-choose')],
          ...choices.map(one => [one, say(`${prefix}-${one}` as 'desk-how-counter')] as const),
        ],
      })}
      {...(first && deed !== 'refuse' && { autoFocus: true })}
    />
  )
}
