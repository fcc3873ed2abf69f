import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { sitemapRoutes } from "../../src/site/sitemap-routes.ts";
import { type Element, parseXml } from "../feeds/xml.ts";
import { ask } from "../support/door.ts";
import { emptyStores, furnishForTest, publishText, testSettings } from "../support/house.ts";

beforeEach(emptyStores);

async function readXml(path: string): Promise<Element> {
	const response = await ask(path);
	expect(response.status).toBe(200);
	expect(response.headers.get("Content-Type")).toBe("application/xml; charset=utf-8");
	expect(response.headers.get("Cache-Control")).toBe("public, max-age=3600");
	return parseXml(await response.text());
}

const textOf = (element: Element, name: string) =>
	element.children.find((child) => child.name === name)?.text;

/** Each address with its alternates, as `language address`. */
const urlsOf = (urlset: Element) =>
	urlset.children.map((url) => ({
		loc: textOf(url, "loc"),
		lastmod: textOf(url, "lastmod"),
		alternates: url.children
			.filter(({ name }) => name === "xhtml:link")
			.map(({ attributes }) => `${attributes.get("hreflang")} ${attributes.get("href")}`),
	}));

describe("the sitemap", () => {
	it("leads to the pages, and to releases where there are some", async () => {
		const read = async () => {
			const index = await readXml("/sitemap.xml");
			expect(index.name).toBe("sitemapindex");
			expect(index.attributes.get("xmlns")).toBe("http://www.sitemaps.org/schemas/sitemap/0.9");
			return index.children.map((sitemap) => textOf(sitemap, "loc"));
		};
		expect(await read()).toEqual(["https://press.test/sitemaps/pages.xml"]);
		await publishText(furnishForTest());
		expect(await read()).toEqual([
			"https://press.test/sitemaps/pages.xml",
			"https://press.test/sitemaps/releases-1.xml",
		]);
	});

	it("has the pages of every language, each with the others", async () => {
		const urlset = await readXml("/sitemaps/pages.xml");
		expect(urlset.name).toBe("urlset");
		expect(urlset.attributes.get("xmlns:xhtml")).toBe("http://www.w3.org/1999/xhtml");
		const urls = urlsOf(urlset);
		expect(urls).toHaveLength(4 * 8);
		expect(urls[1]).toEqual({
			loc: "https://press.test/ru/",
			lastmod: undefined,
			alternates: [
				"en https://press.test/en/",
				"ru https://press.test/ru/",
				"uz https://press.test/uz/",
				"uz-Cyrl https://press.test/uz-Cyrl/",
			],
		});
		const addresses = urls.map(({ loc }) => loc);
		for (const page of ["releases", "consultations", "meetings", "announcements"])
			expect(addresses).toContain(`https://press.test/uz-Cyrl/${page}`);
		for (const page of ["coming", "about", "subscribe"])
			expect(addresses).toContain(`https://press.test/en/${page}`);
		expect(new Set(addresses).size).toBe(urls.length);
	});

	it("has releases with when they changed, and their translations", async () => {
		const rooms = furnishForTest();
		const english = await publishText(rooms, { story: "water" });
		const russian = await publishText(rooms, { story: english.story, language: "ru" });
		const alone = await publishText(rooms);
		await env.LEDGER.prepare("UPDATE releases SET changed_at = ? WHERE id = ?")
			.bind(Date.parse("2099-01-02T03:04:05Z"), english.id)
			.run();
		const pageOf = ({ slug }: { slug: string }) => `https://press.test/releases/${slug}`;
		const alternates = [`en ${pageOf(english)}`, `ru ${pageOf(russian)}`];
		expect(urlsOf(await readXml("/sitemaps/releases-1.xml"))).toEqual([
			{ loc: pageOf(english), lastmod: "2099-01-02T03:04:05.000Z", alternates },
			{ loc: pageOf(russian), lastmod: expect.stringMatching(/^20.*Z$/), alternates },
			{ loc: pageOf(alone), lastmod: expect.stringMatching(/^20.*Z$/), alternates: [] },
		]);
	});

	it("has 5,000 releases in each part", async () => {
		const { archive } = furnishForTest();
		const asked: object[] = [];
		const routes = sitemapRoutes({
			publication: testSettings(),
			archive: {
				...archive,
				countSitemap: async () => 5001,
				listSitemap: async (page) => {
					asked.push(page);
					return [{ slug: "one", language: "en", story: "one", changedAt: 0 }];
				},
			},
		});
		const index = parseXml(await (await routes.request("/sitemap.xml")).text());
		expect(index.children.map((sitemap) => textOf(sitemap, "loc")).at(-1)).toBe(
			"https://press.test/sitemaps/releases-2.xml",
		);
		expect(index.children).toHaveLength(3);
		await routes.request("/sitemaps/releases-2.xml");
		expect(asked).toEqual([{ limit: 5000, offset: 5000 }]);
	});

	it.each(["releases-1", "releases-0", "releases-x", "releases-9999999", "other", "releases-1.5"])(
		"has no %s where there is none",
		async (name) => {
			expect((await ask(`/sitemaps/${name}.xml`)).status).toBe(404);
		},
	);
});

describe("robots.txt", () => {
	it("leads to the sitemap, and away from what is no page", async () => {
		const response = await ask("/robots.txt");
		expect(response.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
		expect(response.headers.get("Cache-Control")).toBe("public, max-age=3600");
		expect(await response.text()).toBe(`User-agent: *
Disallow: /api/
Disallow: /subscriptions/
Disallow: /mailbox
Disallow: /en/search
Disallow: /ru/search
Disallow: /uz/search
Disallow: /uz-Cyrl/search

Sitemap: https://press.test/sitemap.xml
`);
	});
});
