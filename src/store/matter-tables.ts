// The rows of matters as they lie in the database: marks, keys, suggestions, children.
import type { SuggestionState } from '../ports/matters.js';

export interface MatterMarkTable {
  ticket_id: string;
  received_at: string;
  head_id: string;
  near: string | null;
  marks: string;
}

interface MatterKeyTable {
  key: string;
  scope: string;
  received_at: string;
  ticket_id: string;
}

interface MatterSuggestionTable {
  ticket_id: string;
  head_id: string;
  score: number;
  reasons: string;
  state: SuggestionState;
  at: string;
  actor: string | null;
}

interface MatterChildTable {
  ticket_id: string;
  parent_id: string;
  at: string;
  actor: string;
}

export interface MatterTables {
  matter_mark: MatterMarkTable;
  matter_key: MatterKeyTable;
  matter_suggestion: MatterSuggestionTable;
  matter_child: MatterChildTable;
}
