import { Printer } from 'lucide-react'
import { useState } from 'react'
import { listAccounts, showAccount } from '../../../src/accounts/contract.ts'
import { chipReadAtCounter, slipsAtOnce } from '../../../src/accounts/law.ts'
import { printSlips } from '../../../src/accounts/slips/contract.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { Button } from '../../parts/button.tsx'
import { save } from '../../parts/call.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { type ChipRead, showsReader, speaksAgainst } from '../chip/chip-read.ts'
import { ChipPanel } from '../chip/lazy-panel.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { ActionBar } from '../parts/table.tsx'
import { useMay } from '../shell/session.tsx'
import type { Account, Row } from './search.ts'

/**
 * Paper slips by which holders open their accounts, where no message reaches them. Each print makes a new one; the
 * former is over.
 */

function usePrinting() {
  const print = useDo(printSlips, [showAccount, listAccounts])
  const [printed, setPrinted] = useState(0)
  const ask = (accounts: readonly string[], onDone?: () => void, chipReading?: string) =>
    print.mutate(
      { body: { accounts: [...accounts], ...(chipReading && { chipReading }) } },
      {
        onSuccess: paper => {
          save(paper)
          setPrinted(accounts.length)
          onDone?.()
        },
      },
    )
  return { ask, printed, error: print.error, isPrinting: print.isPending }
}

const Printed = ({ n }: { n: number }) => {
  const say = useSay()
  return n > 0 ? (
    <p className="note done" role="status">
      {say('slips-printed', { n })}
    </p>
  ) : null
}

/** For one account, beside its deeds. */
export function PrintSlip({ account: { id, state, opened } }: { account: Account }) {
  const say = useSay()
  const { ask, printed, error, isPrinting } = usePrinting()
  const may = useMay('accounts.slip')
  const [chip, setChip] = useState<ChipRead>({})
  // A reading is used once: the next slip needs another one.
  const [readings, setReadings] = useState(0)
  if (!may || (state !== 'approved' && state !== 'activated')) return null
  const demand = inForceToday(chipReadAtCounter).slip
  const lacksChip = speaksAgainst(chip) || (demand === 'must' && !chip.reading)
  const afterPrint = () => {
    setChip({})
    setReadings(readings + 1)
  }
  return (
    <>
      {showsReader(demand) && (
        <details className="chip-before" open={demand === 'must'}>
          <summary>{say('chip-before-slip')}</summary>
          <ChipPanel key={readings} purpose="account-activated" demand={demand} onRead={setChip} />
        </details>
      )}
      <Button
        look="large"
        icon={Printer}
        onPress={() => ask([id], afterPrint, chip.reading)}
        {...((isPrinting || lacksChip) && { disabled: true })}
      >
        {say('slip-print')}
      </Button>
      <p className="small means">{say(opened ? 'slip-means-opened' : 'slip-means')}</p>
      <Printed n={printed} />
      <RefusedNote error={error} />
    </>
  )
}

type ManyProps = { readonly rows: readonly Row[]; readonly selected: ReadonlySet<string>; readonly onDone: () => void }

/** For those that were chosen in a queue, three a page in the order of the list. */
export function PrintMany({ rows, selected, onDone }: ManyProps) {
  const say = useSay()
  const { ask, printed, error, isPrinting } = usePrinting()
  const ids = rows.filter(({ id }) => selected.has(id)).map(({ id }) => id)
  const n = Math.min(ids.length, slipsAtOnce)
  return (
    <>
      <Printed n={printed} />
      <RefusedNote error={error} />
      {n > 0 && (
        <ActionBar count={ids.length}>
          <Button
            look="primary"
            icon={Printer}
            onPress={() => ask(ids.slice(0, slipsAtOnce), onDone)}
            {...(isPrinting && { disabled: true })}
          >
            {say('slips-print-many', { n })}
          </Button>
          <span className="small">{say('slip-means')}</span>
        </ActionBar>
      )}
    </>
  )
}
