import {
  type SecurityInfo,
  writeActiveKeyGroup,
  writeSecurityGroup,
  writeSecurityInfos,
  writtenProtocols,
} from '../data-groups/chip-security.ts'
import { writeCommonData } from '../data-groups/common.ts'
import { writeFaceGroup } from '../data-groups/face.ts'
import { type NationalData, type PersonDetails, writeNationalGroup, writePersonGroup } from '../data-groups/person.ts'
import { writeZoneGroup } from '../data-groups/zone.ts'
import { curveNamed } from '../keys/curves.ts'
import { ecPublicKey } from '../keys/public-key.ts'
import { newEcKeyPair } from '../keys/signing-key.ts'
import { signCardSecurity } from '../security-object/card-security.ts'
import { signDataGroups, writtenVersion } from '../security-object/security-object.ts'
import type { SignerOfData } from '../security-object/signed-data.ts'

/** What a chip is to say of its holder. */
export type ChipContent = {
  /** Three lines of thirty. */
  readonly zone: readonly string[]
  /** JPEG; absent on the card of a child that has no portrait. */
  readonly portrait?: Uint8Array | undefined
  readonly person: PersonDetails
  readonly national: NationalData
}

/** The private keys of one chip, as PKCS #8: nobody but the chip may keep them. */
export type ChipKeys = { readonly activeAuthentication: Uint8Array; readonly chipAuthentication: Uint8Array }

export type ChipFiles = {
  /** By the names of their files: `EF_COM`, `EF_SOD`, `EF_CardAccess`, `EF_CardSecurity`, `DG1` …. */
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly keys: ChipKeys
}

const curve = curveNamed('prime256v1')

/** How the line to a chip is protected, and how it proves that it is no copy. */
function securityInfos(chipPoint: Uint8Array): readonly SecurityInfo[] {
  const keyId = 1n
  return [
    { kind: 'pace', protocol: writtenProtocols.pace, version: 2, parameterId: curve.standardized },
    {
      kind: 'pace',
      protocol: writtenProtocols.paceWithChipAuthentication,
      version: 2,
      parameterId: curve.standardized,
    },
    { kind: 'chip-authentication', protocol: writtenProtocols.chipAuthentication, version: 1, keyId },
    { kind: 'chip-key', publicKey: ecPublicKey(curve, chipPoint), keyId },
    { kind: 'active-authentication', version: 1, signature: writtenProtocols.activeAuthentication },
  ]
}

/** Makes the files of one chip with new keys of its own, signed by a document signer. Throws Malformed. */
export async function makeChipFiles(
  { zone, portrait, person, national }: ChipContent,
  signer: SignerOfData,
  signedAt?: Date,
): Promise<ChipFiles> {
  const [active, chip] = await Promise.all([newEcKeyPair(curve), newEcKeyPair(curve)])
  const infos = securityInfos(chip.point)
  const groups = new Map<number, Uint8Array>([
    [1, writeZoneGroup(zone)],
    ...(portrait ? [[2, writeFaceGroup(portrait)] as const] : []),
    [11, writePersonGroup(person)],
    [13, writeNationalGroup(national)],
    [14, writeSecurityGroup(infos)],
    [15, writeActiveKeyGroup(ecPublicKey(curve, active.point))],
  ])
  return {
    files: new Map([
      ['EF_COM', writeCommonData({ ...writtenVersion, groups: [...groups.keys()] })],
      ['EF_CardAccess', writeSecurityInfos(infos.filter(({ kind }) => kind === 'pace'))],
      ['EF_CardSecurity', await signCardSecurity(infos, signer, signedAt)],
      ['EF_SOD', await signDataGroups(groups, signer, signedAt)],
      ...[...groups].map(([group, file]) => [`DG${group}`, file] as const),
    ]),
    keys: { activeAuthentication: active.privateKey, chipAuthentication: chip.privateKey },
  }
}
