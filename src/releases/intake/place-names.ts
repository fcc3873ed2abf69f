// What places of several words begin with, in English, Russian and Uzbek …
const FIRST =
	"new|old|santiago|san|santa|santo|são|sao|saint|st|los|las|la|le|the|port|puerto|cape|addis|kuala|abu|buenos|" +
	"tel|hong|sri|phnom|ho chi|rio|dar|fort|mount|north|northern|south|southern|east|eastern|west|western|" +
	"central|upper|lower|great|el|al|ras|sharm|den|bad|united|burkina|costa|saudi|sierra|côte|" +
	"нью|нов\\p{L}{2}|стар\\p{L}{2}|верхн\\p{L}{2}|нижн\\p{L}{2}|велик\\p{L}{2}|больш\\p{L}{2}|" +
	"мал\\p{L}{2}|сан|санта|порт|форт|абу|аддис|куала|буэнос|рио|лос|лас|тель|шри|эль|южн\\p{L}{2}|" +
	"северн\\p{L}{2}|горн\\p{L}{2}|набережн\\p{L}{2}|дар|коста|саудовск\\p{L}{2}|" +
	"yangi|katta|buyuk|nyu|abu|shimoliy|janubiy|янги|катта|буюк|нью|шимолий|жанубий";
// … and end with.
const LAST =
	"city|town|beach|springs|falls|islands?|hague|region|province|district|oblast|valley|republic|" +
	"город|область|район|край|остров\\p{L}?|республика|" +
	"shahri|viloyati|tumani|respublikasi|шаҳри|вилояти|тумани|республикаси";

const LONG_NAME = new RegExp(`^(?:${FIRST})(?![\\p{L}])|(?<!\\p{L})(?:${LAST})(?!\\p{L})`, "iu");

/** Whether several words are such as make up a place's name, rather than a person's. */
export function isLongPlaceName(name: string): boolean {
	return LONG_NAME.test(name);
}
