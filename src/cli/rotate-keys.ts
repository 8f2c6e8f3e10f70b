import * as audit from '../audit/audit.ts'
import { asOperator } from '../open-house.ts'
import { noteOwner } from '../platform/postgres/belonging.ts'
import { replaceSealingKey } from '../platform/sealing/reseal.ts'
import { printAnswer } from '../platform/terminal.ts'
import { sealedColumns } from '../sealed-columns.ts'
import { replaceSigningKeys } from '../signin/signin.ts'
import type { Invocation } from './invocation.ts'

/** `key rotate`: for keys that others may know. */
export async function rotateKeys({ house, json }: Invocation): Promise<void> {
  const replaced = await house.openWork(asOperator('sign-in'), replaceSigningKeys)
  await printAnswer(
    json,
    replaced,
    `${replaced.gone} keys are gone, and what they signed is believed no longer; ${replaced.signs} signs, ` +
      'within half a minute at each server',
  )
}

/** The deed that a sealing key was made, of the installation; its facts name the key and the one before. */
export const keyMade = 'sealing-key.made'
export type MadeFacts = { readonly key: string; readonly former: string }

/** `key reseal`: a new sealing key, for one that others may know. Deeds: sealing-key.made, .destroyed. */
export async function reseal({ house, json }: Invocation): Promise<void> {
  const { folder, openWork } = house
  const done = await replaceSealingKey(
    { folder, openWork, by: asOperator('none', 'maintenance') },
    {
      columns: sealedColumns,
      isMadeKnown: async (work, key) =>
        (await audit.deedsOfName(work, house.record().id, keyMade)).some(
          ({ facts }) => (facts as MadeFacts).key === key,
        ),
      record: async (work, deed, { current, former, rows }) => {
        // While both keys lie in the file: whenever this ends, the one that is noted opens the database.
        if (deed === 'made') await noteOwner(work, house.record().id, { current })
        await audit.record(
          work,
          `sealing-key.${deed}`,
          { kind: 'installation', id: house.record().id },
          deed === 'made' ? { key: current, former } : { key: former, now: current, rows },
        )
      },
    },
  )
  await printAnswer(
    json,
    done,
    `${done.rows} rows are sealed under the key ${done.current}; the key ${done.former} is destroyed. Keep a copy of ` +
      'keys/ as it is now; copies of before open what was backed up before',
  )
}
