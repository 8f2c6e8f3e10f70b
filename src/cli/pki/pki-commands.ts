import { type Commands, needed, repeated, several, value } from '../options.ts'

const present = {
  share: repeated('F', 'the share of a custodian who is present; once for each'),
  identity: repeated('F', 'the key file of a custodian who is present; once for each'),
}
const newKey = {
  custodian: repeated('RECIPIENT', 'who holds a share, as pki custodian told; once for each'),
  threshold: needed('N', 'how many of them open the key together'),
  out: needed('DIR', 'a new folder for the shares and the certificate'),
  curve: value('C', 'of the key; else secp384r1'),
}

/** The authority under which cards are signed, and its ceremonies. */
export const pkiCommands: Commands = {
  'pki custodian': {
    does: 'makes the key of one custodian, on a stick of their own',
    options: { out: needed('F', 'the file to write') },
    example: '--out /media/stick/custodian.key',
    alone: async given => (await import('./pki.ts')).pkiCustodian(given),
  },
  'pki authority': {
    does: 'makes the authority of the cards (CSCA), whose key custodians hold',
    options: {
      organization: needed('TEXT', 'who issues the cards, as certificates name it'),
      'curve-parameters': value('named|explicit', 'how certificates write curves; else named'),
      'crl-url': several('URL', 'where the list of revoked signers is published; may stand several times'),
      ...newKey,
    },
    example: '--organization CA --custodian age1… --custodian age1… --threshold 2 --out D',
    run: async given => (await import('./pki.ts')).pkiAuthority(given),
  },
  'pki signer': {
    does: 'issues a signer, whose key this installation keeps; needs custodians',
    options: {
      ...present,
      kind: value('document|master-list', 'what it signs; else document'),
      curve: value('C', 'of its key; else prime256v1'),
    },
    example: '--share share-1.age --identity c1.key --share share-2.age --identity c2.key',
    run: async given => (await import('./pki.ts')).pkiSigner(given),
  },
  'pki revoke': {
    takes: 'SERIAL',
    does: 'revokes a signer and issues a new list; needs custodians',
    options: { reason: needed('TEXT', 'why'), ...present },
    example: '5f2c… --reason "key lost" --share share-1.age --identity c1.key',
    run: async given => (await import('./pki.ts')).pkiRevoke(given),
  },
  'pki revocation-list': {
    does: 'issues the next list of revoked signers; needs custodians',
    options: present,
    example: '--share share-1.age --identity c1.key --share share-2.age --identity c2.key',
    run: async given => (await import('./pki.ts')).pkiRevocationList(given),
  },
  'pki renew': {
    does: 'makes the next key of the authority, with a link; needs custodians',
    options: { ...present, ...newKey },
    example: '--share share-1.age --identity c1.key --custodian age1… --threshold 2 --out next',
    run: async given => (await import('./pki.ts')).pkiRenew(given),
  },
  'pki replace': {
    takes: 'SERIAL',
    does: 'begins a new authority where too few custodians of that one are left; no link',
    options: { reason: needed('TEXT', 'why its key is lost'), ...newKey },
    example: '5f2c… --reason "two sticks burnt" --custodian age1… --threshold 2 --out next',
    run: async given => (await import('./pki.ts')).pkiReplace(given),
  },
  'pki master-list': {
    does: 'signs the list of authorities that are trusted, ours and those that are named',
    options: {
      out: needed('F', 'the file to write'),
      csca: several('F', 'the certificate of a foreign authority; may stand several times'),
    },
    example: '--csca laos.cer --out master-list.ml',
    run: async given => (await import('./pki.ts')).pkiMasterList(given),
  },
  'pki list': {
    does: 'tells certificates, the latest list, and which ceremony is due',
    example: '--json',
    run: async given => (await import('./pki.ts')).pkiList(given),
  },
  'pki export': {
    does: 'writes certificates, links and the latest list, to be published',
    options: { out: needed('DIR', 'a new folder') },
    example: '--out public',
    run: async given => (await import('./pki.ts')).pkiExport(given),
  },
}
