/** The number that people call about a card or an account: the hotline of the police that administer residence. */
export const hotline = '1900.0368'
