import * as z from "zod";

// What the operator's side of the feeds answers: the routes' types are made of these schemas.

/** How far the feeds have come. */
export const feedsAnswer = z
	.object({
		highest: z.int().meta({ description: "The sequence of the last public change." }),
		behind: z.boolean().meta({ description: "Whether something public is not in all feeds." }),
		feeds: z.array(
			z.object({
				scope: z
					.string()
					.meta({ description: "Language and kind, or `all`.", examples: ["en/meeting"] }),
				through: z.int().meta({ description: "They have everything up to this sequence." }),
				archives: z.int().meta({ description: "How many archives of older releases there are." }),
				is_current: z.boolean().meta({
					description: "Whether they were made with the present settings and builders.",
				}),
			}),
		),
	})
	.meta({ id: "Feeds" });
export type FeedsShown = z.infer<typeof feedsAnswer>;
