import type { Version, WholeDirective } from './directive.ts'

/** What the form holds: an order as it is typed. */
export type Typed = {
  readonly title: string
  readonly body: string
  readonly dueOn: string
  readonly question: string
  readonly metric: string
  readonly campaign: string
  readonly issuedBy: string
  /** `communes:<unit>` = all communes of it, `districts` = all districts, `chosen` = those of `units`. */
  readonly to: string
  readonly units: readonly string[]
  /** Who is addressed besides the police. */
  readonly also: Also
}

export const alsoTo = ['none', 'education', 'schools', 'both'] as const
export type Also = (typeof alsoTo)[number]

export const empty = (to: string, issuedBy: string): Typed => ({
  title: '',
  body: '',
  dueOn: '',
  question: '',
  metric: '',
  campaign: '',
  issuedBy,
  to,
  units: [],
  also: 'none',
})

/** A whole whose communes are just these units, as one says it of them; else they are named one by one. */
function wholeOf(units: readonly string[], below: readonly UnitBelow[], own: string | undefined): string {
  const addressed = new Set(units)
  const communes = below.filter(({ level }) => level === 'commune')
  const isJust = (those: readonly UnitBelow[]) =>
    those.length === addressed.size && those.every(({ id }) => addressed.has(id))
  if (own && isJust(communes)) return `communes:${own}`
  const district = below.find(
    ({ id, level }) => level === 'district' && isJust(communes.filter(({ parentId }) => parentId === id)),
  )
  return district ? `communes:${district.id}` : 'chosen'
}

type Addressees = WholeDirective['addressees']

const policeOf = (addressees: Addressees) =>
  addressees.filter(({ office }) => office === 'police').map(({ unit }) => unit.id)

function alsoOf(addressees: Addressees): Also {
  const has = (wanted: Addressees[number]['office']) => addressees.some(({ office }) => office === wanted)
  if (has('education')) return has('school') ? 'both' : 'education'
  return has('school') ? 'schools' : 'none'
}

/** A later version begins with what the one in force says, addressed to the same units. */
export const fromVersion = (
  { addressees, campaignId }: WholeDirective,
  version: Version,
  { below, own }: { readonly below: readonly UnitBelow[]; readonly own: string | undefined },
): Typed => ({
  title: version.title,
  body: version.body,
  dueOn: version.dueOn,
  question: version.question?.label ?? '',
  metric: version.question?.metric ?? '',
  campaign: campaignId ?? '',
  issuedBy: version.issuedBy,
  to: wholeOf(policeOf(addressees), below, own),
  units: policeOf(addressees),
  also: alsoOf(addressees),
})

export type UnitBelow = {
  readonly id: string
  readonly name: string
  readonly level: string
  readonly parentId?: string | undefined
}

/** The same as the door asks for it. */
export function addressed(
  { to, units, also }: Pick<Typed, 'to' | 'units' | 'also'>,
  { below, own }: { readonly below: readonly UnitBelow[]; readonly own: string | undefined },
) {
  const whole = to.startsWith('communes:') ? to.slice('communes:'.length) : own
  return {
    ...policeAddressed({ to, units }, below),
    ...(whole && (also === 'education' || also === 'both') && { educationOf: whole }),
    ...(whole && (also === 'schools' || also === 'both') && { schoolsOf: whole }),
  }
}

function policeAddressed({ to, units }: Pick<Typed, 'to' | 'units'>, below: readonly UnitBelow[]) {
  if (to.startsWith('communes:')) return { communesOf: to.slice('communes:'.length) }
  if (to === 'districts') return { units: below.filter(({ level }) => level === 'district').map(({ id }) => id) }
  return { units: [...units] }
}
