import "vitest";
import type { D1Migration } from "@cloudflare/vitest-plugin";
import type { Bindings } from "../../src/rooms.ts";
import type { ProviderServer } from "./provider-server.ts";
import type { RudePorts } from "./rude-smtp-server.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** Ports of the SMTP server that misbehaves on request. */
		rudeSmtpPorts: RudePorts;
		/** Port at which it tells over HTTP what it has heard. */
		rudeSmtpHeardPort: number;
		/** Port of the WebSub hub that behaves as its path says. */
		hubPort: number;
		/** Port of the mail providers that behave as their path says. */
		providerPort: number;
		/** Their ports for TLS, by the certificate that is shown. */
		providerTlsPorts: ProviderServer["tlsPorts"];
	}
}

declare global {
	namespace Cloudflare {
		interface Env extends Bindings {
			readonly MIGRATIONS: D1Migration[];
		}
		interface GlobalProps {
			mainModule: typeof import("../../src/worker.ts");
		}
	}
}
