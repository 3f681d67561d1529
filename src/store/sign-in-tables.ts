// Rows of signing in, and of what an officer keeps for the own desk.
import type { Preference, SessionEnd, SessionLevel, SessionWay } from '../ports/sign-in.js';

interface CredentialTable {
  officer: string;
  password_hash: string | null;
  password_set_at: string | null;
  must_change: 0 | 1;
  totp_sealed: string | null;
  totp_since: string | null;
  totp_step: number | null;
}

interface RecoveryCodeTable {
  officer: string;
  hash: string;
}

interface PasskeyTable {
  id: string;
  officer: string;
  public_key: string;
  counter: number;
  transports: string;
  name: string;
  created_at: string;
  used_at: string | null;
}

interface ProviderSubjectTable {
  issuer: string;
  subject: string;
  officer: string;
  since: string;
}

interface SessionTable {
  id: string;
  officer: string;
  level: SessionLevel;
  way: SessionWay;
  created_at: string;
  seen_at: string;
  user_agent: string;
  ended_at: string | null;
  ended_why: SessionEnd | null;
}

interface SavedViewTable {
  id: string;
  officer: string;
  name: string;
  query: string;
  position: number;
}

interface DraftTable {
  officer: string;
  ticket_id: string;
  field: string;
  text: string;
  changed_at: string;
}

interface PreferenceTable {
  officer: string;
  language: Preference['language'];
  theme: Preference['theme'];
  shortcuts: 0 | 1;
}

export interface SignInTables {
  credential: CredentialTable;
  recovery_code: RecoveryCodeTable;
  passkey: PasskeyTable;
  provider_subject: ProviderSubjectTable;
  session: SessionTable;
  saved_view: SavedViewTable;
  draft: DraftTable;
  preference: PreferenceTable;
}
