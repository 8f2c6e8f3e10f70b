import * as cards from '../src/cards/cards.ts'
import { addDays } from '../src/platform/day.ts'
import type { Id } from '../src/platform/ids.ts'
import { newId } from '../src/platform/ids.ts'
import type { Authority, OpenWork, Work } from '../src/platform/work.ts'
import * as register from '../src/register/register.ts'
import type { TestHouse } from './house.ts'

/** A JPEG as far as its first bytes tell. */
export const aPortrait = Buffer.from('ffd8ffe000104a464946', 'hex')

/** What is printed on a person's card, from the register. */
export async function contentOf(work: Work, personId: Id<'person'>): Promise<cards.CardContent> {
  const { number = '', fullName, birthDate, sex } = await register.getSummary(work, personId)
  return { number, fullName, birthDate, sex, nationality: 'Việt Nam', hometown: 'Quảng Ninh', residence: 'Tổ 1, khu 2' }
}

/** Orders a card that was applied for, as if its application had been approved. */
export const orderCard = async (
  work: Work,
  card: cards.Card,
  unitId: Id<'unit'>,
  more: Partial<cards.NewCardOrder> = {},
): Promise<cards.Card> =>
  cards.orderCard(work, {
    cardId: card.id,
    applicationId: newId<'application'>(),
    content: await contentOf(work, card.personId),
    portrait: aPortrait,
    dueOn: addDays(work.today, 11),
    unitId,
    capturedBy: 'who-captured',
    capturedAt: work.now,
    approvedBy: 'who-approved',
    ...more,
  })

let made = 0

/** The serial of a blank that nobody else in this process has. */
export function aSerial(): string {
  made += 1
  return `QN${String(made).padStart(7, '0')}`
}

const steps = ['applied', 'approved', 'produced', 'at-unit', 'handed-over'] as const
export type Step = (typeof steps)[number]

/**
 * Two who work beside the one whose standing it is: what is made, captured or counted by one is looked at by another.
 */
const besides = (standing: Authority): Authority => ({
  ...standing,
  by: { kind: 'officer', id: '01990000-0000-7000-8000-00000000beef' },
})

export type ACard = { readonly openWork: OpenWork; readonly standing: Authority & { unitId: Id<'unit'> } }

/** Makes an approved card, on a blank that came for it alone. */
export async function makeCard({ openWork, standing }: ACard, cardId: Id<'card'>): Promise<cards.Card> {
  const serial = aSerial()
  const attempt = await openWork(standing, async work => {
    await cards.receiveBlanks(work, { code: serial, firstSerial: serial, lastSerial: serial })
    const [place] = await cards.whereaboutsOf(work, [cardId])
    if (place?.at === 'to-be-planned') await cards.planBatch(work, { maker: 'house', most: 1000 })
    return cards.makeCard(work, { cardId, serial })
  })
  return openWork(besides(standing), work => cards.checkCard(work, attempt.id, { quality: 'passed' }))
}

/** A card that was made here is scanned in at the unit, and handed to its holder. */
export async function takeFurther(a: ACard, cardId: Id<'card'>, to: Step): Promise<void> {
  const { openWork, standing } = a
  const made = await makeCard(a, cardId)
  if (to === 'produced') return
  await openWork(standing, work => cards.takeInFoundCard(work, { cardId }))
  if (to === 'at-unit' || !made.serial) return
  await openWork(standing, work =>
    cards.handOver(work, { serial: made.serial ?? '', personId: made.personId, to: { kind: 'holder' } }),
  )
}

/** A new card of a person, taken as far as a state by the verbs of the house. */
export async function aCard(a: ACard, personId: Id<'person'>, to: Step): Promise<Id<'card'>> {
  const { openWork, standing } = a
  const { id } = await openWork(standing, async work => {
    const card = await cards.applyForCard(work, personId, { unitId: standing.unitId })
    return to === 'applied' ? card : orderCard(work, card, standing.unitId)
  })
  if (to !== 'applied' && to !== 'approved') await takeFurther(a, id, to)
  return id
}

/** A card in the holder's hand, as an extract reports it: for a child's account, which needs one. */
export const anImportedCard = (house: Pick<TestHouse, 'owner'>, personId: Id<'person'>) =>
  house.owner(
    `insert into cards.card (person_id, id, serial, origin, state, issued_on, state_on, changed_at)
     values ($1, gen_random_uuid(), $2, 'imported', 'handed-over', '2024-07-01', '2024-07-01', now())`,
    [personId, aSerial()],
  )
