/** The resource for client credentials and access tokens beside userinfo: the installation's own API (RFC 8707). */
export const apiAddress = (origin: string) => `${origin}/api`

/** Algorithms of DPoP proofs, which FAPI 2.0 Security Profile 5.4.1 names. */
export const proofAlgorithms = ['ES256', 'PS256', 'EdDSA']
