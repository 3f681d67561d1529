// What a schema knows about an option beyond zod: its kind, its words, whether a change needs a restart.
import { z } from 'zod';

export type Kind = 'text' | 'number' | 'flag' | 'duration' | 'time' | 'mark' | 'path' | 'secret' | 'holidays';

interface Mark {
  kind?: Kind;
  /** The end of the sentence "expected …". */
  expected?: string;
  restart?: boolean;
}

export type Schema = z.core.$ZodType;

export const marks = z.registry<Mark>();

/** A change of this option (or section) takes effect only after a restart. */
export function restart<T extends z.ZodType>(schema: T): T {
  marks.add(schema, { ...marks.get(schema), restart: true });
  return schema;
}

/** A change of this option takes effect on reload, though its section needs a restart. */
export function live<T extends z.ZodType>(schema: T): T {
  marks.add(schema, { ...marks.get(schema), restart: false });
  return schema;
}

export interface Facts {
  /** The schema without its default and optional wrappings. */
  core: Schema;
  mark: Mark;
  meaning: string;
  /** The default as it would be written in the file; undefined when there is none. */
  fallback: unknown;
  required: boolean;
}

/** Everything known about one schema. */
export function factsOf(schema: Schema): Facts {
  let core = schema;
  let mark: Mark = marks.get(core) ?? {};
  let meaning = z.globalRegistry.get(core)?.description;
  let fallback: unknown;
  let required = true;
  while (core instanceof z.ZodPrefault || core instanceof z.ZodOptional) {
    if (core instanceof z.ZodPrefault) fallback ??= core.def.defaultValue;
    required = false;
    core = core.unwrap();
    mark = { ...marks.get(core), ...mark };
    meaning ??= z.globalRegistry.get(core)?.description;
  }
  return { core, mark, meaning: meaning ?? '', fallback, required };
}

/** The schemas of a section's options; undefined for anything but a section. */
export function optionsOf(schema: Schema): Record<string, Schema> | undefined {
  const { core } = factsOf(schema);
  return core instanceof z.ZodObject ? core.shape : undefined;
}

/** The schema of a list's entries; undefined for anything but a list. */
export function entryOf(schema: Schema): Schema | undefined {
  const { core } = factsOf(schema);
  return core instanceof z.ZodArray ? core.element : undefined;
}

/** A list whose entries have options of their own. */
export function isSectionList(schema: Schema): boolean {
  const entry = entryOf(schema);
  return entry !== undefined && optionsOf(entry) !== undefined;
}
