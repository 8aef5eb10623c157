/** A typed object of the SDK, filled by its own setters: `{ Events: […] }` calls `setEvents`. */
export function fill(object, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) object[`set${name}`](value)
  }
  return object
}

/** The SDK's own parameter or header map, from the names of its constants. */
export async function fillMap(map, constants, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) await map.add(constants[name], value)
  }
  return map
}
