import type { Engine } from '../engine/engine.ts';
import { limits } from '../rules/limits.ts';

export const rotatesTokens = (engine: Engine): boolean =>
  engine.state.app.manifest.settings?.token_rotation_enabled === true;

/** The switch in the app's settings: tokens expire from now on, and that is for good. */
export function setTokenRotation(engine: Engine, on: boolean): void {
  if (!on && rotatesTokens(engine) && !limits.rotationFinal.value)
    throw new Error('token rotation cannot be switched off again');
  for (const { state } of engine.everyWorkspace()) {
    const { manifest } = state.app;
    state.app.manifest = { ...manifest, settings: { ...manifest.settings, token_rotation_enabled: on } };
  }
}
