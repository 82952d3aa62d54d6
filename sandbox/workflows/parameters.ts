import type { FunctionParameter } from '../seed/manifest.ts';

type Loose = { [name: string]: unknown };

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

/** The parameters that a manifest declares, in either of the two ways in which manifests write them. */
export function parametersOf(declared: Loose | undefined): (FunctionParameter & { name: string })[] {
  const properties = isObject(declared?.properties) ? declared.properties : (declared ?? {});
  const required = Array.isArray(declared?.required) ? declared.required : [];
  return Object.entries(properties).flatMap(([name, value]) =>
    isObject(value) ? [{ ...value, name, is_required: value.is_required === true || required.includes(name) }] : [],
  );
}
