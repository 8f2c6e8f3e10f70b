import { useEffect, useRef } from 'react'
import { noteOpened, showFirstDay } from '../../../src/inspection/first-day/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { instantText } from '../../parts/formats.ts'
import type { Say } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'

export type FirstDay = Answer<typeof showFirstDay>
export type GuideStep = FirstDay['steps'][number]

export const firstDayAt = () => at('/ngay-dau')

/** The first step that is not done: the one that is next. */
export const nextOf = ({ steps }: FirstDay): GuideStep | undefined => steps.find(({ isDone }) => !isDone)

/** When a step was done, or how the house will know it. */
export function stateText(say: Say, { isDone, doneAt, by }: GuideStep): string {
  if (!isDone) return `${say('first-day-open')}, ${say(`known-by-${by}`)}`
  if (!doneAt) return say('first-day-done')
  const { day, time } = instantText(doneAt)
  return say('first-day-done-at', { day, time })
}

/** Tells the house, once, that a page of the guide was really opened, or the help of any page. */
export function useNoteOpened(current: string, isHelpOpen: boolean): void {
  const { data } = useAsk(showFirstDay, {})
  const { mutate } = useDo(noteOpened, [showFirstDay])
  const told = useRef(new Set<string>())
  useEffect(() => {
    const opened = data?.steps.find(
      ({ step, by, isDone, at: address }) =>
        by === 'opened' && !isDone && (step === 'help' ? isHelpOpen : address === at(current)),
    )
    if (!opened || told.current.has(opened.step)) return
    told.current.add(opened.step)
    mutate({ body: { step: opened.step } })
  }, [data, current, isHelpOpen, mutate])
}
