import { configApp } from '@adonisjs/eslint-config'

export default configApp(
  {
    ignores: ['build/**', 'data/**', 'tmp/**', 'public/**', '.adonisjs/**', '**/*.vue'],
  },
  // `prettier --check` looks at the same files, and would format each a second time.
  { rules: { 'prettier/prettier': 'off' } }
)
