import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSecurityInfos } from '../data-groups/chip-security.ts'
import { openByBasicAccess } from './basic-access.ts'
import { aesCmac, deriveChipKey } from './ciphers.ts'
import { type ChipCommand, plainLine } from './command.ts'
import { openByPace, paceWays } from './pace.ts'
import { passwordSecret, zoneText } from './password.ts'
import { hex, publishedChance, scriptedChip } from './scripted-chip.test-sample.ts'
import type { SecureMessaging } from './secure-messaging.ts'

/**
 * The worked examples of ICAO 9303-11, appendices D and G, to the byte. Their values were compared in the tests of
 * three readers that know nothing of one another.
 */

const asHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const zone = (documentNumber: string, birthDate: string, expiresOn: string) =>
  ({ kind: 'zone', documentNumber, birthDate, expiresOn }) as const

const selectCommonData: ChipCommand = { instruction: 0xa4, parameters: 0x020c, data: hex('011e') }

test('the keys of a zone are those of appendix D.1 and D.2', () => {
  assert.equal(zoneText(zone('L898902C', '690806', '940623')), 'L898902C<369080619406236')
  assert.equal(zoneText(zone('D23145890734', '340712', '950712')), 'D23145890734934071279507122')
  const secret = passwordSecret(zone('L898902C', '690806', '940623')).subarray(0, 16)
  assert.equal(asHex(secret), '239ab9cb282daf66231dc5a4df6bfbae')
  assert.equal(asHex(deriveChipKey('des3', secret, 'encryption')), 'ab94fdecf2674fdfb9b391f85d7f76f2')
  assert.equal(asHex(deriveChipKey('des3', secret, 'mac')), '7962d9ece03d1acd4c76089dce131543')
})

test('CMAC is that of RFC 4493, and of NIST SP 800-38B with longer keys', () => {
  const key = hex('2b7e151628aed2a6abf7158809cf4f3c')
  const message = hex(
    '6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51' +
      '30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710',
  )
  const macs = [0, 16, 40, 64].map(length => asHex(aesCmac('aes128', key, message.subarray(0, length))))
  assert.deepEqual(macs, [
    'bb1d6929e95937287fa37d129b756746',
    '070a16b46b4d4144f79bdd9dd04a287c',
    'dfa66747de9ae63030ca32611497c827',
    '51f0bebf7e3b9d92fc49741779363cfe',
  ])
  const longer = hex('8e73b0f7da0e6452c810f32b809079e5 62f8ead2522c6b7b')
  assert.equal(asHex(aesCmac('aes192', longer, new Uint8Array())), 'd17ddf46adaacde531cac483de7a9367')
  const longest = hex('603deb1015ca71be2b73aef0857d7781 1f352c073b6108d72d9810a30914dff4')
  assert.equal(asHex(aesCmac('aes256', longest, new Uint8Array())), '028962f61b7bf89efc6b551f4667d983')
})

/** Sends a command over a protected line as the example does, and gives what is in the answer. */
function exchanged(messaging: SecureMessaging, command: ChipCommand, [wanted, answer]: readonly [string, string]) {
  assert.equal(asHex(messaging.protect(command)), wanted.toLowerCase())
  const { data, status } = messaging.open(hex(answer))
  assert.equal(status, 0x9000)
  return asHex(data)
}

test('basic access and the protected reading of EF.COM are those of appendices D.3 and D.4', async () => {
  const chip = scriptedChip([
    ['0084000008', '4608F91988702212 9000'],
    [
      '0082000028 72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2 5F1448EEA8AD90A7 28',
      '46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F 2F2D235D074D7449 9000',
    ],
  ])
  const chance = publishedChance('781723860C06C226', '0B795240CB7049B01C19B33E32804F0B')
  const password = zone('L898902C', '690806', '940623')
  const messaging = await openByBasicAccess(plainLine(chip.connection), password, chance)
  assert.ok(chip.hasAnsweredAll())

  const read = (parameters: number, expected: number) => ({ instruction: 0xb0, parameters, expected })
  const selected = [
    '0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800',
    '990290008E08FA855A5D4C50A8ED9000',
  ] as const
  assert.equal(exchanged(messaging, selectCommonData, selected), '')
  const first = [
    '0CB000000D9701048E08ED6705417E96BA5500',
    '8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000',
  ] as const
  assert.equal(exchanged(messaging, read(0, 4), first), '60145f01')
  const rest = [
    '0CB000040D9701128E082EA28A70F3C7B53500',
    '871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000',
  ] as const
  assert.equal(exchanged(messaging, read(4, 18), rest), '04303130365f36063034303030305c026175')
})

const paceZone = zone('T22000129', '640812', '101031')

