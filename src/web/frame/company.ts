// Who looks at which ticket right now, and who is writing an answer. Kept in memory: it is true only while it happens.

export interface Companion {
  /** Id of the officer. */
  officer: string;
  name: string;
  doing: 'looking' | 'answering';
}

export interface Company {
  /** Somebody opened the ticket; the function that is given back says that it was closed. */
  enter(ticketId: string, officer: { id: string; name: string }): () => void;
  /** Somebody types an answer; it is forgotten after a minute without another word. */
  answers(ticketId: string, officer: { id: string; name: string }): void;
  /** Everybody at the ticket but `except`, by name. */
  of(ticketId: string, except?: string): Companion[];
  /** Ids of tickets whose company has changed since this was last asked. */
  takeChanged(): string[];
}

export const ANSWERING_MS = 60_000;

interface Person {
  name: string;
  /** Pages open on the ticket. */
  pages: number;
  answeringUntil: number;
}

type Here = Map<string, Map<string, Person>>;

/** `milliseconds`: any clock that never goes back. */
export function createCompany(milliseconds: () => number = () => performance.now()): Company {
  const here: Here = new Map();
  const changed = new Set<string>();
  return {
    enter(ticketId, officer) {
      const person = personAt(here, ticketId, officer);
      person.pages += 1;
      changed.add(ticketId);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        person.pages -= 1;
        if (person.pages === 0) person.answeringUntil = 0;
        changed.add(ticketId);
      };
    },
    answers(ticketId, officer) {
      personAt(here, ticketId, officer).answeringUntil = milliseconds() + ANSWERING_MS;
      changed.add(ticketId);
    },
    of(ticketId, except) {
      forgetAbsent(here, milliseconds());
      return [...(here.get(ticketId) ?? [])]
        .filter(([id]) => id !== except)
        .map(([officer, { name, answeringUntil }]): Companion => {
          return { officer, name, doing: answeringUntil > milliseconds() ? 'answering' : 'looking' };
        })
        .sort((a, b) => a.name.localeCompare(b.name));
    },
    takeChanged() {
      for (const ticketId of fallenSilent(here, milliseconds())) changed.add(ticketId);
      forgetAbsent(here, milliseconds());
      const taken = [...changed];
      changed.clear();
      return taken;
    },
  };
}

function personAt(here: Here, ticketId: string, { id, name }: { id: string; name: string }): Person {
  const people = here.get(ticketId) ?? new Map<string, Person>();
  const person = people.get(id) ?? { name, pages: 0, answeringUntil: 0 };
  people.set(id, person);
  here.set(ticketId, people);
  return person;
}

function forgetAbsent(here: Here, now: number): void {
  for (const [ticketId, people] of here) {
    for (const [id, { pages, answeringUntil }] of people) {
      if (pages <= 0 && answeringUntil <= now) people.delete(id);
    }
    if (people.size === 0) here.delete(ticketId);
  }
}

/** Whose last word of an answer is too long ago. */
function fallenSilent(here: Here, now: number): string[] {
  return [...here].flatMap(([ticketId, people]) => {
    const silent = [...people.values()].filter(
      ({ answeringUntil }) => answeringUntil > 0 && answeringUntil <= now,
    );
    for (const person of silent) person.answeringUntil = 0;
    return silent.length > 0 ? [ticketId] : [];
  });
}
