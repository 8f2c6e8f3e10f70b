import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import { makeDemonstration } from '../src/demonstration/demonstration.ts'
import { jobs } from '../src/jobs.ts'
import { type House, openHouse } from '../src/open-house.ts'
import { runJobs } from '../src/platform/jobs/run-jobs.ts'

type DemonstrationDatabase = { readonly url: string; readonly people: number }

export const openDemonstrationHouse = (folder: string, { url, people }: DemonstrationDatabase) =>
  openHouse({
    folder,
    purpose: 'server',
    said: { people },
    environment: { DATABASE_URL: url, DINHDANH_LOG_LEVEL: 'silent' },
  })

/** What follows by itself has followed: follow-ups, figures. */
async function settle(house: House): Promise<void> {
  const runner = await runJobs(house.database.url, jobs(house), { log: house.log, crontab: {} })
  const owner = new Client({ connectionString: house.database.url })
  await owner.connect()
  for (let turn = 0; turn < 300; turn += 1) {
    const { rows } = await owner.query<{ waiting: number }>(
      `select count(*)::integer as waiting from graphile_worker.jobs
       where attempts < max_attempts and run_at <= now()`,
    )
    if (rows[0]?.waiting === 0) break
    await setTimeout(100)
  }
  await owner.end()
  await runner.stop()
}

/** Makes a demonstration in an empty folder and a migrated database, and closes it. */
export async function makeSettledDemonstration(folder: string, database: DemonstrationDatabase): Promise<void> {
  const house = await openDemonstrationHouse(folder, database)
  try {
    await makeDemonstration(house, () => undefined)
    await settle(house)
  } finally {
    await house.close()
  }
}