test('PACE on a curve is that of appendix G.1', async () => {
  assert.equal(asHex(passwordSecret(paceZone)), '7e2d2a41c74ea0b38cd36f863939bfa8e9032aad')
  const [way] = paceWays(readSecurityInfos(hex('3114 3012060A04007F0007020204020202010202010D')))
  assert.ok(way)
  const chip = scriptedChip([
    ['0022C1A40F 800A04007F00070202040202 830101', '9000'],
    ['10860000 02 7C00 00', '7C128010 95A3A016522EE98D01E76CB6B98B42C3 9000'],
    [
      '10860000 45 7C438141 04 7ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E' +
        '544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D 00',
      '7C438241 04 824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57' +
        '30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54 9000',
    ],
    [
      '10860000 45 7C438341 04 2DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C' +
        '3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB36462 00',
      '7C438441 04 9E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB' +
        '7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F094 9000',
    ],
    ['00860000 0C 7C0A8508 C2B0BD78D94BA866 00', '7C0A8608 3ABB9674BCE93C08 9000'],
  ])
  const chance = publishedChance(
    '7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99',
    'A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595',
  )
  await openByPace(plainLine(chip.connection), way, paceZone, { chance })
  assert.ok(chip.hasAnsweredAll())
  const agreed = hex('28768D20701247DAE81804C9E780EDE582A9996DB4A315020B2733197DB84925')
  assert.equal(asHex(deriveChipKey('aes128', agreed, 'encryption')), 'f5f0e35c0d7161ee6724ee513a0d9a7f')
  assert.equal(asHex(deriveChipKey('aes128', agreed, 'mac')), 'fe251c7858b356b24514b3bd5f4297d1')
})

test('PACE modulo a prime is that of appendix G.2', async () => {
  const [way] = paceWays(readSecurityInfos(hex('3114 3012060A04007F00070202040102020102020100')))
  assert.ok(way)
  const chip = scriptedChip([
    ['0022C1A40F 800A04007F00070202040102 830101', '9000'],
    ['10860000 02 7C00 00', '7C128010 854D8DF5827FA6852D1A4FA701CDDDCA 9000'],
    [
      '10860000 86 7C8183818180 23FB3749EA030D2A25B278D2A562047ADE3F01B74F17A15402CB7352CA7D2B3E' +
        'B71C343DB13D1DEBCE9A3666DBCFC920B49174A602CB47965CAA73DC702489A4' +
        '4D41DB914DE9613DC5E98C94160551C0DF86274B9359BC0490D01B03AD54022D' +
        'CB4F57FAD6322497D7A1E28D46710F461AFE710FBBBC5F8BA166F4311975EC6C 00',
      '7C8183828180 78879F57225AA8080D52ED0FC890A4B25336F699AA89A2D3A189654AF70729E6' +
        '23EA5738B26381E4DA19E004706FACE7B235C2DBF2F38748312F3C98C2DD4882' +
        'A41947B324AA1259AC22579DB93F7085655AF30889DBB845D9E6783FE42C9F24' +
        '49400306254C8AE8EE9DD812A804C0B66E8CAFC14F84D8258950A91B44126EE6 9000',
    ],
    [
      '10860000 86 7C8183838180 907D89E2D425A178AA81AF4A7774EC8E388C115CAE67031E85EECE520BD91155' +
        '1B9AE4D04369F29A02626C86FBC6747CC7BC352645B6161A2A42D44EDA80A08F' +
        'A8D61B76D3A154AD8A5A51786B0BC07147057871A922212C5F67F43173172236' +
        'B7747D1671E6D692A3C7D40A0C3C5CE397545D015C175EB5130551EDBC2EE5D4 00',
      '7C8183848180 075693D9AE941877573E634B6E644F8E60AF17A0076B8B123D9201074D36152B' +
        'D8B3A213F53820C42ADC79AB5D0AEEC3AEFB91394DA476BD97B9B14D0A65C1FC' +
        '71A0E019CB08AF55E1F729005FBA7E3FA5DC41899238A250767A6D46DB974064' +
        '386CD456743585F8E5D90CC8B4004B1F6D866C79CE0584E49687FF61BC29AEA1 9000',
    ],
    ['00860000 0C 7C0A8508 B46DD9BD4D98381F 00', '7C0A8608 917F37B5C0E6D8D1 9000'],
  ])
  const chance = publishedChance('5265030F751F4AD18B08AC565FC7AC952E41618D', '89CCD99B0E8D3B1F11E1296DCA68EC53411CF2CA')
  await openByPace(plainLine(chip.connection), way, paceZone, { chance })
  assert.ok(chip.hasAnsweredAll())
})
