import {
  readSecurityGroup,
  type SecurityInfo,
  writeSecurityGroup,
  writeSecurityInfos,
} from '../../src/chip/data-groups/chip-security.ts'
import { type ChipContent, makeChipFiles } from '../../src/chip/making/chip-files.ts'
import { signDataGroups } from '../../src/chip/security-object/security-object.ts'
import type { SignerOfData } from '../../src/chip/security-object/signed-data.ts'
import type { SoftwareCard, SoftwareCardContent } from './software-card.ts'

export const accessNumber = '500540'

/** What a card of software is personalised with. `announce`: what it says of itself, signed so, where that is other. */
export async function cardContent(
  content: ChipContent,
  signer: SignerOfData,
  announce?: (infos: readonly SecurityInfo[]) => readonly SecurityInfo[],
): Promise<SoftwareCardContent> {
  const { files, keys } = await makeChipFiles(content, signer)
  const made = { files, keys, accessNumber }
  if (!announce) return made
  const infos = announce(readSecurityGroup(files.get('DG14') ?? new Uint8Array()))
  const groups = new Map(
    [...files].flatMap(([name, file]) => (name.startsWith('DG') ? [[Number(name.slice(2)), file] as const] : [])),
  )
  groups.set(14, writeSecurityGroup(infos))
  const paces = infos.filter(({ kind }) => kind === 'pace')
  const changed = new Map(files)
  changed.set('DG14', groups.get(14) ?? new Uint8Array())
  changed.set('EF_SOD', await signDataGroups(groups, signer))
  changed.delete('EF_CardSecurity')
  if (paces.length > 0) changed.set('EF_CardAccess', writeSecurityInfos(paces))
  else changed.delete('EF_CardAccess')
  return { ...made, files: changed }
}

/** Somebody between a card and its reader, who may change what goes by. `count`: which answer it is, from 1. */
export function between(
  card: SoftwareCard,
  change: (answer: Uint8Array, command: Uint8Array, count: number) => Uint8Array,
) {
  let count = 0
  return { transmit: async (command: Uint8Array) => change(await card.transmit(command), command, ++count) }
}
