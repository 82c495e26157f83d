import type { ExecutionContext } from '@nestjs/common';

/** What decorators say of handlers, for whoever has to know it with each request: Nest's own metadata is slower to look up. */
export class SaidOfHandlers<Value> {
  private readonly said = new WeakMap<object, Value>();

  /** A decorator that says it. */
  is(value: Value): MethodDecorator {
    return (_target, _name, { value: handler }) => void this.said.set(handler as object, value);
  }

  /** Nothing where nothing was said of the handler. */
  of(context: ExecutionContext): Value | undefined {
    return this.said.get(context.getHandler());
  }

  /** `what`: what its decorator would have said. */
  required(context: ExecutionContext, what: string): Value {
    const value = this.of(context);
    if (value === undefined) throw new Error(`${context.getHandler().name} does not say ${what}`);
    return value;
  }
}
