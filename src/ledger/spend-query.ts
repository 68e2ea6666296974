/** Which charges of a period are summed up, and by what. */
export interface BreakdownQuery {
  /** From this moment on, and before that one, by the entries' `at`. */
  from: Date;
  to: Date;
  resource?: string;
  item?: string;
  person?: string;
  by: 'resource' | 'item' | 'person' | 'day';
  /** IANA zone of the days. */
  zone: string;
}

/** Which days' spending is asked for: whole days of a zone, the last one as far as it has gone. */
export interface DailySpendQuery {
  from: Date;
  to: Date;
  /** IANA zone of the days. */
  zone: string;
}
