import assert from 'node:assert/strict'
import { cp } from 'node:fs/promises'
import { emptyDatabase, namedDatabase, templates } from './house.ts'
import { madeOnce } from './made-once.ts'

/** The database that those of the files are cloned from. */
const template = 'house_demonstration'

/** How many people its province has. */
export const people = 600

/**
 * A demonstration for a test file: its data folder is copied to a place, its database cloned; gives the database's
 * address. It is made once a run, since that takes longer than most of what is asked of it. What follows from it has
 * followed.
 */
export async function copyDemonstration(into: string): Promise<string> {
  const model = await madeOnce('demonstration', async data => {
    const { makeSettledDemonstration } = await import('./settled-demonstration.ts')
    await makeSettledDemonstration(data, { url: await namedDatabase(template, templates.migrated), people })
  })
  assert.ok(model, 'a run of tests keeps what it makes once')
  await cp(model, into, { recursive: true, preserveTimestamps: true })
  return emptyDatabase(template)
}
