/** Data centres as the callback names them. */
export const locations = ['us', 'eu', 'in', 'au', 'jp', 'cn', 'ca', 'sa', 'uk', 'ae']
