import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";
import { archivePath, homePath, pagePath } from "./addresses.ts";
import type { Section } from "./layout.tsx";
import type { Publication } from "./publication.ts";
import { stringsOf } from "./strings/index.ts";
import type { PageVersion } from "./versions.ts";

interface HeaderProps {
	readonly publication: Publication;
	readonly language: Language;
	readonly versions: readonly PageVersion[];
	readonly section: Section | undefined;
}

/** The publication's name, the languages, and the main menu. */
export function Header(props: HeaderProps) {
	const { publication, language } = props;
	return (
		<header class="site-header">
			<div class="frame masthead">
				<a class="site-title" href={homePath(language)}>
					{publication.logo !== null && (
						<img class="logo" src={publication.logo} alt="" height={48} />
					)}
					<span>{publication.title}</span>
				</a>
				<LanguageSwitch {...props} />
			</div>
			<Menu {...props} />
		</header>
	);
}

/** To this page in the other languages, or to their home where it is in none of them. */
function LanguageSwitch({ publication: { languages }, language, versions }: HeaderProps) {
	if (languages.length < 2) return null;
	const pathIn = (other: Language) =>
		versions.find((version) => version.language === other)?.path ?? homePath(other);
	return (
		<nav class="languages" aria-label={stringsOf(language).frame.languages}>
			<ul>
				{languages.map((other) => (
					<li>
						<a
							href={pathIn(other)}
							lang={other}
							aria-current={other === language ? "true" : undefined}
						>
							{WORDS[other].name}
						</a>
					</li>
				))}
			</ul>
		</nav>
	);
}

function Menu({ language, section }: HeaderProps) {
	const strings = stringsOf(language);
	const entries: readonly [Section, string, string][] = [
		["releases", strings.frame.releases, archivePath(language, undefined)],
		["coming", strings.frame.coming, pagePath(language, "coming")],
		["search", strings.frame.search, pagePath(language, "search")],
		["subscribe", strings.frame.subscribe, pagePath(language, "subscribe")],
		["about", strings.frame.about, pagePath(language, "about")],
	];
	return (
		<nav class="menu" aria-label={strings.frame.menu}>
			<ul class="frame">
				{entries.map(([name, label, path]) => (
					<li>
						<a href={path} aria-current={name === section ? "page" : undefined}>
							{label}
						</a>
					</li>
				))}
			</ul>
		</nav>
	);
}
