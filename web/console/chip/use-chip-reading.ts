import { useRef, useState } from 'react'
import type { ReadingOutcome, ReadingPurpose } from '../../../src/cards/chip-readings/chip-reading.ts'
import { answerChipReading, beginChipReading } from '../../../src/cards/chip-readings/contract.ts'
import { findCard } from '../../../src/cards/contract.ts'
import { type Answer, call, Refusal } from '../../parts/call.ts'
import { openReaderLine, pairReader, type ReaderFault, ReaderRefused } from './local-reader.ts'

export type FoundCheck = NonNullable<Answer<typeof answerChipReading>['checks']>[number]

/** Where a reading stands, as the panel shows it. */
export type ChipStage =
  | { readonly at: 'idle' }
  | { readonly at: 'program' | 'card' | 'open' }
  | { readonly at: 'read'; readonly commands: number }
  | {
      readonly at: 'done'
      readonly id: string
      readonly outcome: ReadingOutcome
      readonly checks: readonly FoundCheck[]
    }
  | { readonly at: 'reader'; readonly fault: ReaderFault }
  | { readonly at: 'access-number' }
  | { readonly at: 'refused'; readonly error: unknown }

type Asked = { readonly serial: string; readonly purpose: ReadingPurpose; readonly accessNumber?: string | undefined }

/** Carries what the installation and the chip say to each other; `onStage` hears each command. */
async function readChip({ serial, purpose, accessNumber }: Asked, onStage: (stage: ChipStage) => void) {
  onStage({ at: 'program' })
  const { card } = await call(findCard, { body: { serial } })
  onStage({ at: 'card' })
  const line = await openReaderLine()
  try {
    onStage({ at: 'open' })
    const { id, ...begun } = await call(beginChipReading, {
      body: { cardId: card.id, purpose, ...(accessNumber && { accessNumber }) },
    })
    let turn: Answer<typeof answerChipReading> = begun
    let commands = 0
    while (turn.command !== undefined && turn.step !== undefined) {
      const { step, command } = turn
      // Whatever befell the line, the installation is told that it broke, and says what that comes to.
      const answer = await line.carry(command).catch(() => undefined)
      turn = await call(answerChipReading, { params: { id }, body: { step, ...(answer !== undefined && { answer }) } })
      commands += 1
      onStage({ at: 'read', commands })
    }
    if (!turn.outcome) throw new Error('a reading of a chip ended without an outcome')
    return { id, outcome: turn.outcome, checks: turn.checks ?? [] }
  } finally {
    await line.end()
  }
}

/** One reading at a time; `onFound` gets the id of one that found the card itself, else undefined. */
export function useChipReading(onFound: (reading: string | undefined, outcome: ReadingOutcome | undefined) => void) {
  const [stage, setStage] = useState<ChipStage>({ at: 'idle' })
  const isUnderWay = useRef(false)

  const read = async (asked: Asked): Promise<void> => {
    if (isUnderWay.current) return
    isUnderWay.current = true
    onFound(undefined, undefined)
    try {
      const found = await readChip(asked, setStage)
      setStage({ at: 'done', ...found })
      onFound(found.outcome === 'original' ? found.id : undefined, found.outcome)
    } catch (error) {
      if (error instanceof ReaderRefused) setStage({ at: 'reader', fault: error.code })
      else if (error instanceof Refusal && error.code === 'chip-reading-access-number-needed')
        setStage({ at: 'access-number' })
      else setStage({ at: 'refused', error })
    } finally {
      isUnderWay.current = false
    }
  }
  const pair = async (code: string, asked: Asked): Promise<void> => {
    try {
      await pairReader(code)
    } catch (error) {
      return setStage({ at: 'reader', fault: error instanceof ReaderRefused ? error.code : 'reader-unusable' })
    }
    await read(asked)
  }
  return { stage, read, pair }
}
