/**
 * Putting choices in order: tap them one after the other, tap again to take one back; move one by its grip, by the two arrows, or
 * by Alt and an arrow key. Those that are ranked stand on top in their order. Until the first tap nothing is answered.
 */
import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { today } from "../day.ts";
import type { Choice } from "../language/survey.ts";
import { formatNumber, localized } from "../texts.ts";
import { answerTo, described, type FieldProps } from "../worker/field.ts";
import { choicesFor } from "../worker/interview.ts";
import { Media } from "../worker/media.tsx";
import { useDragging } from "./dragging.ts";
import { OptionalIcon } from "./optional_icons.tsx";
import { tRankings } from "./rankings_and_media_texts.ts";
import { rankMoved, rankToggled } from "./rank_order.ts";

export function RankField(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const choices = choicesFor(answering.interview, question, today());
  const answer = answerTo(props);
  const ranked = Array.isArray(answer) ? answer : [];
  const order = [...ranked.flatMap((name) => choices.find((choice) => choice.name === name) ?? []), ...choices.filter(({ name }) => !ranked.includes(name))];
  const [heard, tell] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const focused = useRef<Element | null>(null);
  const take = (now: readonly string[], name: string): void => {
    if (now.join() === ranked.join()) return;
    focused.current = document.activeElement;
    const choice = localized(choices.find((candidate) => candidate.name === name)?.label);
    const place = now.indexOf(name) + 1;
    tell(place ? tRankings("rank.placed", { choice, place, count: choices.length }) : tRankings("rank.taken_back", { choice }));
    answering.answer(question.name, [...now]);
  };
  const moveTo = (name: string, place: number): void => take(rankMoved(ranked, name, place), name);
  const { held, handlers } = useDragging(list, moveTo);
  // A row that changes its place is taken out of the page and put back, and would lose the focus.
  useLayoutEffect(() => {
    if (focused.current instanceof HTMLElement && focused.current !== document.activeElement) focused.current.focus();
    focused.current = null;
  });
  const { "aria-invalid": _, ...labels } = described(props);
  return (
    <div role="group" {...labels}>
      <ul class="rank" ref={list} {...handlers}>
        {order.map((choice) => (
          <RankRow key={choice.name} {...props} choice={choice} ranked={ranked} isHeld={held === choice.name} onTap={() => take(rankToggled(ranked, choice.name), choice.name)} onMove={(place) => moveTo(choice.name, place)} />
        ))}
      </ul>
      <p class="unseen" role="status">
        {heard}
      </p>
    </div>
  );
}

interface RankRowProps extends FieldProps {
  readonly choice: Choice;
  readonly ranked: readonly string[];
  readonly isHeld: boolean;
  readonly onTap: () => void;
  readonly onMove: (place: number) => void;
}

function RankRow({ answering, choice, ranked, isHeld, onTap, onMove }: RankRowProps): JSX.Element {
  const place = ranked.indexOf(choice.name);
  const isRanked = place >= 0;
  const words = localized(choice.label);
  const { survey } = answering.interview;
  const byKey = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || !step) return;
    event.preventDefault();
    if (!isRanked) onTap();
    else if (place + step >= 0 && place + step < ranked.length) onMove(place + step);
  };
  return (
    <li data-name={choice.name} class={`rank-row${isRanked ? " ranked" : ""}${isHeld ? " held" : ""}`} onKeyDown={byKey}>
      <button type="button" class="rank-choice" aria-pressed={isRanked} onClick={onTap}>
        <span class="grip" data-grip>
          <span class="rank-badge">{isRanked ? formatNumber(place + 1) : ""}</span>
        </span>
        <span class="choice-words">
          <Media survey={survey} of={choice} only="image" text={words} />
          <span aria-hidden={choice.image ? "true" : undefined}>{words}</span>
        </span>
      </button>
      <Media survey={survey} of={choice} only="audio" text={words} />
      {isRanked && ranked.length > 1 && (
        <>
          <Arrow name="up" label={tRankings("rank.up", { choice: words })} isAtEnd={place === 0} onMove={() => onMove(place - 1)} />
          <Arrow name="down" label={tRankings("rank.down", { choice: words })} isAtEnd={place === ranked.length - 1} onMove={() => onMove(place + 1)} />
        </>
      )}
    </li>
  );
}

/** Stays where it is at the end of its way, so that the focus does not fall out of the list. */
const Arrow = ({ name, label, isAtEnd, onMove }: { name: "up" | "down"; label: string; isAtEnd: boolean; onMove: () => void }): JSX.Element => (
  <button type="button" class="rank-arrow" aria-label={label} aria-disabled={isAtEnd} onClick={() => (isAtEnd ? undefined : onMove())}>
    <OptionalIcon name={name} />
  </button>
);
