const [major] = process.versions.node.split('.').map(Number)
if (Number(major) < 26) {
  process.stderr.write(
    `Node ${process.versions.node} is too old for this: use npm run ace -- COMMAND\n`
  )
  process.exit(1)
}

await import('@poppinss/ts-exec')
await import('./bin/console.js')
