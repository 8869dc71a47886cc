import { Component, type ReactNode } from 'react';
import { Fault } from '../ui/Fault';

/** A page that breaks says so in its place; the rest of the studio stays. A chunk that is gone means that the server has a newer page. */
export class FaultBoundary extends Component<{ children: ReactNode }, { fault: unknown }> {
  override state: { fault: unknown } = { fault: null };

  static getDerivedStateFromError(fault: unknown) {
    return { fault };
  }

  override render() {
    return this.state.fault === null ? this.props.children : <Fault error={this.state.fault} retry={() => location.reload()} />;
  }
}
