/** What the evidence page uses of fhirclient, which puts itself on the window when it is imported. */
export {};

interface TokenResponse {
  readonly access_token?: string;
  readonly patient?: string;
  readonly encounter?: string;
  readonly fhirUser?: string;
  readonly appContext?: string;
}

interface Client {
  readonly patient: { readonly id: string | null };
  readonly encounter: { readonly id: string | null };
  readonly user: { readonly fhirUser: string | null };
  readonly state: { readonly serverUrl: string; readonly tokenResponse?: TokenResponse };
}

interface AuthorizeParams {
  readonly clientId: string;
  readonly scope: string;
  readonly redirectUri: string;
  readonly iss: string;
  readonly launch?: string;
  readonly stateKey: string;
  readonly pkceMode: 'required';
  readonly completeInTarget: true;
  readonly noRedirect: true;
}

declare global {
  interface Window {
    readonly FHIR: {
      readonly oauth2: {
        authorize(params: AuthorizeParams): Promise<string>;
        ready(): Promise<Client>;
      };
    };
  }
}
