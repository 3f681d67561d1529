// Who the configuration says serves where: officers by name, and posts of which only the mail address is known.
import { addressKey } from '../domain/address.js';
import { divisionKey, type Officer, type Rank } from '../domain/people.js';
import type { Config } from './config.js';

type Configured = Pick<Config, 'officers' | 'stations' | 'forces' | 'itCell'>;

/** Who a post is held by, told by its mail address alone. */
interface Post {
  rank: 'oc' | 'ac' | 'dc' | 'admin';
  address: string;
  /** What it serves; neither for the whole city. */
  station?: string;
  division?: string;
}

const POST_TITLES: Record<Post['rank'], string> = { oc: 'OC', ac: 'AC', dc: 'DC', admin: 'IT cell' };

/**
 * The officers of the configuration, and one for every post that is known by its address (officer in charge, AC, DC, IT
 * cell) unless a named officer of that rank serves exactly that station or division. Such a one without an address of
 * their own gets the post's. A post's id is its address in lower case; one address with several posts of a rank is
 * one officer; of posts of different ranks with one address, the highest has the address as id, the others
 * `rank:address`.
 */
export function officersOf(config: Configured): Officer[] {
  const posts = postsOf(config);
  const named = config.officers.map((option) => namedOfficer(option, posts));
  const vacant = posts.filter((post) => !named.some((officer) => holds(officer, post)));
  return [...named, ...distinctIds(joinPosts(vacant))];
}

/** The highest rank first. */
function postsOf({ forces, stations, itCell }: Configured): Post[] {
  const posts: Post[] = [{ rank: 'admin', address: itCell }];
  const divisions = forces.flatMap((force) =>
    force.divisions.map((option) => ({
      ...option,
      key: divisionKey({ force: force.code, division: option.code }),
    })),
  );
  for (const { key: division, deputyCommissioner: address } of divisions) {
    if (address !== undefined) posts.push({ rank: 'dc', address, division });
  }
  for (const { key: division, assistantCommissioner: address } of divisions) {
    if (address !== undefined) posts.push({ rank: 'ac', address, division });
  }
  for (const { code: station, officerInCharge: address } of stations) {
    if (address !== undefined) posts.push({ rank: 'oc', address, station });
  }
  return posts;
}

function namedOfficer(option: Config['officers'][number], posts: readonly Post[]): Officer {
  const rank: Rank = option.rank === 'si' || option.rank === 'asi' ? 'officer' : option.rank;
  const officer = {
    id: option.id,
    name: option.name,
    title: option.title ?? (rank === option.rank ? '' : option.rank.toUpperCase()),
    rank,
    stations: option.stations,
    divisions: option.divisions,
    readsRestricted: option.readsRestricted,
    disabled: false,
    away: null,
  };
  const post = posts.find((candidate) => holds(officer, candidate));
  return { ...officer, address: option.address ?? post?.address ?? null };
}

function holds(officer: Pick<Officer, 'rank' | 'stations' | 'divisions'>, post: Post): boolean {
  if (officer.rank !== post.rank) return false;
  if (post.station !== undefined) return officer.stations.includes(post.station);
  return post.division === undefined || officer.divisions.includes(post.division);
}

/** One officer for each rank and address. */
function joinPosts(posts: readonly Post[]): Officer[] {
  const joined = new Map<string, Officer & { stations: string[]; divisions: string[] }>();
  for (const { rank, address, station, division } of posts) {
    const id = addressKey(address);
    const officer = joined.get(`${rank}:${id}`) ?? {
      id,
      name: '',
      title: POST_TITLES[rank],
      rank,
      address,
      stations: [],
      divisions: [],
      readsRestricted: false,
      disabled: false,
      away: null,
    };
    if (station !== undefined) officer.stations.push(station);
    if (division !== undefined) officer.divisions.push(division);
    joined.set(`${rank}:${id}`, officer);
  }
  return [...joined.values()];
}

function distinctIds(officers: readonly Officer[]): Officer[] {
  const taken = new Set<string>();
  return officers.map((officer) => {
    const id = taken.has(officer.id) ? `${officer.rank}:${officer.id}` : officer.id;
    taken.add(officer.id);
    return { ...officer, id };
  });
}
