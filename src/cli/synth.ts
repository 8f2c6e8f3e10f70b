import { synthesise } from '../../synth/synth.ts'
import { parseDay } from '../platform/day.ts'
import { printAnswer, progressOn, WrongUsage } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

/**
 * `synth --people N --seed S --out DIR [--damage 1.5] [--season [--until DAY]]`: the files that the imports take, the
 * rolls, the season, and the truth.
 */
export async function synth({ values, json }: Omit<Invocation, 'house'>): Promise<void> {
  const [people, seed] = [Number(values['people']), Number(values['seed'] ?? 1)]
  const { out, day } = values
  if (!Number.isInteger(people) || people < 1)
    throw new WrongUsage('--people takes how many people to make, such as 20000')
  if (!Number.isInteger(seed)) throw new WrongUsage('--seed takes a whole number')
  if (typeof out !== 'string') throw new WrongUsage('--out takes the folder to write')
  const damage = Number(values['damage'] ?? 1)
  if (!(damage >= 0 && damage <= 10))
    throw new WrongUsage('--damage takes a factor on every rate of damage, such as 0.5 or 1.5')
  if (day !== undefined && !(typeof day === 'string' && parseDay(day)))
    throw new WrongUsage('--day takes a day such as 2023-04-20')
  const { until } = values
  if (until !== undefined && !(typeof until === 'string' && parseDay(until)))
    throw new WrongUsage('--until takes a day such as 2023-06-30')
  if (until !== undefined && !values['season']) throw new WrongUsage('--until says how far --season is told: give both')
  const seasonUntil = values['season'] ? (until ?? day ?? '2023-04-20') : undefined
  const given = { ...(typeof day === 'string' && { day }), ...(typeof seasonUntil === 'string' && { seasonUntil }) }
  const manifest = await synthesise({ people, seed, out, damage, ...given, onProgress: progressOn() })
  await printAnswer(json, manifest, `A province of ${people} people is in ${out}`)
}
