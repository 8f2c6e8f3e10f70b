import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { ExchangeKey } from '../envelope/envelope.ts'

export type JoinedCentre = {
  readonly id: string
  /** Empty where bundles are carried as files alone. */
  readonly address: string
  readonly sign: ExchangeKey
  readonly open: ExchangeKey
  readonly fingerprint: string
  /** What signed before, and until when it counts. */
  readonly formerSign: ExchangeKey | null
  readonly formerUntil: Date | null
}

const columns = sql.raw(`
  id, address, sign_key as sign, open_key as open, fingerprint, former_sign_key as "formerSign",
  former_until as "formerUntil"`)

export async function findCentre({ tx }: Work): Promise<JoinedCentre | undefined> {
  const { rows } = await sql<JoinedCentre>`
    select ${columns} from exchange.centre where left_at is null`.execute(tx)
  return rows[0]
}

export async function holdCentre({ tx }: Work): Promise<JoinedCentre | undefined> {
  const { rows } = await sql<JoinedCentre>`
    select ${columns} from exchange.centre where left_at is null for update`.execute(tx)
  return rows[0]
}

export async function insertCentre({ tx, now }: Work, centre: JoinedCentre): Promise<void> {
  const { id, address, sign, open, fingerprint } = centre
  await sql`
    insert into exchange.centre (id, address, sign_key, open_key, fingerprint, joined_at)
    values (${id}, ${address}, ${JSON.stringify(sign)}::jsonb, ${JSON.stringify(open)}::jsonb, ${fingerprint},
      ${now})`.execute(tx)
}

export async function endCentre({ tx, now }: Work): Promise<void> {
  await sql`update exchange.centre set left_at = ${now} where left_at is null`.execute(tx)
}

/** The joined centre signs with another key from now on; the former one counts until then. */
export async function setSigningKey(
  { tx }: Work,
  { sign, fingerprint, formerUntil }: Pick<JoinedCentre, 'sign' | 'fingerprint'> & { readonly formerUntil: Date },
): Promise<void> {
  await sql`
    update exchange.centre set former_sign_key = sign_key, former_until = ${formerUntil},
      sign_key = ${JSON.stringify(sign)}::jsonb, fingerprint = ${fingerprint}
    where left_at is null`.execute(tx)
}
