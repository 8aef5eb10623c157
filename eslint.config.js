import { configApp } from '@adonisjs/eslint-config'

export default configApp({
  ignores: ['build/**', 'data/**', 'tmp/**', 'public/**', '.adonisjs/**', '**/*.vue'],
})
