/** The bytes of an attachment or of an uploaded file. */
export interface StoredFile {
  id: string
  name: string
  bytes: Buffer
}
