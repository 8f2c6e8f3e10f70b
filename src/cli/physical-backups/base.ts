import * as audit from '../../audit/audit.ts'
import { pinnedKeys } from '../../audit-verification.ts'
import { asOperator, type House } from '../../open-house.ts'
import { knownIdentities } from '../../platform/archive/backup-key.ts'
import { alone } from '../../platform/physical-backups/alone.ts'
import { makeBaseBackup } from '../../platform/physical-backups/base-backup.ts'
import type { BaseKeys } from '../../platform/physical-backups/base-file.ts'
import { physicalBackupProblem } from '../../platform/physical-backups/problems.ts'
import { removeOld } from '../../platform/physical-backups/retention.ts'
import { printAnswer } from '../../platform/terminal.ts'
import { recipientsOf } from '../backup.ts'
import type { Invocation } from '../invocation.ts'
import { readBeside } from '../restore/beside.ts'
import type { DrillFacts } from './drill-facts.ts'

/** The folder of physical backups. Throws physical-backups-off. */
export function getBackupFolder({ config }: Pick<House, 'config'>): string {
  if (config.physicalBackups === '') throw physicalBackupProblem('physical-backups-off')
  return config.physicalBackups
}

async function makeBase(house: House) {
  const folder = getBackupFolder(house)
  const record = house.record()
  const made = await makeBaseBackup({
    dataDir: house.folder,
    folder,
    release: record.version,
    beside: await readBeside(house),
    recipients: await recipientsOf(house),
    key: house.signingKey(),
  })
  const { id, bytes, files, archive, lastSegment } = made
  await house.openWork(asOperator('backup'), work =>
    audit.record(
      work,
      'base-backup.made',
      { kind: 'installation', id: record.id },
      { base: id, bytes, files, archive, lastSegment },
    ),
  )
  return made
}

/** By which this installation signs and opens its backups, and signed them before a restore. */
async function ownKeys(house: House): Promise<BaseKeys[]> {
  const identities = await knownIdentities(house.folder)
  return pinnedKeys(house).map(signedBy => ({ identities, signedBy }))
}

/** The name of the base backup that a drill restored last, and found right. */
const provenBase = async (house: House): Promise<string | undefined> => {
  const drills = await house.openWork(asOperator('backup'), work =>
    audit.deedsOfName(work, house.record().id, 'backup.drilled'),
  )
  return drills.map(({ facts }) => facts as DrillFacts).findLast(({ outcome }) => outcome === 'ok')?.file
}

/**
 * `backup base`: a base backup now, as the job makes one each day; older ones go by the rule of the setting. Deed:
 * base-backup.made.
 */
export async function backupBase({ house, json }: Invocation): Promise<void> {
  const { made, removed } = await alone(house.folder, async () => {
    const base = await makeBase(house)
    const removed = await removeOld(getBackupFolder(house), {
      rule: house.config.physicalBackupKeep,
      current: base.archive,
      proven: await provenBase(house),
      keys: await ownKeys(house),
    })
    return { made: base, removed }
  })
  const { path, bytes, files, lastSegment } = made
  await printAnswer(
    json,
    { file: path, bytes, files, lastSegment, removed },
    `${files} files, ${Math.round(bytes / 2 ** 20)} MiB, are in ${path}, with the log until ${lastSegment}; ` +
      `${removed.bases} base backups and ${removed.segments} segments were removed`,
  )
}
