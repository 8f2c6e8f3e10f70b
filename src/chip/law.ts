/**
 * The largest that is read of each thing, in bytes. A chip, a folder or a file may come from anyone: what is larger is
 * refused before it is parsed. Real ones stay far below (a portrait of ICAO 9303-9 has 15 to 20 kB).
 */
export const chipLimits = {
  /** A file of a chip: a length in it has at most two bytes and a half here. */
  file: 300_000,
  /** EF.COM and EF.CardAccess. */
  smallFile: 4096,
  /** EF.SOD, with the certificate of its signer. */
  securityObject: 20_000,
  certificate: 10_000,
  /** Of some 200,000 revoked signers. */
  revocationList: 8_000_000,
  masterList: 8_000_000,
  /** Known ones have eleven at most. */
  objectIdentifier: 64,
  /** Elements inside one another, and all together. */
  depth: 32,
  elements: 800_000,
  /** Bits of an RSA modulus: more cost minutes to check. */
  rsaBits: { least: 1024, most: 8192 },
  /** Data groups have the numbers 1 to 16 (ICAO 9303-10, table 38). */
  dataGroups: 16,
  /** Data of one command to a chip and of its answer (ISO/IEC 7816-4, section 5.2). */
  commandData: 65_535,
  answerData: 65_536,
  /**
   * Bytes that one command reads: protected and under triple DES or AES, an answer of 256 bytes holds them with status
   * and MAC.
   */
  readAtOnce: 223,
  /** Bytes up to which READ BINARY has the place in its parameters; from there on in its data (9303-10, 3.6.3.2). */
  shortOffsets: 32_768,
  /** Certificates in one master list. */
  listedCertificates: 5000,
} as const
