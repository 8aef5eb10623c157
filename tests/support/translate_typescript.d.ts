export const settings: object
export function translateTypescript(source: string, path: string): string
