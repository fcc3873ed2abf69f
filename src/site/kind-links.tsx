import { KINDS, type Kind } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";
import { archivePath } from "./addresses.ts";
import { stringsOf } from "./strings/index.ts";

interface KindLinksProps {
	readonly language: Language;
	/** The kind that is shown; none where all are. */
	readonly shown: Kind | undefined;
}

/** To the archive of all releases, and to that of each kind. */
export function KindLinks({ language, shown }: KindLinksProps) {
	const strings = stringsOf(language);
	return (
		<nav class="kinds" aria-label={strings.archive.kinds}>
			<ul>
				{[undefined, ...KINDS].map((kind) => (
					<li>
						<a
							href={archivePath(language, kind)}
							aria-current={kind === shown ? "true" : undefined}
						>
							{kind ? WORDS[language].kinds[kind].heading : strings.kinds.all}
						</a>
					</li>
				))}
			</ul>
		</nav>
	);
}
