// The type of the loaded configuration: the schema's, with camelCase keys and read files.
import type { z } from 'zod';
import type { HolidayFile } from './holiday-file.js';
import type { Settings } from './schema.js';
import type { Secret } from './secret.js';

type Content = string & z.core.$brand<'content'>;
type Holidays = string & z.core.$brand<'holidays'>;

type CamelKey<K extends string> = K extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelKey<Tail>>}`
  : K;

/** `password_file` becomes `password` where the file's content takes the place of its path. */
type ConfigKey<K, V> = K extends string
  ? CamelKey<V extends Content ? (K extends `${infer Base}_file` ? Base : K) : K>
  : never;

type Camelised<T> = T extends Content
  ? Secret
  : T extends Holidays
    ? HolidayFile
    : T extends readonly (infer Entry)[]
      ? Camelised<Entry>[]
      : T extends object
        ? { [K in keyof T as ConfigKey<K, T[K]>]: Camelised<T[K]> }
        : T;

/** The whole configuration: durations in milliseconds, paths absolute, contents of secret files hidden. */
export type Config = Camelised<Settings>;

/** `max_message_bytes` as `maxMessageBytes`. */
export function camelKey(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The key under which the content of `key` (ending in `_file`) is kept. */
export function contentKey(key: string): string {
  return camelKey(key.replace(/_file$/, ''));
}
