import { asStep, type FunnelAnswer, type Metric, type PeopleSearch, type Step } from './search.ts'

/** How many stopped before a step, and the list of them. */
export type Loss = {
  readonly step: Step
  readonly stopped: number
  readonly search: PeopleSearch
}

export const wayOf = (metric: Metric): 'account' | 'card' =>
  metric.startsWith('card') || metric === 'number-known' ? 'card' : 'account'

/** Of the way that a metric lies on: who came to the step before each, and not to it. */
export function lossesOf({ ways }: FunnelAnswer, metric: Metric): Loss[] {
  const steps = ways.find(({ way }) => way === wayOf(metric))?.steps ?? []
  return steps.flatMap(({ metric, stopped }): Loss[] => {
    const step = asStep(metric)
    return step ? [{ step, stopped, search: { cs: step, kieu: 'stopped' } }] : []
  })
}
