/** Whether the browser will keep what is collected, and how much room is left. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { outboxCounts } from "../device/sending.ts";
import { formatNumber } from "../texts.ts";
import { Card } from "./form.tsx";
import { tStaff } from "./staff_texts.ts";

const LOW = 50 * 2 ** 20;

interface Room {
  readonly left: number | undefined;
  readonly isKept: boolean;
}

async function measured(): Promise<Room> {
  const estimate = await navigator.storage?.estimate?.();
  const isKept = (await navigator.storage?.persisted?.()) ?? false;
  const left = estimate?.quota === undefined ? undefined : estimate.quota - (estimate.usage ?? 0);
  return { left, isKept };
}

const askToKeep = async (): Promise<boolean> => (await navigator.storage?.persist?.()) ?? false;

export function Storage(): JSX.Element {
  const [room, setRoom] = useState<Room | undefined>(undefined);
  const look = async (): Promise<void> => setRoom(await measured());
  const ask = async (): Promise<void> => {
    await askToKeep();
    await look();
  };
  useEffect(() => void ask(), []);
  useEffect(() => void look(), [outboxCounts.value]);
  return (
    <Card id="storage" title={tStaff("home.storage.title")}>
      {room && (
        <>
          <p>{room.left === undefined ? tStaff("home.storage.unknown") : tStaff("home.storage.left", { size: inSize(room.left) })}</p>
          {room.left !== undefined && room.left < LOW && <p class="notice">{tStaff("home.storage.low")}</p>}
          {room.isKept ? (
            <p class="hint">{tStaff("home.storage.kept")}</p>
          ) : (
            <p class="notice">
              {tStaff("home.storage.not_kept")}{" "}
              <button type="button" class="ghost" onClick={() => void ask()}>
                {tStaff("home.storage.ask")}
              </button>
            </p>
          )}
        </>
      )}
    </Card>
  );
}

const inSize = (bytes: number): string => (bytes >= 2 ** 30 ? `${formatNumber(Math.round((bytes / 2 ** 30) * 10) / 10)} GB` : `${formatNumber(Math.round(bytes / 2 ** 20))} MB`);
