/** The object identifiers that occur in certificates, security objects and chips, by their names in the standards. */
export const objectIds = {
  // RFC 5480, RFC 5639
  ecPublicKey: '1.2.840.10045.2.1',
  primeField: '1.2.840.10045.1.1',
  // RFC 8017
  rsaEncryption: '1.2.840.113549.1.1.1',
  mgf1: '1.2.840.113549.1.1.8',
  rsaPss: '1.2.840.113549.1.1.10',
  // RFC 5652
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  // RFC 5280
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  privateKeyUsagePeriod: '2.5.29.16',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  revocationListNumber: '2.5.29.20',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  countryName: '2.5.4.6',
  organizationName: '2.5.4.10',
  organizationalUnitName: '2.5.4.11',
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  localityName: '2.5.4.7',
  // ICAO 9303-10, 9303-11, 9303-12
  ldsSecurityObject: '2.23.136.1.1.1',
  masterList: '2.23.136.1.1.2',
  masterListSigner: '2.23.136.1.1.3',
  activeAuthentication: '2.23.136.1.1.5',
  nameChange: '2.23.136.1.1.6.1',
  documentTypes: '2.23.136.1.1.6.2',
  // BSI TR-03110-3, as ICAO 9303-11 cites it
  chipPublicKeyEcdh: '0.4.0.127.0.7.2.2.1.2',
  chipAuthenticationDh: '0.4.0.127.0.7.2.2.3.1',
  chipAuthenticationEcdh: '0.4.0.127.0.7.2.2.3.2',
  pace: '0.4.0.127.0.7.2.2.4',
  cardSecurityObject: '0.4.0.127.0.7.3.2.1',
  plainEcdsa: '0.4.0.127.0.7.1.1.4.1',
} as const
