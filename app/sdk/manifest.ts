/** `plugin.json`, beside a plugin's code. Read without running the code. */
export interface PluginManifest {
  /** Folder and plugin have the same name: lower case letters, digits and `_`. */
  name: string
  title: string
  kind: 'connector' | 'template'
  /** Semantic version. */
  version: string
  /** The range of sdk versions it was written for, for example "^1.0.0". */
  sdk: string
  publisher: string
  description: string
  /** The module with the default export, relative to the folder. */
  entry: string
  /** Host names it calls; `*.` stands for one label. Settings may add hosts that the operator allows. */
  hosts: string[]
  permissions: Array<'http' | 'tcp' | 'files'>
  /** Name of a Lucide icon. */
  icon: string
  categories: string[]
}

/** The version of this contract. */
export const SDK_VERSION = '1.0.0'
