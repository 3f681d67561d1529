// Rows of what is put away and what is to be erased.

export interface JunkLabelTable {
  id: string;
  ticket_id: string;
  at: string;
  actor: string;
  opinion: string | null;
  junk: 0 | 1;
}

export interface ErasureRequestTable {
  ticket_id: string;
  at: string;
  actor: string;
  reason: string;
}

export interface FileToRemoveTable {
  path: string;
}
