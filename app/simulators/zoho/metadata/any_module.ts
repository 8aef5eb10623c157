/** The target of a lookup that leads to records of any module. */
export const anyModule = 'se_module'
