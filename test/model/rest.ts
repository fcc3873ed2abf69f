import { DAY_MS, MINUTE_MS } from "../support/desk.ts";
import { deliverAll, letGo, look, strike } from "./happenings.ts";
import { GOOD, type World } from "./world.ts";

/** By then every pause is over. */
const FIRST_DAYS = 3;
/** Without a mail, after those; where somebody has a weekly digest, it comes within them. */
const QUIET_DAYS = 2;
const QUIET_DAYS_OF_A_WEEK = 8;
/** Twice as long as any interleaving needs. */
const MOST_DAYS = 60;
/** Minutes after which lost messages are made up for, and then lost consumers. */
const RECOVERY_MINUTES = [1, 3, 21];

/** Lets everything be done that is to be done: nobody is killed, and the transport takes every mail. */
export async function comeToRest(world: World): Promise<void> {
	for (const minutes of RECOVERY_MINUTES) await pass(world, minutes);
	const isWeekly = world.history.readers.some(({ wishes }) =>
		wishes.some(({ wish }) => wish.frequency === "weekly"),
	);
	const quietDays = isWeekly ? QUIET_DAYS_OF_A_WEEK : QUIET_DAYS;
	for (let day = 0, quiet = 0; quiet < quietDays; day += 1) {
		if (day === MOST_DAYS) {
			world.history.accidents.push(`it does not come to rest in ${day} days`);
			break;
		}
		const before = world.history.handOvers.length;
		await pass(world, DAY_MS / MINUTE_MS);
		const isQuiet = day >= FIRST_DAYS && world.history.handOvers.length === before;
		quiet = isQuiet ? quiet + 1 : 0;
	}
	for (const release of world.history.releases) await look(world, release);
}

async function pass(world: World, minutes: number): Promise<void> {
	await strike({ minutes, late: 0 }, GOOD).happen(world);
	await deliverAll().happen(world);
	await letGo().happen(world);
	await deliverAll().happen(world);
}
