/** One sound at a time, only when somebody asked for it, and silence as soon as a screen is left, covered or wiped. */
import { signal } from "@preact/signals";

/** The address of what is playing now. */
export const playing = signal<string | undefined>(undefined);

/** The address of what this device could not play. */
export const unplayable = signal<string | undefined>(undefined);

let player: HTMLAudioElement | undefined;

export function stopSound(): void {
  player?.pause();
  player = undefined;
  playing.value = undefined;
  unplayable.value = undefined;
}

/** Play this, or stop it if it is what is playing. */
export async function togglePlaying(source: string): Promise<void> {
  const wasPlaying = playing.value === source;
  stopSound();
  if (wasPlaying) return;
  const mine = (player = new Audio(source));
  playing.value = source;
  mine.onended = () => player === mine && stopSound();
  try {
    await mine.play();
  } catch {
    if (player !== mine) return;
    stopSound();
    unplayable.value = source;
  }
}
