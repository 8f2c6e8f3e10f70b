/**
 * The authority under which cards are signed (CSCA, ICAO 9303-12), its document signers and its list of revoked ones.
 * In: custodians with their shares (`custodians.ts`), who together open the key of the authority (`ceremonies.ts`).
 * Out: certificates and lists to publish, and the signer of today, whose key the installation opens alone
 * (`signers.ts`).
 * Deeds: `authority.made`, `authority.renewed`, `authority.replaced`, `document-signer.issued`,
 * `document-signer.revoked`, `revocation-list.issued`, `master-list.signed`.
 */

export {
  type CertificateForm,
  issueListAgain,
  issueSigner,
  makeFirstAuthority,
  type NewAuthority,
  renewAuthority,
  replaceLostAuthority,
  revokeSigner,
} from './ceremonies.ts'
export type { Custodians, Present, ShareFile } from './custodians.ts'
export {
  getSignerOfToday,
  getTrust,
  getWholeAuthority,
  lostAuthorities,
  type SignerOfToday,
  sealedSecrets,
  signListOfAuthorities,
  type WholeAuthority,
  whatIsDue,
} from './signers.ts'
export type { KeptCertificate, SignerKind } from './store.ts'
