import { openChannels } from '../../outreach/channels/channels.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

const answerSeconds = 20

/** Whether each gateway by which messages go out answers; sends nothing to anybody. */
export async function checkGateways(house: LookedAtHouse): Promise<DoctorCheck> {
  const channels = openChannels(house)
  const what = 'gateways of messages'
  const todo = 'see docs/operations.md, Gateways'
  const found = await Promise.all(
    [...channels.email, ...channels.phone].map(async ({ name, check, close }) => {
      const late = new Promise<string>(done => setTimeout(() => done('no-answer'), answerSeconds * 1000).unref())
      try {
        return { name, answer: check ? await Promise.race([check(), late]) : undefined }
      } finally {
        await close?.()
      }
    }),
  )
  const silent = found.filter(({ answer }) => answer !== undefined && answer !== 'yes')
  const files = found.some(({ name }) => name === 'file')
  const told = found.map(({ name, answer }) => (answer === undefined ? name : `${name}: ${answer}`)).join(', ')
  if (silent.length > 0) return { what, ok: false, found: told, todo: 'docs/operations/runbooks/messages-not-sent.md' }
  const isReal = house.record()['demonstration'] === undefined
  return {
    what,
    ok: !(files && isReal),
    found: files ? `${told}; some messages become files` : told,
    todo,
    advice: true,
  }
}
