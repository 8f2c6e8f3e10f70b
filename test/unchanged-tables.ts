import assert from 'node:assert/strict'
import type { TestHouse } from './house.ts'

/** What the tables hold, by count and by a hash of their rows; but for `audit`, where readings are written down. */
async function contentsOf(house: TestHouse): Promise<Readonly<Record<string, string>>> {
  const tables = await house.owner<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname !~ '^(pg_|information_schema|graphile_worker|audit)' order by 1`)
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as held
      from ${name} t`,
  )
  const rows = await house.owner<{ name: string; held: string }>(parts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, held }) => [name, held]))
}

/** Asserts that no row of any table comes, goes or changes while something is looked at. */
export async function assertChangesNothing(house: TestHouse, look: () => Promise<unknown>): Promise<void> {
  const before = await contentsOf(house)
  assert.ok(Object.keys(before).length > 150)
  await look()
  assert.deepEqual(await contentsOf(house), before)
}
