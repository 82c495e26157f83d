import type { JsonObject } from '#event-store';

/** What a mail says, in both forms that it is sent in. */
export interface Letter {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The wording of one kind of mail. */
export interface Template {
  write(facts: JsonObject): Letter | Promise<Letter>;
  /** Whether it still holds; asked right before it is sent, which may be days after it was prepared. */
  isDue(facts: JsonObject): Promise<boolean>;
}

/** By the names that stand in `MailPrepared`. */
export type Templates = Readonly<Record<string, Template>>;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
