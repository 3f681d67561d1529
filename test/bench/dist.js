// Parts of the compiled program that the bench itself uses.
import { fileURLToPath } from 'node:url';

/** @param {string} path below dist/ @returns {Promise<any>} */
export function fromDist(path) {
  return import(fileURLToPath(new URL(`../../dist/${path}`, import.meta.url)));
}
